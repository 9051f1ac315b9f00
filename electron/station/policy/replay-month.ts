import type { PolicyReplay, ReplayedFunder } from '../../../shared/contract/policy.ts'
import type { Words } from '../../../shared/domain/menu.ts'
import { replayMonth, type PastEvent } from '../../../shared/domain/policy/replay.ts'
import type { ComparedFunder } from '../../../shared/domain/policy/replay-sums.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { BookReader } from '../book/reader.ts'
import { funderNames, fundersOf } from '../reports/names.ts'
import { pastMonth, type MealPlace } from './past-month.ts'

/** Told now and then how many of the month's sales have been replayed. */
export type ReplayProgress = (done: number, total: number) => void

const PROGRESS_EVERY = 5_000

/**
 * A past month of the book under a draft (SPEC PO-12).
 *
 * @param month YYYY-MM
 * @throws BookError when the book does not answer
 */
export function replayBookMonth(
  reader: BookReader,
  draft: PolicyPack,
  month: string,
  place: MealPlace,
  onProgress: ReplayProgress = () => undefined,
): PolicyReplay {
  const { sales, events } = pastMonth(reader, month, place)
  const { funders, providerPayments, ...totals } = replayMonth(draft, counted(events(), sales, onProgress))
  const nameOf = namesUnder(reader, draft)
  const named = (sums: readonly ComparedFunder[]): readonly ReplayedFunder[] =>
    sums.map((sum) => ({ ...sum, name: nameOf(sum.funderId) }))
  const { id, version, title } = draft
  return {
    month,
    draft: { id, version, title },
    ...totals,
    funders: named(funders),
    providerPayments: named(providerPayments),
  }
}

function* counted(
  events: Iterable<PastEvent>,
  total: number,
  onProgress: ReplayProgress,
): Generator<PastEvent> {
  let done = 0
  onProgress(done, total)
  for (const event of events) {
    yield event
    if (event.kind !== 'sold') continue
    done += 1
    if (done % PROGRESS_EVERY === 0) onProgress(done, total)
  }
  onProgress(total, total)
}

/** The draft's own names of those who pay, then those of the packs in the book. */
function namesUnder(reader: BookReader, draft: PolicyPack): (funderId: string) => Words {
  const own = new Map(fundersOf(draft).map(({ funderId, name }) => [funderId, name]))
  const inBook = funderNames(reader)
  return (funderId) => own.get(funderId) ?? inBook(funderId)
}
