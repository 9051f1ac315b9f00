import { writeSync } from 'node:fs'
import type { SaleDraft } from '../../shared/domain/sale.ts'

/** Money put on a member's wallet; `topUpId` stands in its entry. */
export interface TopUp {
  readonly topUpId: string
  readonly memberId: string
  readonly amountFen: number
}

/** What a seller is about to do. A sale and a top-up carry everything needed to try them again. */
export type Deed =
  | { readonly kind: 'open' | 'set-up' | 'checkpoint' | 'reopen' | 'close' }
  | { readonly kind: 'sale'; readonly draft: SaleDraft }
  | { readonly kind: 'top-up'; readonly topUp: TopUp }

/** Deeds that put an entry into the book, each with a key of its own. */
export type WrittenDeed = Extract<Deed, { kind: 'sale' | 'top-up' }>

/**
 * What a seller tells the world, one JSON line each. `done` is the acknowledgement: from here on the guest has walked
 * away with her meal, and no crash may undo it. `result` is the outcome's kind, for a refusal its reason.
 */
export type Telling =
  | { readonly begins: Deed }
  | { readonly done: Deed['kind']; readonly result: string }
  /** COMMIT failed; after reopening, the book says whether it has this sale. The answer proper follows as `done`. */
  | { readonly unknown: string; readonly found: boolean }

/** Tells on a descriptor, at once and whole: what is told has left this process. */
export function teller(descriptor: number): (telling: Telling) => void {
  return (telling) => {
    const line = Buffer.from(`${JSON.stringify(telling)}\n`)
    const written = writeSync(descriptor, line)
    if (written !== line.length) throw new Error(`told ${written} of ${line.length} bytes`)
  }
}

/** Results that mean: this sale or top-up is in the book. */
const IN_THE_BOOK: ReadonlySet<string> = new Set(['settled', 'exists', 'appended'])

/** What the world knows at one moment: the yardstick for the book that is found afterwards. */
export class Story {
  readonly sales = new Map<string, SaleDraft>()
  readonly topUps = new Map<string, TopUp>()
  readonly refused = new Set<string>()
  /** For each outcome that was unknown, whether the book had the sale after all. */
  readonly unknowns: boolean[] = []
  /** How often each result was told. */
  readonly results = new Map<string, number>()
  readonly #earlier = new Map<string, WrittenDeed>()
  #during: Deed | null = null
  #setUp = false
  #rest = ''

  /** The deed that was begun and not yet answered. */
  get during(): Deed | null {
    return this.#during
  }
  /** Sales and top-ups that were begun and never answered: each may be in the book, once, or not. */
  get unanswered(): readonly WrittenDeed[] {
    const during = this.#during
    return isWritten(during) ? [...this.#earlier.values(), during] : [...this.#earlier.values()]
  }
  /** True once members, cards and the first balances were acknowledged. */
  get setUp(): boolean {
    return this.#setUp
  }

  /** Takes what arrived, whole lines or parts of lines. */
  hear(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.note(JSON.parse(line) as Telling)
  }

  /** A new story of the same book, after a crash: what was unanswered stays so until it is tried again. */
  continued(): Story {
    const story = new Story()
    for (const [saleId, draft] of this.sales) story.sales.set(saleId, draft)
    for (const [topUpId, topUp] of this.topUps) story.topUps.set(topUpId, topUp)
    for (const saleId of this.refused) story.refused.add(saleId)
    for (const deed of this.unanswered) story.#earlier.set(idOf(deed), deed)
    story.#setUp = this.#setUp
    return story
  }

  /** Takes one telling, of a teller in this process. */
  note(telling: Telling): void {
    if ('unknown' in telling) {
      this.unknowns.push(telling.found)
      return
    }
    if ('begins' in telling) {
      this.#during = telling.begins
      return
    }
    this.results.set(telling.result, (this.results.get(telling.result) ?? 0) + 1)
    const deed = this.#during
    if (deed?.kind !== telling.done) throw new Error(`${telling.done} was answered but not begun`)
    this.#during = null
    if (deed.kind === 'set-up') this.#setUp = true
    if (isWritten(deed)) this.#answered(deed, IN_THE_BOOK.has(telling.result))
  }

  #answered(deed: WrittenDeed, inTheBook: boolean): void {
    this.#earlier.delete(idOf(deed))
    if (!inTheBook) this.refused.add(idOf(deed))
    else if (deed.kind === 'sale') this.sales.set(deed.draft.saleId, deed.draft)
    else this.topUps.set(deed.topUp.topUpId, deed.topUp)
  }
}

const isWritten = (deed: Deed | null): deed is WrittenDeed => deed?.kind === 'sale' || deed?.kind === 'top-up'
const idOf = (deed: WrittenDeed): string => (deed.kind === 'sale' ? deed.draft.saleId : deed.topUp.topUpId)
