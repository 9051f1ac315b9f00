import type { BenefitUse, PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { BookFile } from './book-file.ts'
import { benefitUses, benefitUsesOfDay } from './members.ts'

interface Known {
  readonly pack: PolicyPack
  readonly looksAtMonth: boolean
}

/**
 * The packs of an open book, each read and parsed once. A pack that is published again under the same version takes the
 * place of the old one, so publishing forgets them all.
 */
export class Policies {
  readonly #file: BookFile
  readonly #known = new Map<string, Known>()

  constructor(file: BookFile) {
    this.#file = file
  }

  forget(): void {
    this.#known.clear()
  }

  /** The pack, or null when this book never heard of it. */
  pack(id: string, version: number): PolicyPack | null {
    return this.#get(id, version)?.pack ?? null
  }

  /** The member's uses as far back as the limits of the pack look: the day, or the month. */
  usesFor(pack: PolicyPack, memberId: string, businessDate: string): readonly BenefitUse[] {
    return this.#get(pack.id, pack.version)?.looksAtMonth === false
      ? benefitUsesOfDay(this.#file, memberId, businessDate)
      : benefitUses(this.#file, memberId, businessDate)
  }

  #get(id: string, version: number): Known | null {
    const name = `${id}/${version}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const row = this.#file.queries.policyPack.get(id, version)
    if (row === undefined) return null
    const pack = JSON.parse(row.body) as PolicyPack
    const read = { pack, looksAtMonth: hasMonthlyLimit(pack) }
    this.#known.set(name, read)
    return read
  }
}

const hasMonthlyLimit = (pack: PolicyPack): boolean =>
  pack.steps.some(
    (step) =>
      step.kind === 'benefits' &&
      [...(step.limits ?? []), ...step.benefits.flatMap(({ limits }) => limits)].some(
        ({ per }) => per === 'month',
      ),
  )
