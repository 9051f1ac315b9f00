/** One figure of `canteen bench`. What is a ratio was measured against its control in the same run. */
export interface Measurement {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly limit: number
  readonly ok: boolean
}

/** A figure that must not be above its limit. */
export const atMost = (name: string, value: number, unit: string, limit: number): Measurement => ({
  name,
  value: rounded(value),
  unit,
  limit,
  ok: value <= limit,
})

/** A figure that must not be below its limit. */
export const atLeast = (name: string, value: number, unit: string, limit: number): Measurement => ({
  name,
  value: rounded(value),
  unit,
  limit,
  ok: value >= limit,
})

const rounded = (value: number): number => Number(value.toPrecision(4))

/** The value below which this part of the samples lies; `0.5` is the median. @throws RangeError without samples. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
  if (value === undefined) throw new RangeError('no samples')
  return value
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

/** Milliseconds that `work` takes. */
export function timed(work: () => void): number {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** Seconds of one core, so that a busy machine does not count. */
export function coreSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
