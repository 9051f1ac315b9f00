import { BookError } from '../../electron/station/book/book.ts'
import type { JournalEvent } from '../../shared/domain/journal/entry.ts'
import type { Menu } from '../../shared/domain/menu.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'
import { fen } from '../../shared/domain/units.ts'
import { shippedPacks } from '../../electron/station/shipped-packs.ts'
import type { Random } from '../fixtures/random.ts'
import type { Auditor } from './auditor.ts'
import { firstMenu, nextMenu, SENIORS } from './canteen.ts'
import { Killed } from './faulty-database.ts'
import type { Machine, Process } from './machine.ts'
import type { Scheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

export interface OfficeDeps {
  readonly machine: Machine
  readonly auditor: Auditor
  readonly scheduler: Scheduler
  readonly random: Random
  readonly trace: Trace
  /** Called after each entry of the office. */
  wrote(): void
}

interface PendingTopUp {
  readonly topUpId: string
  readonly memberId: string
  readonly amountFen: number
}

const OPENING_FEN = [2000, 16_000] as const

/** The office: prices, wallets, cards. What does not get into the book at once is tried again under the same id. */
export class Office {
  readonly #deps: OfficeDeps
  readonly #pack: PolicyPack
  #menu: Menu
  #pendingMenu: Menu | null = null
  #pendingTopUps: PendingTopUp[] = []
  #topUps = 0

  constructor(deps: OfficeDeps) {
    this.#deps = deps
    this.#menu = firstMenu(deps.random)
    const pack = shippedPacks().find(({ id }) => id === 'demo')
    if (pack === undefined) throw new Error('there is no demo pack')
    this.#pack = pack
  }

  /** Fills a new book: people with cards and what is left in their wallets, the pack, and this week's menu. */
  furnish({ realBook }: Process): void {
    const { auditor, random, scheduler } = this.#deps
    auditor.startBook()
    this.#menu = firstMenu(random)
    this.#pendingMenu = null
    const events: JournalEvent[] = [
      { kind: 'policy.published', body: { pack: this.#pack } },
      { kind: 'menu.published', body: { menu: this.#menu } },
    ]
    for (const { memberId, cardUid, bornOn, name, cardLost } of SENIORS) {
      const person = { fullName: name, formOfAddress: name }
      const facts = { memberId, bornOn, categories: [], householdArea: '35', residenceArea: '35' }
      realBook.registerMember(person, facts, 'office')
      events.push({ kind: 'card.issued', body: { uid: cardUid, memberId } })
      if (cardLost) events.push({ kind: 'card.reported-lost', body: { uid: cardUid, memberId } })
      const carriedFen = auditor.model.balanceOf(memberId)
      const amountFen = carriedFen > 0 ? carriedFen : random.integer(...OPENING_FEN)
      auditor.model.wallets.delete(memberId)
      const topUpId = this.#nextTopUpId()
      events.push({
        kind: 'wallet.topped-up',
        body: { topUpId, memberId, amountFen: fen(amountFen), source: 'opening' },
      })
      auditor.model.topUp(topUpId, { memberId, amountFen })
    }
    realBook.appendMany(events, 'office')
    auditor.menuPublished(this.#menu, scheduler.nowMs)
  }

  changePrices(): void {
    const { auditor, random, trace } = this.#deps
    this.#pendingMenu ??= nextMenu(this.#menu, random)
    auditor.menuInDoubt(this.#pendingMenu)
    trace.fault('price-change')
    this.catchUp()
  }

  topUp(memberId: string): void {
    const amountFen = this.#deps.random.integer(20, 200) * 100
    this.#pendingTopUps.push({ topUpId: this.#nextTopUpId(), memberId, amountFen })
    this.catchUp()
  }

  /** Tries again what is not in the book for certain. */
  catchUp(): void {
    const { machine, auditor, scheduler } = this.#deps
    const menu = this.#pendingMenu
    if (
      menu !== null &&
      this.#done(({ book }) => book.append({ kind: 'menu.published', body: { menu } }, 'office'))
    ) {
      this.#menu = menu
      this.#pendingMenu = null
      auditor.menuPublished(menu, scheduler.nowMs)
    }
    for (const { topUpId, memberId, amountFen } of this.#pendingTopUps) {
      if (machine.process === null) return
      const topUp = { topUpId, memberId, amountFen: fen(amountFen), source: 'cash' } as const
      if (this.#done(({ book }) => book.topUp(topUp, 'office'))) this.settleTopUps((id) => id === topUpId)
    }
  }

  /** These top-ups are in the book after all. */
  settleTopUps(isInBook: (topUpId: string) => boolean): void {
    for (const pending of this.#pendingTopUps)
      if (isInBook(pending.topUpId)) {
        const { auditor } = this.#deps
        auditor.serving.earlierBalancesFen.add(auditor.model.balanceOf(pending.memberId))
        auditor.model.topUp(pending.topUpId, pending)
        this.#deps.trace.note('top-up', pending.memberId, pending.amountFen)
      }
    this.#pendingTopUps = this.#pendingTopUps.filter(
      ({ topUpId }) => !this.#deps.auditor.model.topUps.has(topUpId),
    )
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

  #nextTopUpId(): string {
    this.#topUps += 1
    return `top-up-${this.#topUps}`
  }
}
