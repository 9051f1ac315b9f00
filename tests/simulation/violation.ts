/** A rule of the product was broken, and the seed that shows it goes into the report. */
export class Violation extends Error {
  override readonly name = 'Violation'
  readonly rule: string

  constructor(rule: string, message: string, cause?: unknown) {
    super(`${rule}: ${message}`, cause === undefined ? undefined : { cause })
    this.rule = rule
  }
}
