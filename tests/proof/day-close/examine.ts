import { rmSync } from 'node:fs'
import type { Book, BookFile } from '../../../electron/station/book/book.ts'
import { verifyDatabase } from '../../../electron/station/book/verify-book.ts'
import { closeDay, type CloseOutcome } from '../../../electron/station/day/close.ts'
import { drawerNow } from '../../../electron/station/day/drawer.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { Random } from '../../fixtures/random.ts'
import { handClock, openTill } from '../till.ts'
import { noonOf, type Evenings } from './plan.ts'

/** What was found of the closes of a book that a cut or a kill left. */
export interface EveningFinding {
  readonly faults: readonly string[]
  /** The close in flight, with what it signed off when it was in the book after all; null when none was. */
  readonly inFlight: { readonly date: string; readonly headHash: string | null } | null
}

interface Closed {
  readonly date: string
  readonly times: number
  readonly head_hash: string
}

const closesIn = (file: BookFile): readonly Closed[] =>
  file
    .statement<[], Closed>(
      `SELECT body ->> '$.closedDate' AS date, count(*) AS times, min(body ->> '$.headHash') AS head_hash
       FROM journal WHERE kind = 'day.closed' GROUP BY date ORDER BY date`,
    )
    .all()

/** Entries that stand behind the close of their own date, or of a later one. */
const lateEntries = (file: BookFile): number =>
  file
    .statement<[], { count: number }>(
      `SELECT count(*) AS count FROM journal AS late JOIN journal AS closing
         ON closing.kind = 'day.closed' AND closing.position < late.position
       WHERE late.business_date <= closing.body ->> '$.closedDate'`,
    )
    .get()?.count ?? 0

/**
 * Opens the book as the next start would and compares it with what the manager knows: each acknowledged close is there
 * once, the one in flight once or not at all, nothing stands on a closed date behind its close, and asking for the close
 * in flight once more closes it once.
 */
export function examineEvenings(folder: string, known: Evenings, random: Random): EveningFinding {
  const clock = handClock(noonOf('2027-01-01'))
  const book = openTill({ folder, random: random.fork('till'), clock })
  const faults: string[] = []
  try {
    const closes = book.read(closesIn)
    for (const { date, times } of closes) if (times !== 1) faults.push(`${date} was closed ${times} times`)
    for (const [date, headHash] of known.closed)
      if (closes.find((close) => close.date === date)?.head_hash !== headHash)
        faults.push(`the close of ${date} is not what was acknowledged`)
    for (const { date } of closes)
      if (!known.closed.has(date) && date !== known.closing)
        faults.push(`${date} is closed, and nobody asked for it`)
    const late = book.read(lateEntries)
    if (late > 0) faults.push(`${late} entries stand on a date behind its close`)
    for (const { rule, message } of book.read((file) => verifyDatabase(file.db)).findings)
      faults.push(`${rule} ${message}`)
    if (known.closing === null) return { faults, inFlight: null }
    const there = closes.find(({ date }) => date === known.closing)
    faults.push(...askedAgain(book, known.closing))
    return { faults, inFlight: { date: known.closing, headHash: there?.head_hash ?? null } }
  } finally {
    book.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The manager, who got no answer, presses the key once more, and then again. */
function askedAgain(book: Book, businessDate: string): readonly string[] {
  const ask = (): CloseOutcome =>
    book.write((file, append) => {
      const { expectedFen } = drawerNow(file)
      const counted = { countedFen: fen(expectedFen), floatFen: fen(0), explanation: '' }
      const request = { businessDate, closedBy: 's-1', ...counted }
      return closeDay(file, append, request, { today: businessDate, hindrance: null, actor: 'staff:s-1' })
    })
  const [first, second] = [ask(), ask()]
  const faults: string[] = []
  if (first.kind !== 'closed') faults.push(`asked again, ${businessDate} is ${first.kind}`)
  if (JSON.stringify(second) !== JSON.stringify(first))
    faults.push(`asked twice, ${businessDate} has two answers`)
  const times = book.read(closesIn).filter((close) => close.times !== 1)
  if (times.length > 0) faults.push(`asked twice, ${businessDate} stands there more than once`)
  return faults
}
