import type { Tone } from './speech.ts'

export interface Note {
  readonly frequencyHz: number
  readonly startMs: number
  readonly durationMs: number
}

/** Signals between 500 and 1 000 Hz, where old ears still hear: rising for yes, twice the same low one for no. */
export const TONES: Readonly<Record<Tone, readonly Note[]>> = {
  accepted: [
    { frequencyHz: 659, startMs: 0, durationMs: 140 },
    { frequencyHz: 880, startMs: 140, durationMs: 220 },
  ],
  refused: [
    { frequencyHz: 523, startMs: 0, durationMs: 180 },
    { frequencyHz: 523, startMs: 240, durationMs: 240 },
  ],
}

export const toneLengthMs = (tone: Tone): number =>
  Math.max(...TONES[tone].map((note) => note.startMs + note.durationMs))
