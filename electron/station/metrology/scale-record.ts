import {
  scaleAdvice,
  weighingLock,
  type LatestCheck,
  type MetrologyPolicy,
  type ScaleAdvice,
  type ScaleDay,
  type WeighingLock,
} from '../../../shared/domain/metrology/standing.ts'
import type { ScaleProfile } from '../../../shared/domain/scale.ts'
import type { Book } from '../book/book.ts'
import { latestCheck } from './checks.ts'

/** What the book says of a scale, kept at hand: whether it may sell is asked with every reading. */
export class ScaleRecord {
  readonly profile: ScaleProfile
  readonly policy: MetrologyPolicy
  #latest: LatestCheck | null = null

  constructor(profile: ScaleProfile, policy: MetrologyPolicy) {
    this.profile = profile
    this.policy = policy
  }

  /** Reads the newest check again: after one was written, and now and then for what came by sync. @throws BookError */
  look(book: Book): void {
    this.#latest = book.read((file) => latestCheck(file, this.profile.scaleId))
  }

  get latestCheckId(): string | null {
    return this.#latest?.checkId ?? null
  }

  on(businessDate: string): ScaleDay {
    return { profile: this.profile, policy: this.policy, latest: this.#latest, businessDate }
  }

  lockOn(businessDate: string): WeighingLock | null {
    return weighingLock(this.on(businessDate))
  }

  adviceOn(businessDate: string): readonly ScaleAdvice[] {
    return scaleAdvice(this.on(businessDate))
  }
}
