import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { milligrams, type Milligrams } from '../../shared/domain/units.ts'

/** What the trial's pans hold: the food stays in them while the program is closed. */
export class Pans {
  readonly #file: string
  readonly #fullMg: Milligrams
  readonly #held: Map<string, Milligrams>

  constructor(file: string, fullMg: Milligrams) {
    this.#file = file
    this.#fullMg = fullMg
    this.#held = new Map(held(file, fullMg))
  }

  /** A pan that was never touched is full. */
  of(bayId: string): Milligrams {
    return this.#held.get(bayId) ?? this.#fullMg
  }

  /** @param panMg brought between empty and full */
  set(bayId: string, panMg: number): Milligrams {
    const holds = milligrams(Math.min(Math.max(panMg, 0), this.#fullMg))
    this.#held.set(bayId, holds)
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#held)))
    return holds
  }
}

/** A file that was cut short by a power cut is a canteen with full pans. */
function held(file: string, fullMg: Milligrams): readonly (readonly [string, Milligrams])[] {
  if (!existsSync(file)) return []
  let said: unknown
  try {
    said = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
  if (typeof said !== 'object' || said === null) return []
  return Object.entries(said).flatMap(([bayId, panMg]) =>
    Number.isInteger(panMg) && panMg >= 0 && panMg <= fullMg
      ? [[bayId, milligrams(Number(panMg))] as const]
      : [],
  )
}
