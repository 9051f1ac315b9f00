/** The notes and coins in a drawer, in fen, largest first. */
export const NOTES_FEN = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const

/** How many of each there are; what is not there counts zero. */
export type NoteCount = Readonly<Partial<Record<(typeof NOTES_FEN)[number], number>>>

/** What they come to, in fen. */
export const countedFen = (count: NoteCount): number =>
  NOTES_FEN.reduce((sum, note) => sum + note * (count[note] ?? 0), 0)
