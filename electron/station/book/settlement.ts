import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import type { JournalBodies, JournalEntry } from '../../../shared/domain/journal/entry.ts'
import {
  isAboveDailyLimit,
  lacksConfirmation,
  type CardTerms,
} from '../../../shared/domain/members/card-rules.ts'
import { brokenLimit } from '../../../shared/domain/ledger/benefit-limits.ts'
import {
  ownWalletFen,
  type SaleDraft,
  type SettleOutcome,
  type SettleRefusal,
} from '../../../shared/domain/sale.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { BookFile } from './book-file.ts'
import { ownLimitOf, spentByCard } from './card-standing.ts'
import { BookError } from './errors.ts'
import { grantsLeft } from './grants.ts'
import { walletOf } from './members.ts'

type SaleBody = JournalBodies['sale.settled']
type AppendSale = (body: SaleBody) => JournalEntry

/** What the counter is told about a sale that already stands in the book, or null. */
export function existingSale(file: BookFile, saleId: string): (SettleOutcome & { kind: 'exists' }) | null {
  const row = file.queries.sale.get(saleId)
  if (row === undefined) return null
  const stored = file.journal.bySeq(row.origin, row.seq)
  if (stored === undefined)
    throw new BookError('damaged', `sale ${saleId} has no entry ${row.origin}/${row.seq}`)
  const body = JSON.parse(stored.bodyText) as SaleBody
  return { kind: 'exists', saleId, balanceAfterFen: body.balanceAfterFen, entryHash: stored.hash }
}

/**
 * Writes one sale, inside the caller's transaction: asks for the sale id first, then holds every rule again that the
 * quote was made under, for the quote may be older than the book.
 *
 * @throws BookError `broken-invariant` for the same id with another body (SPEC LG-2).
 */
export function settleInside(
  file: BookFile,
  draft: SaleDraft,
  terms: CardTerms,
  append: AppendSale,
): SettleOutcome {
  const existing = existingSale(file, draft.saleId)
  if (existing !== null) {
    assertSameBody(file, draft)
    return existing
  }
  const { memberId } = draft
  const balanceFen = memberId === null ? null : walletOf(file, memberId)
  const { closedThrough } = file.head
  if (closedThrough !== null && draft.businessDate <= closedThrough)
    return { kind: 'refused', reason: 'day-closed' }
  const refusal = refusalOf(file, draft, balanceFen) ?? cardRefusal(file, draft, terms)
  if (refusal !== null) return { kind: 'refused', reason: refusal }

  const balanceAfterFen = balanceFen === null ? null : fen(balanceFen - ownWalletFen(draft.tender))
  const entry = append({ sale: draft, balanceAfterFen })
  if (memberId !== null && walletOf(file, memberId) !== balanceAfterFen)
    throw new BookError('broken-invariant', `wallet of ${memberId} is not ${balanceAfterFen} after the sale`)
  return { kind: 'settled', saleId: draft.saleId, balanceAfterFen, entryHash: entry.hash }
}

function assertSameBody(file: BookFile, draft: SaleDraft): void {
  const row = file.queries.sale.get(draft.saleId)
  const stored = row === undefined ? undefined : file.journal.bySeq(row.origin, row.seq)
  const body = stored === undefined ? null : (JSON.parse(stored.bodyText) as SaleBody)
  if (body === null || canonicalJson(body.sale) !== canonicalJson(draft))
    throw new BookError('broken-invariant', `sale ${draft.saleId} is in the book with another body`)
}

function refusalOf(file: BookFile, draft: SaleDraft, balanceFen: Fen | null): SettleRefusal | null {
  const { memberId, cardUid } = draft
  if (memberId === null || balanceFen === null) return null
  if (file.queries.member.get(memberId) === undefined) return 'card-not-valid'
  if (cardUid !== null) {
    const card = file.queries.card.get(cardUid)
    if (card === undefined || card.state !== 'valid' || card.member_id !== memberId) return 'card-not-valid'
  }
  // Below zero after two stations sold offline, she may still pay in cash.
  if (ownWalletFen(draft.tender) > Math.max(0, balanceFen)) return 'insufficient-balance'
  if (!grantsHold(file, draft, memberId)) return 'grant-changed'
  return subsidyHolds(file, draft, memberId) ? null : 'subsidy-used'
}

/** Each grant that pays is hers, good on the date, and holds as much. */
function grantsHold(file: BookFile, { tender, businessDate }: SaleDraft, memberId: string): boolean {
  const { grants = [] } = tender
  if (grants.length === 0) return true
  const left = new Map(grantsLeft(file, memberId, businessDate).map((grant) => [grant.grantId, grant]))
  return grants.every(({ grantId, funderId, amountFen }) => {
    const grant = left.get(grantId)
    return grant !== undefined && grant.funderId === funderId && amountFen <= grant.leftFen
  })
}

/** What the canteen allows of a card, by the book's own count at the moment of writing (SPEC CK-20, CK-21). */
function cardRefusal(file: BookFile, draft: SaleDraft, terms: CardTerms): SettleRefusal | null {
  const { memberId, cardUid, businessDate } = draft
  if (memberId === null || cardUid === null) return null
  if (lacksConfirmation(draft, terms)) return 'not-confirmed'
  const standing = {
    spentFen: spentByCard(file, cardUid, businessDate),
    ownLimitFen: ownLimitOf(file, memberId),
  }
  return isAboveDailyLimit(draft, standing, terms) ? 'daily-limit' : null
}

function subsidyHolds(file: BookFile, draft: SaleDraft, memberId: string): boolean {
  const { quote } = draft
  if (quote.benefits.length === 0) return true
  const pack = file.policies.pack(quote.packId, quote.packVersion)
  if (pack === null)
    throw new BookError(
      'broken-invariant',
      `the quote names pack ${quote.packId} ${quote.packVersion}, not in the book`,
    )
  return brokenLimit(draft, pack, file.policies.usesFor(pack, memberId, draft.businessDate)) === null
}
