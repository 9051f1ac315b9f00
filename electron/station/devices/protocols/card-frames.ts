import type { Said } from './said.ts'

/** The number of the card that a frame is about, or null: what never is a card gives none (SPEC DV-7). */
export function cardOf(said: Said): string | null {
  if (said.kind !== 'card' || said.details?.['random'] === true) return null
  return /^(?:0+|F+)$/.test(said.uid) ? null : said.uid
}
