import type { CardStanding } from '../../../shared/domain/members/card-rules.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { BookFile } from './book-file.ts'

/** How a card stands on a business date: what it paid, and what is its member's own. */
export const standingOf = (
  file: BookFile,
  cardUid: string,
  memberId: string,
  businessDate: string,
): CardStanding => ({
  spentFen: spentByCard(file, cardUid, businessDate),
  ownLimitFen: ownLimitOf(file, memberId),
  hasPin: file.queries.memberPin.get(memberId) !== undefined,
})

/** What wallet and subsidies paid by a card on a date, less what was taken back of it, in fen. */
export const spentByCard = (file: BookFile, cardUid: string, businessDate: string): Fen =>
  fen(file.queries.spentByCard.get(businessDate, cardUid)?.spent_fen ?? 0)

/** The member's own daily limit; null where the canteen's holds. */
export function ownLimitOf(file: BookFile, memberId: string): Fen | null {
  const limitFen = file.queries.ownLimit.get(memberId)?.daily_limit_fen ?? null
  return limitFen === null ? null : fen(limitFen)
}
