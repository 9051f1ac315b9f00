import type { LineSettings, ScaleConfig } from '../../deps.ts'

/** What a master sends to a device that only speaks when asked. */
export interface Poll {
  readonly bytes: Uint8Array
  /** From one request to the next. */
  readonly periodMs: number
  /** A request without an answer by then is given up and asked again. */
  readonly replyTimeoutMs: number
}

/** Counted for support and shown by `canteen devices`; the numbers only rise. */
export interface FrameCounters {
  /** Complete, well-formed frames, whatever they say. */
  frames: number
  /** Frames of the right form whose check digits do not fit (SPEC DV-8). */
  badChecksums: number
  /** Frames that say something we must not take at face value: a foreign unit, a blank card (SPEC DV-7, DV-9). */
  refused: number
  /** Bytes that belong to no frame. */
  droppedBytes: number
}

export const noFrames = (): FrameCounters => ({ frames: 0, badChecksums: 0, refused: 0, droppedBytes: 0 })

/**
 * Cuts a byte stream into frames. What it finds depends on the bytes alone, never on how they were split
 * (SPEC DV-2); its memory is one fixed buffer (SPEC DV-3).
 */
export interface Framer {
  push(bytes: Uint8Array): void
  /** Forgets a frame that has only begun. */
  reset(): void
  readonly counters: Readonly<FrameCounters>
}

/**
 * `weight`: the protocol does not say whether it is stable. `no-weight`: the device answered, but has no weight now.
 * Weight comes with the first three kinds only.
 */
export type ScaleFrameKind =
  'weight' | 'stable-weight' | 'moving-weight' | 'overload' | 'underload' | 'no-weight'

/** Why a well-formed frame was not taken (SPEC DV-9). */
export type Refusal =
  | { readonly reason: 'foreign-unit'; readonly unit: string }
  /** The scale sends finer than a milligram, or more than the product can count. */
  | { readonly reason: 'not-exact' }
  /** The device refused our request or was set to another language. */
  | { readonly reason: 'device-error'; readonly code: string }

export interface ScaleFrameSink {
  /**
   * One frame, called in the order of the stream. `weightMg` is a signed safe integer, 0 for kinds without weight; the
   * frame is `raw[from, to)` during this call only.
   */
  frame(kind: ScaleFrameKind, weightMg: number, raw: Uint8Array, from: number, to: number): void
  refused(refusal: Refusal): void
}

/** A scale's language: data and a framer. */
export interface ScaleProtocol {
  readonly name: ScaleConfig['protocol']
  readonly title: string
  readonly line: LineSettings
  /** Null: the scale talks by itself. */
  readonly poll: Poll | null
  /** A weight older than this is no weight (SPEC DV-5: at most one second). */
  readonly staleAfterMs: number
  /** Where the frame has no stability flag: this many equal readings and this long, whichever takes longer (SPEC DV-10). */
  readonly stability: { readonly readings: number; readonly forMs: number }
  createFramer(unit: ScaleConfig['unit'], sink: ScaleFrameSink): Framer
}

export interface CardFrameSink {
  /** One frame with a good checksum; `uid` in upper-case hexadecimal, in air order. */
  card(uid: string, rawHex: string): void
}

/** A card reader's language. Readers here talk by themselves. */
export interface ReaderProtocol {
  readonly name: 'em4100'
  readonly title: string
  readonly line: LineSettings
  createFramer(sink: CardFrameSink): Framer
}
