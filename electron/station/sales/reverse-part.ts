import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { partOf, type LinePart } from '../../../shared/domain/ledger/part-reversal.ts'
import { ownWalletFen } from '../../../shared/domain/sale.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'
import { expireInside } from '../book/grants.ts'
import { walletOf } from '../book/members.ts'
import { draftOf } from '../book/reports.ts'
import { partEntry, partsOf } from './parts.ts'
import { voidInside, voidOf, type VoidOutcome, type VoidRequest } from './voids.ts'

/** `voidId` is the id of the reversal, whether it becomes a part or the void of the rest. */
export interface ReversePartRequest extends VoidRequest {
  readonly lines: readonly LinePart[]
}

export type ReversePartOutcome =
  | VoidOutcome
  | { readonly kind: 'part-reversed'; readonly balanceAfterFen: Fen | null; readonly cashBackFen: Fen }
  /** More was chosen than is left of the sale. */
  | { readonly kind: 'not-left' }

type PartBody = JournalBodies['sale.part-reversed']

/**
 * Takes a part of a sale back, inside the caller's transaction; the void of the rest when everything left was chosen (SPEC
 * LG-32). Like a void it stands on the open day.
 *
 * @throws BookError `broken-invariant` for an id that took something else back.
 */
export function reversePartInside(
  file: BookFile,
  append: Append,
  request: ReversePartRequest,
  actor: string,
): ReversePartOutcome {
  const { lines, voidId: reversalId, saleId, reason, note, approvedBy } = request
  const earlier = earlierPart(file, request)
  if (earlier !== null) return outcomeOf(earlier)
  const sale = draftOf(file, saleId)
  const sold = file.queries.sale.get(saleId)
  if (sale === null || sold === undefined) return { kind: 'not-found' }
  if (stationOf(sold.origin) !== stationOf(file.originId)) return { kind: 'sold-elsewhere' }
  // A void with this very id is this request, whose answer was lost.
  if (voidOf(file, saleId) !== null) return voidInside(file, append, request, actor)
  const chosen = partOf(sale, partsOf(file, saleId), lines)
  if (chosen.kind === 'rest') return voidInside(file, append, request, actor)
  if (chosen.kind === 'not-left') return { kind: 'not-left' }
  const reversed = chosen.part
  const cashFen = drawerBalance(file)
  if (cashFen < reversed.cashFen) return { kind: 'not-enough-cash', cashFen }

  const { memberId } = reversed
  const backFen = ownWalletFen(reversed)
  const balanceAfterFen = memberId === null ? null : fen(walletOf(file, memberId) + backFen)
  const body: PartBody = { reversalId, saleId, reversed, reason, note, approvedBy, balanceAfterFen }
  const { businessDate } = append({ kind: 'sale.part-reversed', body }, actor)
  if (memberId !== null) expireInside(file, append, { memberId, businessDate }, actor)
  if (memberId !== null && walletOf(file, memberId) !== balanceAfterFen)
    throw new BookError(
      'broken-invariant',
      `wallet of ${memberId} is not ${balanceAfterFen} after the reversal`,
    )
  return outcomeOf(body)
}

function earlierPart(file: BookFile, request: ReversePartRequest): PartBody | null {
  const found = partEntry(file, request.voidId)
  if (found === null) return null
  const { body } = found
  // Who approved may differ: the same request may be approved again, after its answer was lost.
  const asked = canonicalJson([request.saleId, request.lines, request.reason, request.note])
  if (canonicalJson([body.saleId, body.reversed.lines, body.reason, body.note]) !== asked)
    throw new BookError('broken-invariant', `reversal ${request.voidId} is in the book with another body`)
  return body
}

const outcomeOf = ({ balanceAfterFen, reversed }: PartBody): ReversePartOutcome => ({
  kind: 'part-reversed',
  balanceAfterFen,
  cashBackFen: reversed.cashFen,
})
