import { backupsContract } from './backups.ts'
import { baysContract } from './bays.ts'
import { claimsContract } from './claims.ts'
import { counterContract } from './counter.ts'
import { dayContract } from './day.ts'
import { devicesContract } from './devices.ts'
import { healthContract } from './health.ts'
import { membersContract } from './members.ts'
import { memberImportContract } from './member-import.ts'
import { menusContract } from './menus.ts'
import { metrologyContract } from './metrology.ts'
import { printingContract } from './printing.ts'
import { policyContract } from './policy.ts'
import { receiptsContract } from './receipts.ts'
import { reportsContract } from './reports.ts'
import { salesContract } from './sales.ts'
import { staffContract } from './staff.ts'
import { stationContract } from './station.ts'
import { syncContract } from './sync.ts'
import { walletsContract } from './wallets.ts'
import { trialContract } from './trial.ts'

/** The one way in: renderer, command line and tests speak this and nothing else. */
export const contract = {
  counter: counterContract,
  bays: baysContract,
  sales: salesContract,
  station: stationContract,
  staff: staffContract,
  menus: menusContract,
  members: membersContract,
  memberImport: memberImportContract,
  wallets: walletsContract,
  receipts: receiptsContract,
  printing: printingContract,
  day: dayContract,
  reports: reportsContract,
  claims: claimsContract,
  sync: syncContract,
  backups: backupsContract,
  health: healthContract,
  devices: devicesContract,
  metrology: metrologyContract,
  policy: policyContract,
}

/** A trial station adds hands for its simulated devices. */
export const trialStationContract = { ...contract, trial: trialContract }
export type TrialStationContract = typeof trialStationContract
