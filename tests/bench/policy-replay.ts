import { readBeside } from '../../electron/station/book/read-beside.ts'
import { personKey } from '../../electron/station/config/data-folder.ts'
import { replayBookMonth } from '../../electron/station/policy/replay-month.ts'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import { shippedPacks } from '../fixtures/policy/golden.ts'
import { BENCH_MONTH, monthBook } from './books.ts'
import { atMost, coreSeconds, type Measurement } from './measurement.ts'

const SALES = 100_000

/**
 * A whole month of the book under another city's pack, read from the disk and replayed as the command and the office do it,
 * nothing warmed up. It is the work of one thread, so the seconds of one core are what it takes on a machine that is free;
 * how long it took on this one is told beside the figure.
 */
export function policyReplay(say: (line: string) => void): Measurement[] {
  const folder = monthBook(SALES, say)
  const draft = shippedPacks().find(({ id }) => id === 'guangzhou')
  if (draft === undefined) throw new Error('no pack to replay under')
  const place = { canteenArea: '44/4401/440118/440118102', calendar: CHINA_CALENDAR }
  const startedMs = performance.now()
  let replayed = 0
  const seconds = coreSeconds(() => {
    const { meals } = readBeside(
      folder,
      () => personKey(folder),
      (reader) => replayBookMonth(reader, draft, BENCH_MONTH, place),
    )
    replayed = meals
  })
  if (replayed !== SALES) throw new Error(`${replayed} of ${SALES} sales were replayed`)
  say(`${((performance.now() - startedMs) / 1_000).toFixed(1)} s by the clock`)
  return [atMost('policy-replay-s', seconds, 's', 5)]
}
