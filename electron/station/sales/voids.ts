import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { restOf } from '../../../shared/domain/ledger/part-reversal.ts'
import { ownWalletFen, type VoidReason } from '../../../shared/domain/sale.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { expireInside } from '../book/grants.ts'
import { walletOf } from '../book/members.ts'
import { draftOf } from '../book/reports.ts'
import { partsOf } from './parts.ts'

export interface VoidRequest {
  /** Made by whoever starts the void: the same id never counts twice. */
  readonly voidId: string
  readonly saleId: string
  readonly reason: VoidReason
  readonly note: string
  readonly approvedBy: string
}

export type VoidOutcome =
  /** Also when the same request stood in the book already: nothing was given back again. */
  | { readonly kind: 'voided'; readonly balanceAfterFen: Fen | null; readonly cashBackFen: Fen }
  | { readonly kind: 'not-found' | 'already-voided' | 'sold-elsewhere' }
  | { readonly kind: 'not-enough-cash'; readonly cashFen: number }

type VoidBody = JournalBodies['sale.voided']

/** The entry that took a sale back, or null while it stands. */
export function voidOf(file: BookFile, saleId: string): StoredEntry | null {
  return entryAt(
    file,
    file.statement<[string], Place>('SELECT origin, seq FROM voids WHERE sale_id = ?').get(saleId),
  )
}

/**
 * Takes a sale back, or what earlier parts left of it, inside the caller's transaction (SPEC LG-24, LG-32). The entry stands on the open day, whichever day the sale
 * was of.
 *
 * @throws BookError `broken-invariant` for an id that voided something else, or this for another reason.
 */
export function voidInside(file: BookFile, append: Append, request: VoidRequest, actor: string): VoidOutcome {
  const { voidId, saleId, reason, note, approvedBy } = request
  const earlier = earlierVoid(file, request)
  if (earlier !== null) return outcomeOf(earlier)
  const sale = draftOf(file, saleId)
  const sold = file.queries.sale.get(saleId)
  if (sale === null || sold === undefined) return { kind: 'not-found' }
  if (stationOf(sold.origin) !== stationOf(file.originId)) return { kind: 'sold-elsewhere' }
  if (voidOf(file, saleId) !== null) return { kind: 'already-voided' }
  const reversed = restOf(sale, partsOf(file, saleId))
  const cashFen = drawerBalance(file)
  if (cashFen < reversed.cashFen) return { kind: 'not-enough-cash', cashFen }

  const { memberId } = reversed
  const backFen = ownWalletFen(reversed)
  const balanceAfterFen = memberId === null ? null : fen(walletOf(file, memberId) + backFen)
  const body: VoidBody = { voidId, saleId, reversed, reason, note, approvedBy, balanceAfterFen }
  const { businessDate } = append({ kind: 'sale.voided', body }, actor)
  if (memberId !== null) expireInside(file, append, { memberId, businessDate }, actor)
  if (memberId !== null && walletOf(file, memberId) !== balanceAfterFen)
    throw new BookError('broken-invariant', `wallet of ${memberId} is not ${balanceAfterFen} after the void`)
  return outcomeOf(body)
}

interface Place {
  readonly origin: string
  readonly seq: number
}

const entryAt = (file: BookFile, place: Place | undefined): StoredEntry | null =>
  place === undefined ? null : (file.journal.bySeq(place.origin, place.seq) ?? null)

function earlierVoid(file: BookFile, request: VoidRequest): VoidBody | null {
  const place = file
    .statement<[string], Place>('SELECT origin, seq FROM voids WHERE void_id = ?')
    .get(request.voidId)
  const stored = entryAt(file, place)
  if (stored === null) return null
  const body = JSON.parse(stored.bodyText) as VoidBody
  // Who approved may differ: the same request may be approved again, by somebody else, after its answer was lost.
  const asked = ({ saleId, reason, note }: VoidRequest | VoidBody): string =>
    canonicalJson([saleId, reason, note])
  if (asked(body) !== asked(request))
    throw new BookError('broken-invariant', `void ${request.voidId} is in the book with another body`)
  return body
}

const outcomeOf = ({ balanceAfterFen, reversed }: VoidBody): VoidOutcome => ({
  kind: 'voided',
  balanceAfterFen,
  cashBackFen: reversed.cashFen,
})
