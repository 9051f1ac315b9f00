import { byteAt } from '../bytes.ts'

/** One big-endian register. */
export const wordAt = (bytes: Uint8Array, index: number): number =>
  (byteAt(bytes, index) << 8) | byteAt(bytes, index + 1)

/** Two registers as a signed number. */
export const int32Of = (high: number, low: number): number => (high << 16) | low

export const int16Of = (word: number): number => (word << 16) >> 16

/** What General Measure writes in place of a weight: text, which is a number like any other (SPEC DV-1). */
export const GENERAL_MEASURE_SENTINELS: ReadonlyMap<number, string> = new Map([
  [0x7f4f_464c, 'overload'], // OFL
  [0x7f4f_4646, 'off'], // OFF
  [0x7f45_5252, 'device_fault'], // ERR
])
