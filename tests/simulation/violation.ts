/** A rule of the product was broken, and the seed that shows it goes into the report. */
export class Violation extends Error {
  override readonly name = 'Violation'
  readonly rule: string

  constructor(rule: string, message: string, cause?: unknown) {
    super(`${rule}: ${message}`, cause === undefined ? undefined : { cause })
    this.rule = rule
  }
}

/** A defect that ended the station's process, as the simulation reports it. */
export const crashed = (error: unknown): Error =>
  error instanceof Violation ? error : new Violation('ST-2', `the station crashed: ${String(error)}`, error)
