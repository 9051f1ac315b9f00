import { auditEn } from './en/audit.ts'
import { baysEn } from './en/bays.ts'
import { claimsEn } from './en/claims.ts'
import { balancesEn } from './en/balances.ts'
import { checksEn } from './en/checks.ts'
import { dayEn } from './en/day.ts'
import { healthEn } from './en/health.ts'
import { devicesEn } from './en/devices.ts'
import { backupsEn } from './en/backups.ts'
import { printingEn } from './en/printing.ts'
import { receiptsEn } from './en/receipts.ts'
import { syncEn } from './en/sync.ts'
import { policyEn } from './en/policy.ts'
import { reportsEn } from './en/reports.ts'
import { salesListEn } from './en/sales-list.ts'
import { counterEn } from './en/counter.ts'
import { memberImportEn } from './en/member-import.ts'
import { membersEn } from './en/members.ts'
import { menusEn } from './en/menus.ts'
import { officeEn } from './en/office.ts'
import { scaleEn } from './en/scale.ts'
import { shellEn } from './en/office-shell.ts'
import { signInEn } from './en/sign-in.ts'
import { staffEn } from './en/staff.ts'
import { trialEn } from './en/trial.ts'
import { troubleEn } from './en/trouble.ts'
import type { Translation } from './zh-CN.ts'

export const en: Translation = {
  ...counterEn,
  office: officeEn,
  shell: shellEn,
  scale: scaleEn,
  menus: menusEn,
  members: membersEn,
  memberImport: memberImportEn,
  staff: staffEn,
  signIn: signInEn,
  trial: trialEn,
  trouble: troubleEn,
  audit: auditEn,
  bays: baysEn,
  balances: balancesEn,
  claims: claimsEn,
  checks: checksEn,
  day: dayEn,
  health: healthEn,
  devices: devicesEn,
  sync: syncEn,
  backups: backupsEn,
  printing: printingEn,
  receipts: receiptsEn,
  policy: policyEn,
  reports: reportsEn,
  salesList: salesListEn,
}
