export interface EveningPlan {
  readonly folder: string
  readonly seed: string
  /** How many days to close; null until it is killed. */
  readonly evenings: number | null
}

/** What the program tells. `closed` is the acknowledgement: the manager has seen that the day is locked. */
export type EveningTold =
  { readonly closing: string } | { readonly closed: string; readonly headHash: string }

/** The first day that it sells on: the day after the till was set up. */
export const FIRST_DATE = '2026-03-02'

/** Noon in China. */
export const noonOf = (date: string): number => Date.parse(`${date}T04:00:00Z`)

/** What the manager knows at one moment. */
export class Evenings {
  /** Each close that was acknowledged, with the hash it signed off. */
  readonly closed = new Map<string, string>()
  /** A close that was begun and not answered. */
  closing: string | null = null
  #rest = ''

  /** Takes what arrived, whole lines or parts of lines. */
  hear(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#note(JSON.parse(line) as EveningTold)
  }

  #note(telling: EveningTold): void {
    if ('closing' in telling) {
      this.closing = telling.closing
      return
    }
    this.closed.set(telling.closed, telling.headHash)
    this.closing = null
  }
}
