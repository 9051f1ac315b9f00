import { expect, test } from 'vitest'
import { diskFaultCampaign, diskFaultFaults } from '../../proof/disk-faults/campaign.ts'
import {
  FAILING_DISK_ARMS,
  failingDisk,
  failingDiskFaults,
} from '../../proof/disk-faults/failing-disk-figures.ts'

const MINUTES = 60_000
const quietly = (): void => undefined

test(
  'LG-7 LG-17 an error of each flush and of stretches of writes: every answer is true, and it sells again',
  async () => {
    const figures = await diskFaultCampaign({
      seed: 'every-run',
      deeds: 6,
      stretches: 3,
      workers: 2,
      report: quietly,
    })
    expect(diskFaultFaults(figures)).toEqual([])
  },
  5 * MINUTES,
)

test.each(FAILING_DISK_ARMS)(
  'LG-17 %s disk: refused, nothing changed, and it sells again by itself',
  (arm) => {
    expect(failingDiskFaults(arm, failingDisk(arm))).toEqual([])
  },
  MINUTES,
)
