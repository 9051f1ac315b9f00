import { expect, test } from 'vitest'
import { backupCutFaults, backupCuts } from '../../proof/backup/campaign.ts'

test('LG-29 backups cut off at random and at each call that matters leave the last good one, and nothing half', async () => {
  const figures = await backupCuts({ seed: 'every-run', kills: 8, calls: 6, report: () => undefined })
  console.log(`backup cut: ${JSON.stringify(figures)}`)
  expect(figures.cuts).toBeGreaterThan(20)
  expect(backupCutFaults(figures)).toEqual([])
}, 180_000)

test('LG-29 half a file under a backup’s name is caught', async () => {
  const options = { seed: 'planted', kills: 1, calls: 1, plantsHalf: true, report: () => undefined }
  const figures = await backupCuts(options)
  expect(figures.half).toBeGreaterThan(0)
  expect(backupCutFaults(figures)).not.toEqual([])
}, 60_000)
