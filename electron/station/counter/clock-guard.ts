import {
  businessMomentOf,
  type BusinessMoment,
  type CanteenDay,
} from '../../../shared/domain/business-day.ts'
import type { Book } from '../book/book.ts'
import type { Clock } from '../deps.ts'

/**
 * `ok`; `behind`: the device clock stands a little before the book's newest entry, whose time then counts;
 * `to-confirm`: it stands so far off that staff has to look at the date first (SPEC CK-16).
 */
export type ClockState = 'ok' | 'behind' | 'to-confirm'

const FAR_BEHIND_MS = 24 * 3_600_000
/** Longer than any holiday a canteen closes for. */
const FAR_AHEAD_MS = 60 * 24 * 3_600_000
const NOTICEABLE_MS = 60_000

export interface ClockGuard {
  state(): ClockState
  /** Staff has looked at the device's date and found it right. */
  confirm(): void
  moment(day: CanteenDay): BusinessMoment
}

export function createClockGuard(clock: Clock, book: Pick<Book, 'newestPhysicalMs'>): ClockGuard {
  let confirmedOffsetMs: number | null = null
  const offsetMs = (): number => {
    const newestMs = book.newestPhysicalMs()
    return newestMs === 0 ? 0 : clock.nowMs() - newestMs
  }
  const isConfirmed = (offset: number): boolean =>
    confirmedOffsetMs !== null && Math.abs(offset - confirmedOffsetMs) < FAR_BEHIND_MS

  function state(): ClockState {
    const offset = offsetMs()
    const far = offset < -FAR_BEHIND_MS || offset > FAR_AHEAD_MS
    if (far) return isConfirmed(offset) ? 'ok' : 'to-confirm'
    // A clock that is right again ends the confirmation: going wrong a second time is a new question.
    confirmedOffsetMs = null
    return offset < -NOTICEABLE_MS ? 'behind' : 'ok'
  }

  return {
    state,
    confirm: () => {
      confirmedOffsetMs = offsetMs()
    },
    moment(day) {
      const newestMs = book.newestPhysicalMs()
      const nowMs = clock.nowMs()
      return businessMomentOf(state() === 'behind' ? newestMs : nowMs, day)
    },
  }
}
