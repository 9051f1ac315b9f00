import type { CheckHindrance, ScaleCheck, ScaleView } from '../../../shared/contract/metrology.ts'
import {
  isCheckWeight,
  judge,
  withReading,
  type CheckUnderWay,
  type NotYet,
} from '../../../shared/domain/metrology/check.ts'
import { verificationDaysLeft } from '../../../shared/domain/metrology/standing.ts'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import type { Milligrams } from '../../../shared/domain/units.ts'
import type { Book } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { Cancel, Ids, Log, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { newestChecks, writeCheck, writeRelease } from './checks.ts'
import type { ScaleRecord } from './scale-record.ts'

export interface ScaleDeskDeps {
  readonly book: Book
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly place: ScalePlace
  readonly scaleRecord: ScaleRecord
}

/** Where the scale sells: the counter, or a bay. */
export interface ScalePlace {
  /** The bay's id; null is the counter. */
  readonly bayId: string | null
  businessDate(): string
  /** Nothing on the scale is food from now on. @returns false while somebody is served there, and then nothing has changed */
  take(): boolean
  /** The scale sells again. Nothing where it was not taken. */
  giveBack(): void
}

export interface Release {
  readonly releaseId: string
  readonly checkId: string
  readonly note: string
  readonly approvedBy: string
}

const PERIOD_MS = 3_000
/** A check that nobody goes on with gives the scale back after this long. */
const PATIENCE_MS = 3 * 60_000
const CHECKS_SHOWN = 60

/** Where staff checks a scale with a known weight, and a manager decides about one that failed (SPEC MT-6). */
export class ScaleDesk {
  readonly #deps: ScaleDeskDeps
  readonly view: Live<ScaleView>
  readonly #stopLooking: Cancel
  #reading: ScaleReading = { state: 'disconnected' }
  #underWay: CheckUnderWay | null = null
  #giveUp: Cancel | null = null
  #checks: readonly ScaleCheck[] = []
  #shown = ''

  /** @throws BookError when the book does not answer. */
  constructor(deps: ScaleDeskDeps) {
    this.#deps = deps
    this.#lookAtBook()
    this.view = new Live(this.#drawn())
    this.#stopLooking = deps.timers.every(PERIOD_MS, () => this.#lookAgain())
  }

  /** Whether this check, under way or written down, is of this scale. */
  knows(checkId: string): boolean {
    return this.#underWay?.checkId === checkId || this.#checks.some((check) => check.checkId === checkId)
  }

  onReading(reading: ScaleReading): void {
    this.#reading = reading
    if (this.#underWay === null) return
    const next = withReading(this.#underWay, reading, this.#deps.scaleRecord.profile)
    if (next === this.#underWay) return
    this.#underWay = next
    this.#show()
  }

  /** Takes the scale from where it sells; the answer is the check's id, or why not. */
  begin(nominalMg: Milligrams): { readonly checkId: string } | CheckHindrance | 'not-a-check-weight' {
    const { place, ids, scaleRecord } = this.#deps
    if (!isCheckWeight(nominalMg, scaleRecord.profile)) return 'not-a-check-weight'
    if (this.#underWay !== null) return 'check-under-way'
    if (this.#reading.state === 'stale' || this.#reading.state === 'disconnected') return 'scale-away'
    if (!place.take()) return 'sale-in-progress'
    const checkId = ids.next()
    this.#underWay = withReading({ checkId, nominalMg, zero: null }, this.#reading, scaleRecord.profile)
    this.#giveUp = this.#deps.timers.after(PATIENCE_MS, () => this.cancel(checkId))
    this.#show()
    return { checkId }
  }

  /** Writes down what the scale shows now. @throws BookError when the book does not take it; the check stays under way. */
  finish(checkId: string, actor: string): ScaleCheck | NotYet | 'not-under-way' {
    const { book, scaleRecord } = this.#deps
    const { profile } = scaleRecord
    if (this.#underWay?.checkId !== checkId) return 'not-under-way'
    const result = judge(this.#underWay, this.#reading, profile)
    if (typeof result === 'string') return result
    const { scaleId, divisionMg, verifiedUntil } = profile
    const { nominalMg } = this.#underWay
    const body = { checkId, scaleId, divisionMg, verifiedUntil, nominalMg, ...result }
    book.write((file, append) => writeCheck(file, append, body, actor))
    this.#lookAtBook()
    this.cancel(checkId)
    const [written] = this.#checks
    if (written?.checkId !== checkId)
      throw new BookError('broken-invariant', `check ${checkId} is not the newest`)
    return written
  }

  /** Gives the scale back; nothing when that check is over already. */
  cancel(checkId: string): void {
    if (this.#underWay?.checkId !== checkId) return
    this.#underWay = null
    this.#giveUp?.()
    this.#giveUp = null
    this.#deps.place.giveBack()
    this.#show()
  }

  /** Lets the scale sell today although its newest check failed (SPEC MT-8). @throws BookError */
  release(release: Release, actor: string): 'released' | 'not-to-release' {
    const { book, scaleRecord } = this.#deps
    const { scaleId } = scaleRecord.profile
    if (scaleRecord.policy.failedCheck === 'lock') return 'not-to-release'
    const outcome = book.write((file, append) => writeRelease(file, append, { ...release, scaleId }, actor))
    this.#lookAtBook()
    this.#show()
    return outcome
  }

  close(): void {
    this.#stopLooking()
    this.#giveUp?.()
  }

  #lookAtBook(): void {
    const { book, scaleRecord } = this.#deps
    scaleRecord.look(book)
    this.#checks = book.read((file) => newestChecks(file, scaleRecord.profile.scaleId, CHECKS_SHOWN))
  }

  /** For what came by sync, and for the next date; a book that does not answer now is asked the next time. */
  #lookAgain(): void {
    // What the book could not take down when a check ended, or before a restart.
    if (this.#underWay === null) this.#deps.place.giveBack()
    try {
      this.#deps.scaleRecord.look(this.#deps.book)
      if (this.#deps.scaleRecord.latestCheckId !== (this.#checks[0]?.checkId ?? null)) this.#lookAtBook()
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      this.#deps.log.warn('the checks of the scale cannot be read', { reason: error.message })
    }
    this.#show()
  }

  #drawn(): ScaleView {
    const { place, scaleRecord } = this.#deps
    const businessDate = place.businessDate()
    const { scaleId, maxMg, minMg, divisionMg, verifiedUntil } = scaleRecord.profile
    const under = this.#underWay
    return {
      bayId: place.bayId,
      scaleId,
      maxMg,
      minMg,
      divisionMg,
      verifiedUntil,
      businessDate,
      policy: scaleRecord.policy,
      daysLeft: verificationDaysLeft(scaleRecord.on(businessDate)),
      lock: scaleRecord.lockOn(businessDate),
      advice: scaleRecord.adviceOn(businessDate),
      underWay:
        under === null
          ? null
          : {
              checkId: under.checkId,
              nominalMg: under.nominalMg,
              step: under.zero === null ? 'empty' : 'weigh',
            },
      checks: this.#checks,
    }
  }

  #show(): void {
    const next = this.#drawn()
    const drawn = JSON.stringify(next)
    if (drawn === this.#shown) return
    this.#shown = drawn
    this.view.publish(next)
  }
}
