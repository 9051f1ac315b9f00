import type { Counter } from '../counter/counter.ts'
import type { ScaleDesk, ScalePlace } from './scale-desk.ts'

/** The desks of all scales: the counter's, and one for each bay. */
export class ScaleDesks {
  readonly #counter: ScaleDesk | null
  readonly #bays: ReadonlyMap<string, ScaleDesk>

  constructor(
    counter: ScaleDesk | null,
    bays: readonly { readonly bayId: string; readonly scaleDesk: ScaleDesk }[],
  ) {
    this.#counter = counter
    this.#bays = new Map(bays.map(({ bayId, scaleDesk }) => [bayId, scaleDesk]))
  }

  /** Null where there is no such scale; `bayId` null is the counter's. */
  at(bayId: string | null): ScaleDesk | null {
    return bayId === null ? this.#counter : (this.#bays.get(bayId) ?? null)
  }

  /** The desk that this check is of, or null. */
  of(checkId: string): ScaleDesk | null {
    return [this.#counter, ...this.#bays.values()].find((desk) => desk?.knows(checkId) === true) ?? null
  }

  close(): void {
    this.#counter?.close()
    for (const desk of this.#bays.values()) desk.close()
  }
}

/** The counter as the place of its scale. */
export function counterPlace(counter: Pick<Counter, 'view' | 'onScaleCheck'>): ScalePlace {
  let isTaken = false
  return {
    bayId: null,
    businessDate: () => counter.view.current.businessDate,
    take() {
      const { saleId, member } = counter.view.current
      if (saleId !== null || member !== null) return false
      isTaken = true
      counter.onScaleCheck(true)
      return true
    },
    giveBack() {
      if (!isTaken) return
      isTaken = false
      counter.onScaleCheck(false)
    },
  }
}
