/**
 * Sells without a pause into a real book and tells on descriptor 3 what it is about to do and what came of it. Started by
 * the campaigns as a process of its own: `node seller.ts '{"folder": …}'`. Ends with 0 when it closed its book, with
 * GAVE_UP when the disk did not let it.
 */
import { BookError, type Book } from '../../electron/station/book/book.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import { seededRandom } from '../fixtures/random.ts'
import { mealFor, memberIdOf, MEMBER_COUNT, seededIds, sittings } from './lunch.ts'
import { GAVE_UP, type SellerPlan } from './seller-plan.ts'
import { teller, type Deed } from './story.ts'
import { handClock, openTill, payIn, setUpTill } from './till.ts'

/** How often a book that failed is opened again before the seller gives up, as a station would. */
const MOST_ATTEMPTS = 3

const tell = teller(3)
const plan = JSON.parse(process.argv[2] ?? '') as SellerPlan
const random = seededRandom(plan.seed)
const clock = handClock()

function told(deed: Deed, act: () => string): void {
  tell({ begins: deed })
  tell({ done: deed.kind, result: act() })
}

/** Does it, and again after opening the book anew when nobody can know whether it was done. Each act has its own key. */
function insisting(book: Book, act: () => string): string {
  for (let attempt = 1; ; attempt += 1)
    try {
      return act()
    } catch (error) {
      if (!(error instanceof BookError)) throw error
      if (error.code === 'disk-full' || error.code === 'read-only') return error.code
      if (error.code !== 'unknown-outcome' || attempt === MOST_ATTEMPTS) throw error
      reopen(book)
    }
}

function reopen(book: Book): void {
  for (let attempt = 1; ; attempt += 1)
    try {
      book.reopen()
      return
    } catch (error) {
      if (!(error instanceof BookError) || attempt === MOST_ATTEMPTS) throw error
    }
}

/** Settles; while the outcome is unknown opens the book anew, asks by the key, and holds the answer to what follows. */
function settle(book: Book, draft: SaleDraft): string {
  for (let outcome = book.settle(draft); ;) {
    if (outcome.kind === 'refused') return outcome.reason
    if (outcome.kind !== 'unknown') return outcome.kind
    reopen(book)
    const answer = book.outcomeOf(draft.saleId)
    tell({ unknown: draft.saleId, found: answer !== null })
    outcome = book.settle(draft)
    const isTrue = answer === null ? outcome.kind !== 'exists' : outcome.kind === 'exists'
    if (!isTrue) throw new Error(`the answer was ${String(answer?.kind)}, the truth is ${outcome.kind}`)
  }
}

function sell(book: Book, draft: SaleDraft): void {
  if (plan.tellsTooEarly !== true) {
    told({ kind: 'sale', draft }, () => settle(book, draft))
    return
  }
  told({ kind: 'sale', draft }, () => 'settled')
  // Long enough for a kill to fall between.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  book.settle(draft)
}

/** A pause between guests: the log is moved into the file, and sometimes the book is opened anew. */
function rest(book: Book): void {
  const chance = plan.restChance ?? 0.04
  const plainly = (kind: 'checkpoint' | 'reopen', act: () => void): void =>
    told({ kind }, () =>
      insisting(book, () => {
        act()
        return 'ok'
      }),
    )
  if (random.chance(chance)) plainly('checkpoint', () => book.checkpoint())
  if (random.chance(chance / 4)) plainly('reopen', () => reopen(book))
}

function serve(book: Book): void {
  const ids = seededIds(random.fork('sales'), () => clock.nowMs())
  const meals = sittings(random.fork('meals'), plan.firstDay)
  for (let deed = 0; plan.deeds === null || deed < plan.deeds; deed += 1) {
    if (random.chance(0.12)) {
      const memberId = memberIdOf(random.integer(0, MEMBER_COUNT - 1))
      const topUp = { topUpId: ids.next(), memberId, amountFen: random.integer(1, 90) * 100 }
      told({ kind: 'top-up', topUp }, () =>
        insisting(book, () => {
          payIn(book, topUp)
          return 'appended'
        }),
      )
    } else {
      const { atMs, seat } = meals.next().value
      clock.set(atMs)
      // A guest's cash is never refused: told too early, only the kill can make it untrue.
      const memberNumber = plan.tellsTooEarly === true ? null : seat.memberNumber
      sell(book, mealFor({ ...seat, memberNumber, saleId: ids.next() }, random))
    }
    rest(book)
  }
}

function work(): void {
  tell({ begins: { kind: 'open' } })
  const book = openTill({ ...plan, random: random.fork('till'), clock })
  tell({ done: 'open', result: 'ok' })
  if (plan.setUp)
    told({ kind: 'set-up' }, () =>
      insisting(book, () => {
        setUpTill(book)
        return 'ok'
      }),
    )
  serve(book)
  told({ kind: 'close' }, () => {
    book.close()
    return 'ok'
  })
}

try {
  work()
} catch (error) {
  if (!(error instanceof BookError) || error.code === 'broken-invariant' || error.code === 'damaged')
    throw error
  console.error(String(error))
  process.exitCode = GAVE_UP
}
