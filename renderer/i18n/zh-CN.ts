import { auditZh } from './zh-CN/audit.ts'
import { claimsZh } from './zh-CN/claims.ts'
import { balancesZh } from './zh-CN/balances.ts'
import { baysZh } from './zh-CN/bays.ts'
import { checksZh } from './zh-CN/checks.ts'
import { dayZh } from './zh-CN/day.ts'
import { healthZh } from './zh-CN/health.ts'
import { devicesZh } from './zh-CN/devices.ts'
import { backupsZh } from './zh-CN/backups.ts'
import { printingZh } from './zh-CN/printing.ts'
import { receiptsZh } from './zh-CN/receipts.ts'
import { syncZh } from './zh-CN/sync.ts'
import { policyZh } from './zh-CN/policy.ts'
import { reportsZh } from './zh-CN/reports.ts'
import { salesListZh } from './zh-CN/sales-list.ts'
import { counterZh } from './zh-CN/counter.ts'
import { memberImportZh } from './zh-CN/member-import.ts'
import { membersZh } from './zh-CN/members.ts'
import { menusZh } from './zh-CN/menus.ts'
import { officeZh } from './zh-CN/office.ts'
import { scaleZh } from './zh-CN/scale.ts'
import { shellZh } from './zh-CN/office-shell.ts'
import { signInZh } from './zh-CN/sign-in.ts'
import { staffZh } from './zh-CN/staff.ts'
import { trialZh } from './zh-CN/trial.ts'
import { troubleZh } from './zh-CN/trouble.ts'

/** Every word of the screens in Chinese: the language they are written in first. */
export const zhCN = {
  ...counterZh,
  office: officeZh,
  shell: shellZh,
  scale: scaleZh,
  menus: menusZh,
  members: membersZh,
  memberImport: memberImportZh,
  staff: staffZh,
  signIn: signInZh,
  trial: trialZh,
  trouble: troubleZh,
  audit: auditZh,
  balances: balancesZh,
  claims: claimsZh,
  bays: baysZh,
  checks: checksZh,
  day: dayZh,
  health: healthZh,
  devices: devicesZh,
  sync: syncZh,
  backups: backupsZh,
  printing: printingZh,
  receipts: receiptsZh,
  policy: policyZh,
  reports: reportsZh,
  salesList: salesListZh,
}

/** The shape that every other language fills completely. */
export type Translation = typeof zhCN
