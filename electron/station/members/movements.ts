import type { Movement } from '../../../shared/contract/members.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { memberCash, stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { BookFile } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { walletOf } from '../book/members.ts'
import { paidByOf } from './paid-by.ts'

interface Place {
  readonly origin: string
  readonly seq: number
}

/** What an entry did to a wallet. */
interface Line extends Place {
  readonly amountFen: number
  readonly grantsFen: number
}

/** A movement, and the entry that it stands in. */
export type PlacedMovement = Movement & { readonly place: Place }

/**
 * A member's account since a business date, newest first. There is no index of sales by member, which would cost every
 * settlement a page; instead the postings of those days are read through, a few milliseconds a month. Balances are
 * reckoned backwards from the wallet as it stands now.
 */
export function movements(
  file: BookFile,
  memberId: string,
  sinceDate: string,
  mostRuns = MOST_RUNS,
): PlacedMovement[] {
  const lines = joined([
    ...walletLines(file, memberId, sinceDate, mostRuns),
    ...linesBesideWallet(file, memberId, sinceDate),
    ...grantLines(file, memberId, sinceDate),
  ])
  const entries = lines.map((line) => ({ line, entry: entryAt(file, line) }))
  const newestFirst = entries.toSorted((one, other) => compareText(orderOf(other.entry), orderOf(one.entry)))
  let balanceFen: number = walletOf(file, memberId)
  const walletFen = balanceFen
  return newestFirst.map(({ line, entry }) => {
    const movement = movementOf(file, entry, line, { balanceFen, walletFen })
    balanceFen -= line.amountFen
    return movement
  })
}

/** The balance after one entry, reckoned backwards. */
export function balanceAfter(file: BookFile, memberId: string, entry: StoredEntry): number {
  const of = movements(file, memberId, entry.businessDate).find(
    ({ place }) => place.origin === entry.origin && place.seq === entry.seq,
  )
  return of?.balanceAfterFen ?? walletOf(file, memberId)
}

function walletLines(file: BookFile, memberId: string, sinceDate: string, mostRuns: number): Line[] {
  const postings = file.statement<[string, number, string], { seq: number; amountFen: number }>(
    `SELECT seq, credit_fen - debit_fen AS amountFen FROM postings
     WHERE origin = ? AND seq >= ? AND account = ?`,
  )
  return file.journal.origins().flatMap((origin) => {
    const fromSeq = firstSeqSince(file, origin, { sinceDate, mostRuns })
    if (fromSeq === null) return []
    return postings
      .all(origin, fromSeq, memberCash(memberId))
      .map((row) => ({ origin, grantsFen: 0, ...row }))
  })
}

/** The longest account that can be asked for, with room for dates that came twice because a clock was put right. */
const MOST_RUNS = 200

/**
 * Where an origin's entries since a date begin. Only the newest runs of dates are looked at: one entry that was dated into
 * the future years ago must not make this year's question a scan of the whole book.
 */
function firstSeqSince(
  file: BookFile,
  origin: string,
  { sinceDate, mostRuns }: { readonly sinceDate: string; readonly mostRuns: number },
): number | null {
  const row = file
    .statement<[string, number, string], { seq: number | null }>(
      `SELECT min(first_seq) AS seq
       FROM (SELECT first_seq, business_date FROM day_runs WHERE origin = ? ORDER BY first_seq DESC LIMIT ?)
       WHERE business_date >= ?`,
    )
    .get(origin, mostRuns, sinceDate)
  return row?.seq ?? null
}

/** Meals, and voids of them, that cost her nothing or were paid in cash: no posting of her wallet tells of them. */
function linesBesideWallet(file: BookFile, memberId: string, sinceDate: string): Line[] {
  return file
    .statement<[{ memberId: string; sinceDate: string }], Place>(
      `SELECT origin, seq FROM sales
       WHERE member_id = :memberId AND business_date >= :sinceDate AND wallet_fen = 0
       UNION ALL
       SELECT origin, seq FROM voids
       WHERE member_id = :memberId AND business_date >= :sinceDate AND wallet_fen = 0
       UNION ALL
       SELECT origin, seq FROM part_reversals
       WHERE member_id = :memberId AND business_date >= :sinceDate AND wallet_fen = 0`,
    )
    .all({ memberId, sinceDate })
    .map((place) => ({ ...place, amountFen: 0, grantsFen: 0 }))
}

/** What her grants gave, paid, got back and lost. */
const grantLines = (file: BookFile, memberId: string, sinceDate: string): Line[] =>
  file
    .statement<[string, string], Place & { readonly grantsFen: number }>(
      `SELECT origin, seq, sum(iif(what IN ('given', 'returned'), amount_fen, -amount_fen)) AS grantsFen
       FROM grant_moves WHERE member_id = ? AND business_date >= ? GROUP BY origin, seq`,
    )
    .all(memberId, sinceDate)
    .map((row) => ({ ...row, amountFen: 0 }))

/** One line for each entry: a meal may be paid by grants and wallet together. */
function joined(lines: readonly Line[]): readonly Line[] {
  const byEntry = new Map<string, Line>()
  for (const line of lines) {
    const name = `${line.origin}/${line.seq}`
    const known = byEntry.get(name)
    byEntry.set(name, {
      ...line,
      amountFen: line.amountFen + (known?.amountFen ?? 0),
      grantsFen: line.grantsFen + (known?.grantsFen ?? 0),
    })
  }
  return [...byEntry.values()]
}

function entryAt(file: BookFile, { origin, seq }: Place): StoredEntry {
  const entry = file.journal.bySeq(origin, seq)
  if (entry === undefined)
    throw new BookError('damaged', `there are postings but no entry of ${origin}/${seq}`)
  return entry
}

function movementOf(
  file: BookFile,
  entry: StoredEntry,
  { amountFen, grantsFen }: Line,
  now: { readonly balanceFen: number; readonly walletFen: number },
): PlacedMovement {
  const { origin, seq, at, businessDate } = entry
  const common = {
    place: { origin, seq },
    atMs: Date.parse(at),
    businessDate,
    amountFen,
    grantsFen,
    balanceAfterFen: now.balanceFen,
    paidBy: null,
  }
  const here = stationOf(origin) === stationOf(file.originId)
  switch (entry.kind) {
    case 'sale.settled': {
      const { saleId } = (JSON.parse(entry.bodyText) as JournalBodies['sale.settled']).sale
      const reversible = here && !stands(file, 'SELECT 1 FROM voids WHERE sale_id = ?', saleId)
      return { ...common, kind: 'sale', id: saleId, reversible, source: null }
    }
    case 'sale.voided':
    case 'sale.part-reversed': {
      const { saleId } = JSON.parse(entry.bodyText) as JournalBodies['sale.voided' | 'sale.part-reversed']
      return { ...common, kind: 'void', id: saleId, reversible: false, source: null }
    }
    case 'wallet.topped-up': {
      const { topUpId, source, ...paid } = JSON.parse(entry.bodyText) as JournalBodies['wallet.topped-up']
      const reversed = stands(file, 'SELECT 1 FROM top_up_reversals WHERE top_up_id = ?', topUpId)
      const reversible = here && !reversed && amountFen <= now.walletFen
      return { ...common, kind: 'top-up', id: topUpId, reversible, source, paidBy: paidByOf(file, paid) }
    }
    case 'top-up.reversed': {
      const { topUpId, source, ...paid } = JSON.parse(entry.bodyText) as JournalBodies['top-up.reversed']
      const paidBy = paidByOf(file, paid)
      return { ...common, kind: 'top-up-reversed', id: topUpId, reversible: false, source, paidBy }
    }
    case 'wallet.refunded': {
      const { refundId, method } = JSON.parse(entry.bodyText) as JournalBodies['wallet.refunded']
      return { ...common, kind: 'refund', id: refundId, reversible: false, source: method }
    }
    case 'wallet.corrected': {
      const { correctionId, reason, corrects } = JSON.parse(
        entry.bodyText,
      ) as JournalBodies['wallet.corrected']
      const undone = stands(file, 'SELECT 1 FROM corrections WHERE undoes = ?', correctionId)
      const reversible = here && reason !== 'undone' && !undone && amountFen <= now.walletFen
      return { ...common, kind: 'correction', id: correctionId, reversible, source: null, reason, corrects }
    }
    case 'grant.given':
    case 'grant.expired': {
      const { grantId } = JSON.parse(entry.bodyText) as JournalBodies['grant.expired']
      const kind = entry.kind === 'grant.given' ? 'grant' : 'grant-expired'
      // A grant may expire twice: a void gives back to it.
      const id = kind === 'grant' ? grantId : `${grantId} ${origin}/${seq}`
      return { ...common, kind, id, reversible: false, source: null }
    }
    default:
      throw new BookError('broken-invariant', `an entry of kind ${entry.kind} moved a wallet`)
  }
}

const stands = (file: BookFile, sql: string, id: string): boolean =>
  file.statement<[string]>(sql).get(id) !== undefined

const orderOf = ({ hlc, origin, seq }: StoredEntry): string =>
  `${hlc}/${origin}/${String(seq).padStart(12, '0')}`

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
