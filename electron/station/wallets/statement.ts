import type { Statement } from '../../../shared/contract/wallets.ts'
import type { BookFile } from '../book/book.ts'
import { walletOf } from '../book/members.ts'
import { movements } from '../members/movements.ts'
import { registered } from '../members/people.ts'

/** Three years of days, and room for dates that came twice: further back than a statement can be asked for. */
const MOST_RUNS = 1_200

/** Which member's, and the first and last business date. */
export interface StatementSpan {
  readonly memberId: string
  readonly from: string
  readonly to: string
}

/**
 * A member's account over a span of business dates, oldest first: what she had before it, each movement with what it left,
 * and what she had after it. Sums tie to the fen by construction (SPEC LG-38). Null for somebody who is gone.
 */
export function statementOf(file: BookFile, { memberId, from, to }: StatementSpan): Statement | null {
  const member = registered(file, memberId)
  if (member === null) return null
  const since = movements(file, memberId, from, MOST_RUNS).toReversed()
  const within = since
    .filter(({ businessDate }) => businessDate >= from && businessDate <= to)
    .toSorted((one, other) => compareText(one.businessDate, other.businessDate))
  const laterFen = sumOf(since.filter(({ businessDate }) => businessDate > to))
  const closingFen = walletOf(file, memberId) - laterFen
  const openingFen = closingFen - sumOf(within)
  let balanceFen = openingFen
  const lines = within.map(({ atMs, businessDate, kind, source, paidBy, amountFen, grantsFen }) => {
    balanceFen += amountFen
    return { atMs, businessDate, kind, source, paidBy, amountFen, grantsFen, balanceAfterFen: balanceFen }
  })
  const paidIn = lines.filter(({ amountFen }) => amountFen > 0)
  return {
    name: member.person.fullName,
    from,
    to,
    openingFen,
    inFen: sumOf(paidIn),
    outFen: sumOf(paidIn) - sumOf(lines),
    grantsUsedFen: -lines.reduce(
      (sum, { kind, grantsFen }) => sum + (kind === 'sale' || kind === 'void' ? grantsFen : 0),
      0,
    ),
    closingFen,
    lines,
  }
}

const sumOf = (lines: readonly { readonly amountFen: number }[]): number =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0)

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
