/**
 * A hybrid logical clock reading: physical milliseconds and a counter, as one string whose order is the order of the
 * readings, e.g. `0193e0a1b2c3-0000`: 12 hex digits of milliseconds since 1970, then 4 of the counter.
 */
export type HybridTime = string & { readonly hybridTime: unique symbol }

export const HYBRID_TIME_ZERO = '000000000000-0000' as HybridTime

const MILLISECONDS_END = 2 ** 48
const COUNTER_END = 2 ** 16
const FORM = /^[0-9a-f]{12}-[0-9a-f]{4}$/

/** @throws RangeError when `text` is not a reading. */
export function hybridTime(text: string): HybridTime {
  if (!FORM.test(text)) throw new RangeError(`not a hybrid time: ${text}`)
  return text as HybridTime
}

/** The physical part of a reading, in milliseconds since 1970. */
export const physicalMsOf = (time: HybridTime): number => Number.parseInt(time.slice(0, 12), 16)

const counterOf = (time: HybridTime): number => Number.parseInt(time.slice(13), 16)

function encoded(physicalMs: number, counter: number): HybridTime {
  return `${physicalMs.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}` as HybridTime
}

/**
 * The next reading after `newest` when the device clock says `nowMs`: always later than `newest`, whatever the device
 * clock does (SPEC LG-11).
 *
 * @throws RangeError when `nowMs` is not a time between 1970 and the end of 48 bits of milliseconds.
 */
export function nextHybridTime(newest: HybridTime, nowMs: number): HybridTime {
  if (!Number.isSafeInteger(nowMs) || nowMs < 0 || nowMs >= MILLISECONDS_END)
    throw new RangeError(`not a time of this era: ${nowMs}`)
  const newestMs = physicalMsOf(newest)
  if (nowMs > newestMs) return encoded(nowMs, 0)
  const counter = counterOf(newest) + 1
  return counter < COUNTER_END ? encoded(newestMs, counter) : encoded(newestMs + 1, 0)
}

/** The later of two readings: how a replica takes in the time of another. */
export const laterOf = (one: HybridTime, other: HybridTime): HybridTime => (one >= other ? one : other)
