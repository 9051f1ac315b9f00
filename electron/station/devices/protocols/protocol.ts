import type { LineSettings, ScaleConfig } from '../../deps.ts'
import type { Grammar } from './grammar.ts'
import type { Said } from './said.ts'

/** What a master sends to a device that only speaks when asked. One request is outstanding at a time (SPEC DV-11). */
export interface Poll {
  /** Sent once after opening, one after the other, each when the one before was answered or given up. */
  readonly hello?: readonly Uint8Array[]
  /** Begins a round. */
  readonly ask: Uint8Array
  /** From the beginning of one round to the next. */
  readonly periodMs: number
  /** A request without an answer by then is given up, and a new round begins. */
  readonly replyTimeoutMs: number
  /** Where requests need different times. */
  readonly patienceMs?: (request: Uint8Array) => number
  /**
   * What an answer leads to: the next request of the same round, its end, or nothing when this is not the answer. Left out:
   * whatever is said ends the round.
   */
  readonly goOn?: (said: Said) => Uint8Array | 'over' | 'wait'
}

/**
 * How sure the description is: `certain` and `likely` are sold with, after the look that docs/devices.md asks for;
 * `capture-needed` is decoded for a technician's capture and refused by the configuration.
 */
export type Confidence = 'certain' | 'likely' | 'capture-needed'

interface Protocol {
  readonly title: string
  readonly confidence: Confidence
  readonly line: LineSettings
  /** Null: the device talks by itself. */
  readonly poll: Poll | null
  /**
   * Where a frame does not say how long it is: what has come is all of it when nothing follows for this long. Left out: the
   * bytes that follow decide.
   */
  readonly quietMs?: number
  readonly grammar: Grammar
}

/** A scale's language: data and a pure parser. */
export interface ScaleProtocol extends Protocol {
  /** The unit of digits that come without one, unless the configuration says otherwise. */
  readonly usualUnit: ScaleConfig['unit']
  /** A weight older than this is no weight (SPEC DV-5: at most one second, with what a busy process takes). */
  readonly staleAfterMs: number
  /**
   * This many equal readings and this long, whichever takes longer, before a weight counts as stable; where the frame has
   * no flag, five readings and 600 ms at the least (SPEC DV-10).
   */
  readonly stability: { readonly readings: number; readonly forMs: number }
}

/** A card reader's language. */
export interface ReaderProtocol extends Protocol {
  /**
   * Equal readings within 300 ms before a card counts (SPEC DV-7): 2 where the reader repeats a card that lies there and
   * nothing but chance guards against ghosts, 1 where it answers once and its checksum does.
   */
  readonly readings: 1 | 2
}

/** A reader of identity cards: what it reads is a person's, so none of its bytes are kept for support. */
export interface IdReaderProtocol extends Protocol {
  readonly poll: Poll
  /** What finds out whether it is one: the reader's own number is asked for, never a card. */
  readonly recognise: Uint8Array
}
