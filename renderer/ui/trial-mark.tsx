import { en } from '../i18n/en.ts'
import { zhCN } from '../i18n/zh-CN.ts'
import './trial-mark.css'

/** Marks a screen that runs on simulated devices, in both languages, whoever looks. */
export const TrialMark = () => (
  <p className="trial-ribbon">
    {zhCN.common.trial} {en.common.trial}
  </p>
)
