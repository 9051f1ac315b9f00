import { expect, onTestFinished, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { seededRandom } from '../../fixtures/random.ts'
import { killCampaign, killFaults } from '../../proof/kill/campaign.ts'
import { lookInto, seedCounterBook } from '../../proof/kill/counter-book.ts'
import type { Plate } from '../../proof/kill/counter-hand.ts'
import { stationKillCampaign, stationKillFaults } from '../../proof/kill/station-campaign.ts'
import { memoryFolder } from '../../proof/memory-folder.ts'

const MINUTES = 60_000
const quietly = (): void => undefined

test(
  'LG-21 LG-1 25 kills in a busy lunch: nothing acknowledged is lost, what was in flight is charged once',
  async () => {
    const figures = await killCampaign({
      seed: 'every-run',
      kills: 25,
      tellsTooEarly: false,
      report: quietly,
    })
    console.log(`kill: ${figures.kills} kills, ${figures.lost} of ${figures.acknowledged} acknowledged lost`)
    expect(killFaults(figures)).toEqual([])
  },
  4 * MINUTES,
)

test(
  'LG-21 a seller that tells before it has settled is caught',
  async () => {
    const figures = await killCampaign({ seed: 'planted', kills: 5, tellsTooEarly: true, report: quietly })
    expect(figures.lost).toBeGreaterThan(0)
    expect(killFaults(figures)).not.toEqual([])
  },
  2 * MINUTES,
)

test(
  'LG-21 CK-12 whole stations killed at their ptys: each plate is charged once, what was shown as paid is',
  async () => {
    const figures = await stationKillCampaign({ seed: 'every-run', kills: 8, counters: 2, report: quietly })
    console.log(
      `station kill: ${figures.kills} kills, ${figures.paid} plates paid, ${figures.faults.length} faults`,
    )
    expect(stationKillFaults(figures)).toEqual([])
  },
  5 * MINUTES,
)

test('LG-21 a plate that was shown as paid and is not in the book is seen', () => {
  const data = mkdtempSync(memoryFolder('station-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  seedCounterBook(data, seededRandom('seen'))
  const plate: Plate = { netMg: 250_000, cardUid: '0A00000001', paidAs: null }
  expect(lookInto(data, [plate])).toEqual([])
  plate.paidAs = '019caba1-4980-70bf-91ff-6852d40dc726'
  expect(lookInto(data, [plate]).join()).toContain('was shown as paid')
})
