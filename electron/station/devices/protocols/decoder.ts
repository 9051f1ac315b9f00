/** Decodes a capture piece by piece. */
export interface Decoder {
  push(bytes: Uint8Array): void
  /** The capture is over. */
  end(): void
}

/** Told of each thing that a capture says, under the names of `canteen decode`. */
export type Hear = (said: Readonly<Record<string, unknown>>) => void
