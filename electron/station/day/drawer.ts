import type { DrawerReckoning } from '../../../shared/contract/day.ts'
import type { JournalKind } from '../../../shared/domain/journal/entry.ts'
import { drawerOf } from '../../../shared/domain/ledger/accounts.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'
import type { BookReader } from '../book/reader.ts'
import { closeBefore, newestCloses, type CloseRow } from './closes.ts'

/**
 * What the drawer should hold now, and how that came about since it was last counted. What counts is the order in which
 * entries arrived in this book and not their dates: with a close of yesterday that comes after today's first sales, those
 * sales lie in the drawer that is counted.
 *
 * @throws BookError `broken-invariant` when the parts are not what stands on the drawer's account.
 */
export function drawerNow(reader: BookReader): DrawerReckoning {
  const [last = null] = newestCloses(reader, 1)
  const reckoning = reckon(reader, last, null)
  assertAddsUp(reckoning, drawerBalance(reader))
  return reckoning
}

/** The same for a drawer that was counted: from the close before until this one. @throws as `drawerNow` */
export function drawerOfClose(reader: BookReader, close: CloseRow): DrawerReckoning {
  const reckoning = reckon(reader, closeBefore(reader, close), close)
  assertAddsUp(reckoning, close.expected_fen)
  return reckoning
}

function assertAddsUp({ expectedFen }: DrawerReckoning, bookFen: number): void {
  if (expectedFen !== bookFen)
    throw new BookError('broken-invariant', `the drawer's parts make ${expectedFen}, the book has ${bookFen}`)
}

type Part = Exclude<keyof DrawerReckoning, 'floatFen' | 'expectedFen'>

/** Where in the reckoning an entry's cash belongs; kinds that move none are not asked for. */
const PART_OF: Partial<Record<JournalKind, Part>> = {
  'sale.settled': 'salesFen',
  'wallet.topped-up': 'topUpsFen',
  'card.issued': 'depositsFen',
  'card.returned': 'depositsFen',
  'drawer.moved': 'movedFen',
  'sale.voided': 'givenBackFen',
  'sale.part-reversed': 'givenBackFen',
  'top-up.reversed': 'givenBackFen',
  'wallet.refunded': 'givenBackFen',
}

/**
 * Through the index over drawers alone, by its name: left to itself SQLite reads every posting since the last count. The
 * index's condition stands in the query so that it may be used.
 */
const MOVED_BY_KIND = `SELECT kind, sum(debit_fen - credit_fen) AS fen
  FROM postings INDEXED BY postings_of_drawers JOIN journal USING (origin, seq)
  WHERE account = ? AND account GLOB 'canteen:drawer:*' AND origin = ? AND seq > ? AND seq <= ?
  GROUP BY kind`

function reckon(reader: BookReader, from: CloseRow | null, to: CloseRow | null): DrawerReckoning {
  const parts = { salesFen: 0, topUpsFen: 0, depositsFen: 0, movedFen: 0, givenBackFen: 0 }
  const moved = reader.statement<[string, string, number, number], { kind: JournalKind; fen: number }>(
    MOVED_BY_KIND,
  )
  for (const origin of reader.journal.origins()) {
    const after = from === null ? 0 : seqBy(reader, origin, from.position)
    const until = to === null ? Number.MAX_SAFE_INTEGER : seqBy(reader, origin, to.position - 1)
    for (const { kind, fen } of moved.all(drawerOf(reader.originId), origin, after, until)) {
      const part = PART_OF[kind]
      if (part === undefined) throw new BookError('broken-invariant', `${kind} moved cash between two closes`)
      parts[part] += part === 'givenBackFen' ? -fen : fen
    }
  }
  const floatFen = from?.float_fen ?? 0
  const { salesFen, topUpsFen, depositsFen, movedFen, givenBackFen } = parts
  const expectedFen = floatFen + salesFen + topUpsFen + depositsFen + movedFen - givenBackFen
  return { floatFen, ...parts, expectedFen }
}

/** The newest entry of an origin that had arrived by a position; 0 for none. Entries of an origin arrive in order. */
function seqBy(reader: BookReader, origin: string, position: number): number {
  const positionOf = reader.statement<[string, number], { position: number }>(
    'SELECT position FROM journal WHERE origin = ? AND seq = ?',
  )
  let below = 0
  let above = (reader.journal.newest(origin, 1)[0]?.seq ?? 0) + 1
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    const found = positionOf.get(origin, middle)?.position
    if (found !== undefined && found <= position) below = middle
    else above = middle
  }
  return below
}
