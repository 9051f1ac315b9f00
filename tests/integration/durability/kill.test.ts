import { expect, test } from 'vitest'
import { killCampaign, killFaults } from '../../proof/kill/campaign.ts'

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
