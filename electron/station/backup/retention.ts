/** A verified backup, as far as keeping it goes. */
export interface Kept {
  readonly name: string
  readonly takenAtMs: number
}

/** How many are kept: the newest of each of so many days, weeks and months that have one. */
const DAYS = 7
const WEEKS = 4
const MONTHS = 12

const DAY_MS = 86_400_000
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS

/**
 * Names the backups that are no longer needed. What is counted are days, weeks and months that have a backup, so a canteen
 * that was closed for a month loses nothing. The newest one and the one that was just made stay in any case: under a clock
 * that was set back these are two.
 *
 * @param offsetMs distance of the canteen's wall clock from UTC
 */
export function superfluous(
  backups: readonly Kept[],
  offsetMs: number,
  justMade: string | null = null,
): readonly string[] {
  const newestFirst = backups.toSorted((one, other) => other.takenAtMs - one.takenAtMs)
  const kept = new Set<string>(justMade === null ? [] : [justMade])
  keepNewestOfEach(newestFirst, DAYS, (wallMs) => Math.floor(wallMs / DAY_MS))
  keepNewestOfEach(newestFirst, WEEKS, (wallMs) => Math.floor((wallMs - FIRST_MONDAY_MS) / (7 * DAY_MS)))
  keepNewestOfEach(newestFirst, MONTHS, (wallMs) => {
    const date = new Date(wallMs)
    return date.getUTCFullYear() * 12 + date.getUTCMonth()
  })
  return newestFirst.map(({ name }) => name).filter((name) => !kept.has(name))

  function keepNewestOfEach(
    sorted: readonly Kept[],
    count: number,
    periodOf: (wallMs: number) => number,
  ): void {
    const seen = new Set<number>()
    for (const { name, takenAtMs } of sorted) {
      const period = periodOf(takenAtMs + offsetMs)
      if (seen.has(period)) continue
      if (seen.size === count) return
      seen.add(period)
      kept.add(name)
    }
  }
}
