import {
  businessMomentOf,
  type BusinessMoment,
  type CanteenDay,
} from '../../../shared/domain/business-day.ts'
import { FAR_AHEAD_MS } from '../book/book-time.ts'
import type { Book } from '../book/book.ts'
import type { Clock } from '../deps.ts'

/**
 * `ok`; `behind`: the device clock stands a little before the book's newest entry, whose time then counts;
 * `to-confirm`: it stands so far off that staff has to look at the date first (SPEC CK-16).
 */
export type ClockState = 'ok' | 'behind' | 'to-confirm'

const FAR_BEHIND_MS = 24 * 3_600_000
const MINUTE_MS = 60_000
const NOTICEABLE_MS = MINUTE_MS

export interface ClockGuard {
  state(): ClockState
  /** Staff has looked at the device's date and found it right. */
  confirm(): void
  moment(day: CanteenDay): BusinessMoment
}

export function createClockGuard(clock: Clock, book: Pick<Book, 'newestPhysicalMs'>): ClockGuard {
  /**
   * The device's time as staff confirmed it, moved along while the clock goes on as clocks do. Without that, a book with
   * one entry of the far future would ask for the date again every day.
   */
  let confirmedMs: number | null = null
  /** Days and meals turn with a minute, and a moment is asked for with every reading of the scale. */
  let latest: { readonly minute: number; readonly moment: BusinessMoment } | null = null

  /** The book's newest entry when the clock was first doubted: what a doubted clock has dated since proves nothing. */
  let doubtedSinceMs: number | null = null

  function state(): ClockState {
    const nowMs = clock.nowMs()
    if (doubtedSinceMs !== null && !isFar(nowMs - doubtedSinceMs)) doubtedSinceMs = null
    const newestMs = doubtedSinceMs ?? book.newestPhysicalMs()
    const offsetMs = newestMs === 0 ? 0 : nowMs - newestMs
    if (!isFar(offsetMs)) {
      // A clock that is right again ends the confirmation: going wrong a second time is a new question.
      confirmedMs = null
      return offsetMs < -NOTICEABLE_MS ? 'behind' : 'ok'
    }
    if (confirmedMs === null || isFar(nowMs - confirmedMs)) {
      doubtedSinceMs = newestMs
      return 'to-confirm'
    }
    confirmedMs = nowMs
    return 'ok'
  }

  return {
    state,
    confirm: () => {
      confirmedMs = clock.nowMs()
      doubtedSinceMs = null
    },
    moment(day) {
      const atMs = state() === 'behind' ? book.newestPhysicalMs() : clock.nowMs()
      const minute = Math.floor(atMs / MINUTE_MS)
      if (latest?.minute !== minute) latest = { minute, moment: businessMomentOf(atMs, day) }
      return latest.moment
    },
  }
}

const isFar = (byMs: number): boolean => byMs < -FAR_BEHIND_MS || byMs > FAR_AHEAD_MS
