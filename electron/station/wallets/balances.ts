import type { BalanceRow, Balances } from '../../../shared/contract/wallets.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { BookReader } from '../book/reader.ts'

/** As many as somebody reads on a screen; the file lists everybody. */
const MOST_ROWS = 300

type Owed = Omit<BalanceRow, 'name'>

interface AccountRow {
  readonly account: string
  readonly owed_fen: number
}

/** Whom the canteen owes something, the largest sums of their own money first; in fen. */
export function owedToMembers(reader: BookReader): readonly Owed[] {
  const owed = new Map<string, { cashFen: number; depositFen: number; grantsFen: number }>()
  const accounts = reader
    .statement<[], AccountRow>(
      `SELECT account, credit_fen - debit_fen AS owed_fen FROM balances
       WHERE credit_fen <> debit_fen AND (account GLOB 'member:*' OR account GLOB 'deposit:*')`,
    )
    .all()
  for (const { account, owed_fen: owedFen } of accounts) {
    const [kind, memberId = '', what] = account.split(':')
    const sums = owed.get(memberId) ?? { cashFen: 0, depositFen: 0, grantsFen: 0 }
    if (kind === 'deposit') sums.depositFen += owedFen
    else if (what === 'grant') sums.grantsFen += owedFen
    else sums.cashFen += owedFen
    owed.set(memberId, sums)
  }
  return [...owed]
    .map(([memberId, sums]) => ({ memberId, ...sums }))
    .toSorted((one, other) => other.cashFen - one.cashFen || (one.memberId < other.memberId ? -1 : 1))
}

/** The same, and what it comes to together. */
export function everybodysOwed(reader: BookReader): {
  readonly owed: readonly Owed[]
  readonly sums: Omit<Balances, 'rows'>
} {
  const owed = owedToMembers(reader)
  const sum = (of: (each: Owed) => number): number => owed.reduce((total, each) => total + of(each), 0)
  const sums = {
    members: owed.length,
    toPay: owed.filter(({ cashFen }) => cashFen > 0).length,
    cashFen: fen(sum(({ cashFen }) => cashFen)),
    depositFen: fen(sum(({ depositFen }) => depositFen)),
    grantsFen: fen(sum(({ grantsFen }) => grantsFen)),
  }
  return { owed, sums }
}

/** With the names, which lie sealed: as many as a screen shows. */
export function balancesOf(reader: BookReader): Balances {
  const { owed, sums } = everybodysOwed(reader)
  return { ...sums, rows: namesOf(reader, owed.slice(0, MOST_ROWS)) }
}

export const namesOf = (reader: BookReader, owed: readonly Owed[]): readonly BalanceRow[] =>
  owed.map((each) => ({ ...each, name: reader.persons.get(each.memberId)?.fullName ?? '' }))
