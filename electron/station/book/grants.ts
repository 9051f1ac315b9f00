import type { GrantLeft } from '../../../shared/domain/grants.ts'
import type { Words } from '../../../shared/domain/menu.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append } from './book.ts'
import type { BookReader } from './reader.ts'

interface GrantRow {
  readonly grant_id: string
  readonly member_id: string
  readonly funder_id: string
  readonly title: string
  readonly last_day: string
  readonly left_fen: number
}

const LEFT = `SELECT grant_id, member_id, funder_id, title, last_day, credit_fen - debit_fen AS left_fen
  FROM grants CROSS JOIN balances ON account = 'member:' || member_id || ':grant:' || grant_id`

/** A member's grants that are good on the date and not spent. */
export const grantsLeft = (reader: BookReader, memberId: string, date: string): readonly GrantLeft[] =>
  reader
    .statement<[string, string], GrantRow>(`${LEFT} WHERE member_id = ? AND last_day >= ? AND left_fen > 0`)
    .all(memberId, date)
    .map(({ grant_id: grantId, funder_id: funderId, title, last_day: lastDay, left_fen: leftFen }) => ({
      grantId,
      funderId,
      title: JSON.parse(title) as Words,
      lastDay,
      leftFen: fen(leftFen),
    }))

/**
 * What a member's grants hold after their last day is the fund's again, one entry each (SPEC LG-34): inside the caller's
 * transaction.
 *
 * @returns how much expired, in fen
 */
export function expireInside(
  reader: BookReader,
  append: Append,
  { memberId, businessDate }: { readonly memberId: string; readonly businessDate: string },
  actor: string,
): Fen {
  const over = reader
    .statement<[string, string], GrantRow>(`${LEFT} WHERE member_id = ? AND last_day < ? AND left_fen > 0`)
    .all(memberId, businessDate)
  let expiredFen = 0
  for (const { grant_id: grantId, funder_id: funderId, left_fen: leftFen } of over) {
    append({ kind: 'grant.expired', body: { grantId, memberId, funderId, amountFen: fen(leftFen) } }, actor)
    expiredFen += leftFen
  }
  return fen(expiredFen)
}

/** Nobody looks further back for what should have expired: longer than any canteen is shut. */
export const LOOK_BACK_DAYS = 400

/** Members whose grants ended before the date with something left in them. */
export const membersWithExpired = (reader: BookReader, date: string, sinceDate: string): readonly string[] =>
  reader
    .statement<[string, string], Pick<GrantRow, 'member_id'>>(
      `SELECT DISTINCT member_id FROM (${LEFT} WHERE last_day < ? AND last_day >= ? AND left_fen > 0)`,
    )
    .all(date, sinceDate)
    .map((row) => row.member_id)

/** The last day of a grant; null where the book never heard of it. */
export const lastDayOfGrant = (reader: BookReader, grantId: string): string | null =>
  reader
    .statement<[string], Pick<GrantRow, 'last_day'>>('SELECT last_day FROM grants WHERE grant_id = ?')
    .get(grantId)?.last_day ?? null
