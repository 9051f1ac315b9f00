import type { Flushing } from './till.ts'

/** What a seller is started with. */
export interface SellerPlan {
  readonly folder: string
  readonly seed: string
  /** Business day to begin with: a seller that comes after another begins later. */
  readonly firstDay: number
  /** Meals and top-ups until it closes the book; null goes on until it is killed. */
  readonly deeds: number | null
  readonly setUp: boolean
  readonly flushing: Flushing
  /** Chance of a checkpoint after each deed, and of four times fewer reopenings; a little unless given. */
  readonly restChance?: number
  /** A fault planted to be caught: the guest is told before the book is asked. */
  readonly tellsTooEarly?: boolean
  readonly migrationsFolder?: string
}

/** The exit code of a seller whose book could not be used any more. */
export const GAVE_UP = 3
