import { offsetMsAt } from './business-day.ts'

/** When the night's work begins, by the canteen's own clocks. */
export interface Nightly {
  /** IANA name, e.g. 'Asia/Shanghai'. */
  readonly timeZone: string
  /** 'HH:MM' */
  readonly nightlyAt: string
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** The newest moment at or before `atMs` at which the night's work was due. Milliseconds since 1970. */
export function lastNightlyMs(atMs: number, nightly: Nightly): number {
  const newest = candidates(atMs, nightly).find((candidate) => candidate <= atMs)
  if (newest === undefined) throw new RangeError(`no night before ${atMs}`)
  return newest
}

/** The first moment after `atMs` at which the night's work is due. Milliseconds since 1970. */
export function nextNightlyMs(atMs: number, nightly: Nightly): number {
  const next = candidates(atMs, nightly).findLast((candidate) => candidate > atMs)
  if (next === undefined) throw new RangeError(`no night after ${atMs}`)
  return next
}

/** The nights around a moment, newest first. */
function candidates(atMs: number, { timeZone, nightlyAt }: Nightly): readonly number[] {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(nightlyAt) ?? []
  if (hours === undefined || minutes === undefined) throw new RangeError(`not a time of day: '${nightlyAt}'`)
  const wallMs = atMs + offsetMsAt(atMs, timeZone)
  const midnightMs = Math.floor(wallMs / DAY_MS) * DAY_MS
  const dueMs = midnightMs + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
  return [2, 1, 0, -1, -2].map((days) => momentOf(dueMs + days * DAY_MS, timeZone))
}

/** The moment at which the zone's clocks show `wallMs`; where they skip it, that much later. */
function momentOf(wallMs: number, timeZone: string): number {
  const guess = wallMs - offsetMsAt(wallMs, timeZone)
  const better = wallMs - offsetMsAt(guess, timeZone)
  return offsetMsAt(better, timeZone) === offsetMsAt(guess, timeZone) ? better : Math.max(guess, better)
}
