import { createHash } from 'node:crypto'

/** Everything that happened, as one number: two runs of one seed must agree on it. */
export class Trace {
  readonly #hash = createHash('sha256')
  readonly #tell: ((line: string) => void) | null
  readonly faults: Record<string, number> = {}
  meals = 0
  crashes = 0
  checks = 0
  /** Of the day around the counter: what was done so often. */
  syncs = 0
  closes = 0
  voids = 0
  backups = 0
  restores = 0

  /** @param tell hears every line, for whoever looks for the cause of a violation. */
  constructor(tell: ((line: string) => void) | null = null) {
    this.#tell = tell
  }

  note(...words: readonly (string | number | null)[]): void {
    const line = words.join(' ')
    this.#hash.update(`${line}\n`)
    this.#tell?.(line)
  }

  fault(kind: string): void {
    this.faults[kind] = (this.faults[kind] ?? 0) + 1
    this.note('fault', kind)
  }

  /** Ends the trace. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
