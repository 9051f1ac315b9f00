import { BookError } from '../../electron/station/book/book.ts'
import { shippedPacks } from '../../electron/station/shipped-packs.ts'
import type { BusinessMoment } from '../../shared/domain/business-day.ts'
import type { JournalEvent } from '../../shared/domain/journal/entry.ts'
import type { DishPricing, Menu } from '../../shared/domain/menu.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'
import { VOID_REASONS } from '../../shared/domain/sale.ts'
import { fen } from '../../shared/domain/units.ts'
import type { Random } from '../fixtures/random.ts'
import { MoneyActs } from './acts.ts'
import type { Auditor } from './auditor.ts'
import { firstMenu, isWeighed, newPricing, nextMenu, type Roll } from './canteen.ts'
import type { Desk, Outcome } from './desk.ts'
import { Killed } from './faulty-database.ts'
import { SHORT_GRANT, withGrants } from './grants.ts'
import type { Machine, Process } from './machine.ts'
import { setPrice, setSoldOut } from './roll-acts.ts'
import type { Scheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

export interface OfficeDeps {
  readonly machine: Machine
  readonly auditor: Auditor
  readonly scheduler: Scheduler
  readonly random: Random
  readonly trace: Trace
  readonly roll: Roll
  readonly desk: Desk
  /** By the device's clock. */
  readonly moment: () => BusinessMoment
  readonly deviceMs: () => number
  /** Of the book's newest entry: prices hold by it, or by the device's time when that is later. */
  readonly newestMs: () => number
  /** Called after each entry that is written without the desk. */
  wrote(): void
}

interface DatedPrice {
  readonly dishId: string
  readonly pricing: DishPricing
  priceVersion: number
  readonly fromMs: number
}

const OPENING_FEN = [2000, 16_000] as const
const SOONEST_MS = 500
const LATEST_MS = 60_000

/** The office while the counter sells: prices, what is sold out, wallets, mistakes taken back. */
export class Office {
  readonly acts: MoneyActs
  readonly #deps: OfficeDeps
  readonly #pack: PolicyPack
  readonly #lateVoids: Random
  #menu: Menu
  #pendingMenu: Menu | null = null
  /** Announced prices that do not hold yet, the earliest first. */
  #announced: DatedPrice[] = []
  #versions = new Map<string, number>()
  readonly #soldOut = new Map<string, Set<string>>()

  constructor(deps: OfficeDeps) {
    this.#deps = deps
    this.acts = new MoneyActs(deps.auditor.model)
    this.#lateVoids = deps.random.fork('late voids')
    this.#menu = firstMenu(deps.random)
    const pack = shippedPacks().find(({ id }) => id === 'demo')
    if (pack === undefined) throw new Error('there is no demo pack')
    this.#pack = withGrants(pack)
  }

  get menu(): Menu {
    return this.#menu
  }

  /** Whether nothing that was asked for is open. */
  get isSettled(): boolean {
    return this.#pendingMenu === null && this.#announced.length === 0 && this.#deps.desk.pending.length === 0
  }

  /** Fills a new book: people with cards and what is left in their wallets, the pack, and this week's menu. */
  furnish({ realBook }: Process): void {
    const { auditor, random, scheduler, roll, moment } = this.#deps
    auditor.startBook()
    roll.fresh()
    this.#menu = firstMenu(random)
    this.#pendingMenu = null
    this.#announced = []
    this.#versions = new Map()
    this.#soldOut.clear()
    const { businessDate } = moment()
    const events: JournalEvent[] = [
      { kind: 'policy.published', body: { pack: this.#pack } },
      { kind: 'menu.published', body: { menu: this.#menu } },
    ]
    const carried = new Map(auditor.model.wallets)
    auditor.model.wallets.clear()
    for (const { memberId, cardUid, bornOn, name, cardLost } of roll.seniors) {
      const person = { fullName: name, formOfAddress: name }
      const facts = { memberId, bornOn, categories: [], householdArea: '35', residenceArea: '35' }
      realBook.registerMember(person, facts, 'office')
      events.push({ kind: 'card.issued', body: { uid: cardUid, memberId } })
      if (cardLost) events.push({ kind: 'card.reported-lost', body: { uid: cardUid, memberId } })
      const carriedFen = carried.get(memberId) ?? 0
      const amountFen = carriedFen > 0 ? carriedFen : random.integer(...OPENING_FEN)
      const topUpId = this.id()
      const topUp = { topUpId, memberId, amountFen: fen(amountFen), source: 'opening' } as const
      events.push({ kind: 'wallet.topped-up', body: topUp })
      auditor.model.apply({ act: 'top-up', id: topUpId, topUp: { ...topUp, businessDate } })
    }
    realBook.appendMany(events, 'office')
    auditor.menuPublished(this.#menu, scheduler.nowMs)
  }

  /** A new menu with other prices is published whole. */
  changePrices(): void {
    const { auditor, random, trace } = this.#deps
    if (this.#announced.length > 0) return
    this.#pendingMenu ??= nextMenu(this.#menu, random)
    auditor.menuInDoubt(this.#pendingMenu)
    trace.fault('price-change')
    this.#publish()
  }

  /** The book was put back: prices are published anew, and everything is there, so that everybody knows what holds. */
  afterRestore(): void {
    this.#soldOut.clear()
    this.#pendingMenu = { ...this.#menu, version: this.#menu.version + 1 }
    this.#deps.auditor.menuInDoubt(this.#pendingMenu)
    this.#publish()
  }

  /** One dish gets another price, from a moment on that may come in mid-sale. */
  announcePrice(): Promise<Outcome> {
    const { random, desk, trace, deviceMs, newestMs } = this.#deps
    if (this.#pendingMenu !== null || this.#announced.length > 2) return Promise.resolve('refused')
    const dish = random.pick(this.#menu.dishes)
    const pricing = newPricing(dish.pricing, random)
    const fromMs = Math.max(deviceMs(), newestMs()) + random.integer(SOONEST_MS, LATEST_MS)
    const priceVersion = this.#newestVersion(dish.id) + 1
    const price: DatedPrice = { dishId: dish.id, pricing, priceVersion, fromMs }
    if (this.#announced.some((each) => each.fromMs === fromMs || each.dishId === dish.id))
      return Promise.resolve('refused')
    this.#announced = [...this.#announced, price].toSorted((one, other) => one.fromMs - other.fromMs)
    this.#doubt()
    trace.fault('price-announced')
    const change = { dishId: dish.id, pricing, effectiveFromMs: fromMs }
    const set = (version: number): void => {
      price.priceVersion = version
      this.#versions.set(dish.id, version)
      this.#doubt()
    }
    const gone = (): void => {
      this.#announced = this.#announced.filter((each) => each !== price)
    }
    return desk.begin(setPrice(change, set, gone))
  }

  /** A dish is used up, or there is more of it. */
  toggleSoldOut(): Promise<Outcome> {
    const { random, desk, trace, moment, auditor } = this.#deps
    const now = moment()
    const meal = { ...now, businessDate: auditor.model.openDate(now.businessDate) }
    const dish = random.pick(this.#menu.dishes.filter((each) => !isWeighed(each)))
    const key = mealKey(meal)
    const marked = this.#soldOut.get(key) ?? new Set()
    const soldOut = !marked.has(dish.id)
    if (soldOut && marked.size > 1) return Promise.resolve('refused')
    trace.fault(soldOut ? 'sold-out' : 'there-again')
    const { businessDate, mealPeriod } = meal
    return desk.begin(
      setSoldOut({ businessDate, mealPeriod }, dish.id, soldOut, () => {
        if (soldOut) marked.add(dish.id)
        else marked.delete(dish.id)
        this.#soldOut.set(key, marked)
      }),
    )
  }

  /** Whether everybody knows that there is none left of it in this meal. */
  isSoldOut(meal: BusinessMoment, dishId: string): boolean {
    return this.#soldOut.get(mealKey(meal))?.has(dishId) ?? false
  }

  topUp(memberId: string): Promise<Outcome> {
    const { desk, random } = this.#deps
    return desk.begin(this.acts.topUp(this.id(), memberId, random.integer(20, 200) * 100))
  }

  /** Some sale of this book is taken back: of today or of a day before, sent to the server or not. */
  voidOne(pick: 'any' | 'newest'): Promise<Outcome> {
    const { desk, random, trace, auditor } = this.#deps
    const standing = [...auditor.model.sales.keys()].filter((saleId) => !auditor.model.voids.has(saleId))
    const drawn = pick === 'newest' ? standing.at(-1) : standing[random.integer(0, standing.length - 1)]
    const saleId = (pick === 'any' ? this.#paidByWhatEnded(standing) : null) ?? drawn
    if (saleId === undefined || desk.pending.some(({ name }) => name === 'void'))
      return Promise.resolve('refused')
    trace.fault(pick === 'newest' ? 'void-of-the-newest' : 'void')
    return desk.begin(this.acts.void(this.id(), saleId, random.pick(VOID_REASONS)))
  }

  /** Now and then a sale of a month before, paid by a grant of that month alone: what comes back of it is nobody's. */
  #paidByWhatEnded(saleIds: readonly string[]): string | null {
    const { auditor, moment } = this.#deps
    const month = moment().businessDate.slice(0, 7)
    const ended = saleIds.filter((saleId) =>
      Object.keys(auditor.model.sales.get(saleId)?.grants ?? {}).some(
        (grantId) => grantId.startsWith(SHORT_GRANT) && grantId.slice(SHORT_GRANT.length) < month,
      ),
    )
    return ended.length > 0 && this.#lateVoids.chance(0.5) ? this.#lateVoids.pick(ended) : null
  }

  /** Tries again what is not in the book for certain, and lets prices hold whose moment has come. */
  async catchUp(): Promise<void> {
    this.#publish()
    this.ripen()
    await this.#deps.desk.catchUp()
  }

  /** Prices hold whose moment has come. By the device's clock alone they would not for ever: it may be set back again. */
  ripen(): void {
    const { auditor, scheduler, newestMs, desk } = this.#deps
    const nowMs = newestMs()
    while (
      this.#announced[0] !== undefined &&
      this.#announced[0].fromMs <= nowMs &&
      !desk.pending.some(({ name }) => name === 'price')
    ) {
      const [price, ...later] = this.#announced
      this.#menu = withPrice(this.#menu, price)
      this.#announced = later
      auditor.menuPublished(this.#menu, scheduler.nowMs)
      this.#doubt()
    }
  }

  id(): string {
    return uuidOf(this.#deps.random)
  }

  #publish(): void {
    const { auditor, scheduler } = this.#deps
    const menu = this.#pendingMenu
    if (menu === null) return
    if (!this.#done(({ book }) => book.append({ kind: 'menu.published', body: { menu } }, 'office'))) return
    this.#menu = menu
    this.#pendingMenu = null
    auditor.menuPublished(menu, scheduler.nowMs)
  }

  /** Any of the announced prices may hold a little earlier than the office looks. */
  #doubt(): void {
    let menu = this.#menu
    for (const price of this.#announced) {
      menu = withPrice(menu, price)
      this.#deps.auditor.menuInDoubt(menu)
    }
  }

  #newestVersion(dishId: string): number {
    const onMenu = this.#menu.dishes.find(({ id }) => id === dishId)?.priceVersion ?? 0
    return Math.max(onMenu, this.#versions.get(dishId) ?? 0)
  }

  /** @returns true when the book took it for certain. */
  #done(write: (process: Process) => unknown): boolean {
    const { process } = this.#deps.machine
    if (process === null) return false
    try {
      write(process)
      if (process.database.dead) return false
      // What is dated by the clock of now becomes what the clock is held against.
      this.#deps.wrote()
      return true
    } catch (error) {
      if (process.database.dead || error instanceof Killed) return false
      if (error instanceof BookError && error.code !== 'broken-invariant') return false
      throw error
    }
  }
}

const withPrice = (menu: Menu, { dishId, pricing, priceVersion }: DatedPrice): Menu => ({
  ...menu,
  dishes: menu.dishes.map((dish) => (dish.id === dishId ? { ...dish, pricing, priceVersion } : dish)),
})

const mealKey = ({ businessDate, mealPeriod }: BusinessMoment): string => `${businessDate}/${mealPeriod}`

/** A UUID from a seeded stream. */
export function uuidOf(random: Random): string {
  const hex = Buffer.from(random.bytes(16)).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
