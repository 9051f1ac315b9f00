/**
 * Sells without a pause into a real book and tells on descriptor 3 what it is about to do and what came of it. Started by
 * the campaigns as a process of its own: `node seller.ts '{"folder": …}'`.
 */
import type { Book } from '../../electron/station/book/book.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import { seededRandom } from '../fixtures/random.ts'
import { mealFor, memberIdOf, MEMBER_COUNT, seededIds, sittings } from './lunch.ts'
import { teller, type Deed, type TopUp } from './story.ts'
import { handClock, openTill, payIn, setUpTill, type Flushing } from './till.ts'

export interface SellerPlan {
  readonly folder: string
  readonly seed: string
  /** Business day to begin with: a seller that comes after another begins later. */
  readonly firstDay: number
  /** Meals and top-ups until it closes the book; null goes on until it is killed. */
  readonly deeds: number | null
  readonly setUp: boolean
  readonly flushing: Flushing
  /** A fault planted to be caught: the guest is told before the book is asked. */
  readonly tellsTooEarly?: boolean
  readonly migrationsFolder?: string
}

const tell = teller(3)
const plan = JSON.parse(process.argv[2] ?? '') as SellerPlan
const random = seededRandom(plan.seed)
const clock = handClock()

function told<Result>(
  deed: Deed,
  id: string | null,
  act: () => Result,
  resultOf: (result: Result) => string,
): Result {
  tell({ begins: deed })
  const result = act()
  tell({ done: deed.kind, id, result: resultOf(result) })
  return result
}
const plainly = (kind: 'open' | 'set-up' | 'checkpoint' | 'reopen' | 'close', act: () => void): void =>
  told({ kind }, null, act, () => 'ok')

function sell(book: Book, draft: SaleDraft): void {
  if (plan.tellsTooEarly === true) {
    told(
      { kind: 'sale', draft },
      draft.saleId,
      () => undefined,
      () => 'settled',
    )
    book.settle(draft)
    return
  }
  told(
    { kind: 'sale', draft },
    draft.saleId,
    () => book.settle(draft),
    (outcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind),
  )
}

function topUp(book: Book, paid: TopUp): void {
  told(
    { kind: 'top-up', topUp: paid },
    paid.topUpId,
    () => payIn(book, paid),
    () => 'appended',
  )
}

function run(): void {
  const opened: { book: Book | null } = { book: null }
  plainly('open', () => {
    opened.book = openTill({ ...plan, random: random.fork('till'), clock })
  })
  const { book } = opened
  if (book === null) throw new Error('nothing was opened')
  if (plan.setUp) plainly('set-up', () => setUpTill(book))
  const ids = seededIds(random.fork('sales'), () => clock.nowMs())
  const meals = sittings(random.fork('meals'), plan.firstDay)
  for (let deed = 0; plan.deeds === null || deed < plan.deeds; deed += 1) {
    if (random.chance(0.12)) {
      const memberId = memberIdOf(random.integer(0, MEMBER_COUNT - 1))
      topUp(book, { topUpId: ids.next(), memberId, amountFen: random.integer(1, 90) * 100 })
    } else {
      const { atMs, seat } = meals.next().value
      clock.set(atMs)
      sell(book, mealFor({ ...seat, saleId: ids.next() }, random))
    }
    if (random.chance(0.04)) plainly('checkpoint', () => book.checkpoint())
    if (random.chance(0.01)) plainly('reopen', () => book.reopen())
  }
  plainly('close', () => book.close())
}

run()
