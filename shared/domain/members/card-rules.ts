import { ZERO_FEN, type Fen } from '../units.ts'

/** What the canteen chose for its cards; written in its configuration. */
export interface CardRules {
  /** Taken in cash for each card and paid back when it is returned; zero: none is taken. */
  readonly depositFen: Fen
}

/** A canteen that says nothing of cards: no deposit. */
export const USUAL_CARDS: CardRules = { depositFen: ZERO_FEN }
