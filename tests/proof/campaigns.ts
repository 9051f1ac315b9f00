import { backupCutFaults, backupCuts } from './backup/campaign.ts'
import { cutDayCloses, dayCloseFaults, killDayCloses } from './day-close/campaign.ts'
import { diskFaultCampaign, diskFaultFaults } from './disk-faults/campaign.ts'
import { failingDisk, failingDiskFaults, FAILING_DISK_ARMS } from './disk-faults/failing-disk-figures.ts'
import { framerCampaign } from './framers/campaign.ts'
import { killCampaign, killFaults } from './kill/campaign.ts'
import { stationKillCampaign, stationKillFaults } from './kill/station-campaign.ts'
import { powerCutCampaign, powerCutFaults } from './power-cut/campaign.ts'
import { examineFailedSyncs, failedSyncFaults } from './power-cut/failed-sync-states.ts'
import { examineMigrations, migrationFaults } from './power-cut/migration-states.ts'
import { powerOffCampaign, powerOffFaults } from './power-off/campaign.ts'

export interface CampaignResult {
  readonly name: string
  /** Why it is not passed. */
  readonly faults: readonly string[]
  /** The figures in one line, for people. */
  readonly summary: string
  readonly figures: object
}

type Campaign = (seed: string, report: (line: string) => void) => CampaignResult | Promise<CampaignResult>

const WORKERS = 2

async function powerCut(seed: string, report: (line: string) => void): Promise<CampaignResult> {
  const figures = await powerCutCampaign({
    seed,
    lunches: 20,
    statesPerLunch: 150,
    controlLunches: 6,
    controlStatesPerLunch: 100,
    deedsPerLunch: 140,
    cutRecoveryEvery: 10,
    workers: WORKERS,
    report,
  })
  const { full, control } = figures
  const summary =
    `${full.states} states, ${full.lost} lost of ${full.acknowledged} acknowledged; ` +
    `control ${control.states} states, ${control.lost} lost in ${control.statesWithLoss}; ${secondsText(figures)}`
  // The control fails by design: a few of its states are enough to look at.
  const shown = { ...figures, control: { ...control, failures: control.failures.length } }
  return { name: 'power-cut', faults: powerCutFaults(figures), summary, figures: shown }
}

function migration(seed: string): CampaignResult {
  const figures = examineMigrations(seed, 300)
  const summary = `${figures.states} states, ${figures.before} old, ${figures.after} new; ${secondsText(figures)}`
  return { name: 'migration', faults: migrationFaults(figures), summary, figures }
}

function failedSyncs(seed: string): CampaignResult {
  const figures = examineFailedSyncs(seed, 10)
  const summary =
    `${figures.states} states after a failed sync and a power cut, ${figures.unknown} unknown outcomes, ` +
    `${figures.unknownButThere} of them there; ${secondsText(figures)}`
  return { name: 'failed-sync', faults: failedSyncFaults(figures), summary, figures }
}

async function backup(seed: string, report: (line: string) => void): Promise<CampaignResult> {
  const figures = await backupCuts({ seed, kills: 60, calls: 40, report })
  const planted = await backupCuts({ seed, kills: 1, calls: 1, plantsHalf: true, report })
  const faults = [...backupCutFaults(figures)]
  if (planted.half === 0) faults.push('a half backup that was planted was not found')
  const { cuts, lost, half } = figures
  return { name: 'backup', faults, summary: `${cuts} cuts, ${lost} lost, ${half} half`, figures }
}

async function kill(seed: string, report: (line: string) => void): Promise<CampaignResult> {
  const figures = await killCampaign({ seed, kills: 200, tellsTooEarly: false, report })
  const planted = await killCampaign({ seed, kills: 5, tellsTooEarly: true, report })
  const faults = killFaults(figures)
  if (planted.lost === 0) faults.push('a seller that tells too early was not caught: this proves nothing')
  const summary =
    `${figures.kills} kills, ${figures.inMidDeed} in the middle of a deed, of which ${figures.thereAfterAll} sales were ` +
    `there after all; ${figures.lost} lost of ` +
    `${figures.acknowledged} acknowledged; planted fault lost ${planted.lost}; ${secondsText(figures)}`
  return { name: 'kill', faults, summary, figures: { ...figures, plantedLost: planted.lost } }
}

async function stationKill(seed: string, report: (line: string) => void): Promise<CampaignResult> {
  const figures = await stationKillCampaign({ seed, kills: 200, counters: WORKERS, report })
  const summary =
    `${figures.kills} kills of whole stations, ${figures.afterTheTap} between tap and answer, ${figures.paid} plates ` +
    `paid, ${figures.restored} of them shown only after the restart; ${secondsText(figures)}`
  return { name: 'station-kill', faults: stationKillFaults(figures), summary, figures }
}

async function dayClose(seed: string): Promise<CampaignResult> {
  const cuts = await cutDayCloses(seed, 400)
  const kills = await killDayCloses(seed, 50)
  const inFlight = (figures: typeof cuts): string => `${figures.thereAfterAll} there, ${figures.notThere} not`
  const summary =
    `${cuts.examined} states after a power cut, of the closes in flight ${inFlight(cuts)}; ${kills.examined} kills, ` +
    `${inFlight(kills)}; ${(cuts.seconds + kills.seconds).toFixed(0)} s`
  // Where a kill falls is the machine's choice; the cuts are chosen, so they must meet both.
  const faults = [...dayCloseFaults(cuts), ...kills.faults]
  return { name: 'day-close', faults, summary, figures: { cuts, kills } }
}

async function diskFaults(seed: string, report: (line: string) => void): Promise<CampaignResult> {
  const figures = await diskFaultCampaign({ seed, deeds: 20, stretches: 20, workers: WORKERS, report })
  const runs = figures.series.reduce((sum, each) => sum + each.runs, 0)
  const unknown = figures.series.reduce((sum, each) => sum + each.unknown, 0)
  const summary = `${runs} runs, ${unknown} unknown outcomes resolved; ${secondsText(figures)}`
  return { name: 'disk-faults', faults: diskFaultFaults(figures), summary, figures }
}

function failingDisks(): CampaignResult {
  const arms = FAILING_DISK_ARMS.map((arm) => ({ arm, figures: failingDisk(arm) }))
  return {
    name: 'failing-disk',
    faults: arms.flatMap(({ arm, figures }) => failingDiskFaults(arm, figures)),
    summary: arms.map(({ arm, figures }) => `${arm}: ${figures.during.length} refused`).join(', '),
    figures: arms,
  }
}

function powerOff(seed: string): CampaignResult {
  const figures = powerOffCampaign({ seed, cuts: 25, controlCuts: 10 })
  const summary = figures.ran
    ? `${figures.full.cuts} cuts of a real ext4, ${figures.full.lost} lost of ${figures.full.acknowledged} ` +
      `acknowledged; control ${figures.control.cuts} cuts, ${figures.control.lost} lost; ${secondsText(figures)}`
    : `did not run here: ${figures.reason}`
  return { name: 'power-off', faults: powerOffFaults(figures), summary, figures }
}

function framers(seed: string, report: (line: string) => void): CampaignResult {
  const figures = framerCampaign(seed, 10_000_000, report)
  const seconds = figures.reduce((sum, each) => sum + each.seconds, 0)
  return {
    name: 'framers',
    faults: figures.flatMap(({ protocol, fault }) => (fault === null ? [] : [`${protocol}: ${fault}`])),
    summary: `${figures.length} protocols, 10,000,000 random bytes each; ${secondsText({ seconds })}`,
    figures,
  }
}

const secondsText = ({ seconds }: { readonly seconds: number }): string => `${seconds.toFixed(0)} s`

/** The long campaigns by name, in the order in which they run. */
export const CAMPAIGNS: Readonly<Record<string, Campaign>> = {
  'power-cut': powerCut,
  migration,
  'failed-sync': failedSyncs,
  kill,
  'station-kill': stationKill,
  'day-close': dayClose,
  'disk-faults': diskFaults,
  'failing-disk': failingDisks,
  'power-off': powerOff,
  backup,
  framers,
}
