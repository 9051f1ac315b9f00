import { addDays } from '../../../shared/domain/calendar.ts'
import { isGranted, lastDayOf, monthlyGrantId } from '../../../shared/domain/grants.ts'
import type { MonthlyGrant } from '../../../shared/domain/policy/types.ts'
import type { Append, Book, BookFile } from '../book/book.ts'
import { BookError, messageOf } from '../book/errors.ts'
import { expireInside, LOOK_BACK_DAYS, membersWithExpired } from '../book/grants.ts'
import { memberFacts } from '../book/members.ts'
import type { Counter } from '../counter/counter.ts'
import type { Cancel, Log, Timers } from '../deps.ts'

export interface GrantRoundsDeps {
  readonly book: Book
  readonly timers: Timers
  readonly log: Log
  readonly counter: Pick<Counter, 'context' | 'clockState'>
  /** When the server was last met, 0 for never; null without a server. */
  readonly lastSyncMs: () => number | null
}

/** As whom the audit names what nobody does by hand. */
const ACTOR = 'station'
const EVERY_MS = 1_000
/** In one transaction, so that a counter that sells waits no longer for it than for a sale. */
const MOST_AT_ONCE = 25

type Task = (file: BookFile, append: Append) => void

/**
 * Gives each month's grants to whom the pack gives them, and takes back what was not spent in time (SPEC LG-33, LG-34): as a
 * business day begins, and when somebody registers, a few at a time beside the selling.
 */
export function startGrantRounds(deps: GrantRoundsDeps): Cancel {
  const { book, counter, log } = deps
  let done = ''
  let waiting: Task[] = []
  let waitingFor = ''
  return deps.timers.every(EVERY_MS, () => {
    // A date that nobody has confirmed gives nothing and takes nothing; nor does a clock behind the book, for the counter sells
    // by the book's time then, and what is written here would be dated by the device's.
    if (counter.clockState() !== 'ok') return
    try {
      if (mayComeBack(deps)) return
      const round = roundOf(deps)
      // What is still to be done for another day, by a clock that has been put right or by yesterday's, is not done on this one.
      if (waitingFor !== round.day) waiting = []
      if (waiting.length === 0 && round.name === done) return
      if (waiting.length === 0) {
        waiting = [...round.tasks()]
        waitingFor = round.day
        done = round.name
      }
      const now = waiting.splice(0, MOST_AT_ONCE)
      if (now.length > 0) book.write((file, append) => now.forEach((task) => task(file, append)))
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      waiting = []
      done = ''
      log.warn('grants wait for the book', { reason: messageOf(error) })
    }
  })
}

/**
 * Whether this book was put back from a backup, and what it lacks may still come from the server (SPEC LG-28): grants among
 * it, and given here meanwhile they would be there twice. Without a server, who means to enrol it again has that day for it.
 */
function mayComeBack({ book, counter, lastSyncMs }: GrantRoundsDeps): boolean {
  const restored = book.read((file) =>
    file
      .statement<[string], { readonly at: string; readonly date: string }>(
        `SELECT at, business_date AS date FROM journal WHERE origin = ? AND seq = 1 AND kind = 'book.restored'`,
      )
      .get(file.originId),
  )
  if (restored === undefined) return false
  const metMs = lastSyncMs()
  return metMs === null ? counter.context().businessDate <= restored.date : metMs <= Date.parse(restored.at)
}

/** What there is to do on this day, with these members, under this pack: done once, and again when one of them is another. */
function roundOf({ book, counter }: GrantRoundsDeps): {
  readonly day: string
  readonly name: string
  readonly tasks: () => Task[]
} {
  const { pack, businessDate: date, workingDay, canteenArea } = counter.context()
  const members = book.read(
    (file) =>
      file.statement<[], { readonly count: number }>('SELECT count(*) AS count FROM members').get()?.count ??
      0,
  )
  const day = { date, workingDay, canteenArea }
  const under = `${date} ${pack?.id ?? ''} ${pack?.version ?? 0}`
  return {
    day: under,
    name: `${under} ${members}`,
    tasks: () =>
      book.read((file) => [
        ...expiring(file, date),
        ...(pack?.grants ?? []).flatMap((rule) => giving(file, rule, day)),
      ]),
  }
}

const expiring = (file: BookFile, businessDate: string): Task[] =>
  membersWithExpired(file, businessDate, addDays(businessDate, -LOOK_BACK_DAYS)).map(
    (memberId) => (inside, append) => {
      expireInside(inside, append, { memberId, businessDate }, ACTOR)
    },
  )

interface Day {
  readonly date: string
  readonly workingDay: boolean
  readonly canteenArea: string
}

function giving(file: BookFile, rule: MonthlyGrant, day: Day): Task[] {
  const month = day.date.slice(0, 7)
  return file
    .statement<[string], { readonly member_id: string }>(
      `SELECT member_id FROM members
       WHERE NOT EXISTS (SELECT 1 FROM grants WHERE grant_id = ? || members.member_id) ORDER BY member_id`,
    )
    .all(monthlyGrantId(rule.id, month, ''))
    .map(
      ({ member_id: memberId }) =>
        (inside, append) =>
          giveInside(inside, append, rule, memberId, day),
    )
}

function giveInside(file: BookFile, append: Append, rule: MonthlyGrant, memberId: string, day: Day): void {
  const facts = memberFacts(file, memberId, day.date)
  if (facts === null || !isGranted(rule, facts, day)) return
  const grantId = monthlyGrantId(rule.id, day.date.slice(0, 7), memberId)
  const known = file.statement<[string]>('SELECT 1 FROM grants WHERE grant_id = ?').get(grantId)
  if (known !== undefined) return
  const { funderId, title, monthlyFen: amountFen, months } = rule
  const lastDay = lastDayOf(day.date, months)
  append({ kind: 'grant.given', body: { grantId, memberId, funderId, title, amountFen, lastDay } }, ACTOR)
}
