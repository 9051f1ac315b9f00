import { expect, test } from 'vitest'
import { examineLunches, powerCutCampaign, powerCutFaults } from '../../proof/power-cut/campaign.ts'
import { faultText } from '../../proof/examine.ts'
import { examineFailedSyncs, failedSyncFaults } from '../../proof/power-cut/failed-sync-states.ts'
import type { LunchFigures } from '../../proof/power-cut/lunch-states.ts'
import { examineMigrations, migrationFaults } from '../../proof/power-cut/migration-states.ts'
import { REGRESSIONS } from '../../proof/power-cut/regressions.ts'
import { planOfState } from '../../proof/power-cut/replay.ts'

const MINUTES = 60_000
const quietly = (): void => undefined

// The campaign is not passed when its control, the same seller with synchronous=NORMAL, loses nothing.
test(
  'LG-21 LG-12 300 states after a power cut: nothing acknowledged is lost, and the control loses',
  async () => {
    const figures = await powerCutCampaign({
      seed: 'every-run',
      lunches: 2,
      statesPerLunch: 150,
      controlLunches: 1,
      controlStatesPerLunch: 100,
      deedsPerLunch: 140,
      cutRecoveryEvery: 10,
      workers: 2,
      report: quietly,
    })
    const { full, control } = figures
    console.log(
      `power cut: ${full.states} states, ${full.lost} of ${full.acknowledged} acknowledged lost; ` +
        `control: ${control.states} states, ${control.lost} lost in ${control.statesWithLoss}`,
    )
    expect(powerCutFaults(figures)).toEqual([])
    expect(full.states).toBe(300)
    expect(control.statesWithLoss).toBeGreaterThan(10)
  },
  4 * MINUTES,
)

test(
  'LG-21 states that once failed hold',
  async () => {
    const examined: LunchFigures[] = []
    await examineLunches(REGRESSIONS.map(planOfState), 1, (figures) => examined.push(figures))
    expect(examined.map(({ states }) => states)).toEqual(REGRESSIONS.map(() => 1))
    expect(examined.flatMap(({ failures }) => failures.map(({ finding }) => faultText(finding)))).toEqual([])
  },
  2 * MINUTES,
)

test(
  'LG-14 a power cut in a migration leaves the old schema or the new one, and the next start sells',
  () => {
    expect(migrationFaults(examineMigrations('every-run', 60))).toEqual([])
  },
  2 * MINUTES,
)

test(
  'LG-7 LG-21 a failed flush and a power cut together: what was answered holds',
  () => {
    expect(failedSyncFaults(examineFailedSyncs('every-run', 3))).toEqual([])
  },
  2 * MINUTES,
)
