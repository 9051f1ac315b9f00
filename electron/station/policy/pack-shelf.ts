import { ownPackOfDay, type HeldPack } from '../../../shared/domain/policy/packs.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { Book } from '../book/book.ts'
import type { Log, StationConfig } from '../deps.ts'
import { mayHold, trustedKeys } from './signatures.ts'

export interface PackShelfDeps {
  readonly book: Book
  readonly config: Pick<StationConfig, 'canteen' | 'policyPackId' | 'policyKeys'>
  readonly dataFolder: string
  readonly log: Log
}

/** The packs that the counter sells under: those of the book whose signatures are good (SPEC PO-13, PO-14). */
export class PackShelf {
  readonly #deps: PackShelfDeps
  #read: readonly HeldPack[] = []
  #good: readonly HeldPack[] = []

  constructor(deps: PackShelfDeps) {
    this.#deps = deps
    this.look(deps.book)
  }

  /** Looks again; a signature is checked when its pack is new here, and not four times a second. */
  look(book: Book): void {
    const held = book.heldPacks()
    if (sameTexts(held, this.#read)) return
    const { config, dataFolder, log } = this.#deps
    const trusted = trustedKeys(config, dataFolder, log)
    this.#read = held
    this.#good = held.filter((each) => mayHold(each, trusted))
    for (const { pack } of held.filter((each) => !this.#good.includes(each)))
      log.error('a policy pack has no good signature', { pack: pack.id, version: pack.version })
  }

  packOn(businessDate: string): PolicyPack | null {
    const { policyPackId, canteen } = this.#deps.config
    return ownPackOfDay(this.#good, policyPackId, canteen.area, businessDate)
  }
}

/** The book hands out the same object for the same text. */
const sameTexts = (one: readonly HeldPack[], other: readonly HeldPack[]): boolean =>
  one.length === other.length &&
  one.every(({ pack, signature, publishedOn }, index) => {
    const before = other[index]
    return before?.pack === pack && before.signature === signature && before.publishedOn === publishedOn
  })
