import { counterEn } from './en/counter.ts'
import { officeEn } from './en/office.ts'
import { trialEn } from './en/trial.ts'
import { troubleEn } from './en/trouble.ts'
import type { Translation } from './zh-CN.ts'

export const en: Translation = { ...counterEn, office: officeEn, trial: trialEn, trouble: troubleEn }
