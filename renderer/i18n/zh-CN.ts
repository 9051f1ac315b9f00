import { counterZh } from './zh-CN/counter.ts'
import { officeZh } from './zh-CN/office.ts'
import { trialZh } from './zh-CN/trial.ts'
import { troubleZh } from './zh-CN/trouble.ts'

/** Every word of the screens in Chinese: the language they are written in first. */
export const zhCN = { ...counterZh, office: officeZh, trial: trialZh, trouble: troubleZh }

/** The shape that every other language fills completely. */
export type Translation = typeof zhCN
