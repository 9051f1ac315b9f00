import type { ClipId } from './numbers.ts'
import type { Tone, Utterance } from './speech.ts'

/** The rest between two groups, in milliseconds: where a speaker would breathe. */
const REST_MS = 160
const AFTER_TONE_MS = 60

/** What makes sound. Each promise resolves when its sound has ended; none may overlap another. */
export interface VoiceOutput {
  has(clip: ClipId): boolean
  playClip(clip: ClipId): Promise<void>
  playTone(tone: Tone): Promise<void>
  rest(durationMs: number): Promise<void>
}

type Piece =
  | { readonly kind: 'clip'; readonly clip: ClipId }
  | { readonly kind: 'tone'; readonly tone: Tone }
  | { readonly kind: 'rest'; readonly durationMs: number }

/**
 * Says one announcement at a time. A new one replaces what is still to be said, and starts when the clip that is
 * sounding has ended, so that no word is cut and nothing overlaps.
 */
export class Announcer {
  readonly #output: VoiceOutput
  #waiting: readonly Piece[] = []
  #speaking: Promise<void> | null = null

  constructor(output: VoiceOutput) {
    this.#output = output
  }

  /** Resolves when this announcement, or the one that replaced it, has been said. */
  say(utterance: Utterance): Promise<void> {
    this.#waiting = this.#piecesOf(utterance)
    this.#speaking ??= this.#speak().finally(() => {
      this.#speaking = null
    })
    return this.#speaking
  }

  /** Says nothing more after the clip that is sounding. */
  hush(): void {
    this.#waiting = []
  }

  async #speak(): Promise<void> {
    for (let piece = this.#next(); piece !== undefined; piece = this.#next()) await this.#play(piece)
  }

  #next(): Piece | undefined {
    const [next, ...rest] = this.#waiting
    this.#waiting = rest
    return next
  }

  #play(piece: Piece): Promise<void> {
    switch (piece.kind) {
      case 'clip':
        return this.#output.playClip(piece.clip)
      case 'tone':
        return this.#output.playTone(piece.tone)
      case 'rest':
        return this.#output.rest(piece.durationMs)
    }
  }

  #piecesOf(utterance: Utterance): readonly Piece[] {
    const pieces: Piece[] = []
    if (utterance.tone !== null)
      pieces.push({ kind: 'tone', tone: utterance.tone }, { kind: 'rest', durationMs: AFTER_TONE_MS })
    for (const group of utterance.groups) {
      if (!group.every((clip) => this.#output.has(clip))) continue
      pieces.push(...group.map((clip): Piece => ({ kind: 'clip', clip })), {
        kind: 'rest',
        durationMs: REST_MS,
      })
    }
    return pieces
  }
}
