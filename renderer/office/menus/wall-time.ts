import { offsetMsAt } from '../../../shared/domain/business-day.ts'

/**
 * The moment that the canteen's clocks show as `date` and `time`, whatever zone this machine is set to.
 *
 * @param date YYYY-MM-DD
 * @param time HH:mm
 * @returns milliseconds since 1970
 */
export function momentOf(date: string, time: string, timeZone: string): number {
  const asUtcMs = Date.parse(`${date}T${time}:00Z`)
  const firstMs = asUtcMs - offsetMsAt(asUtcMs, timeZone)
  // Where clocks change, the offset at the moment itself counts.
  return asUtcMs - offsetMsAt(firstMs, timeZone)
}
