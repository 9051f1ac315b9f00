import type { Milligrams } from '../../../../shared/domain/units.ts'
import { LF } from '../../../station/devices/protocols/bytes.ts'

/** What an indicator shows at one moment. */
export interface Shown {
  /** Whole divisions; net when something was tared away. */
  readonly weightMg: Milligrams
  readonly stable: boolean
  readonly net: boolean
  /** More than Max + 9 e, or less than −20 e: a scale that can say so has no digits then. */
  readonly range: 'in' | 'over' | 'under'
  /** Somebody leans on the pan: a scale that can say so has no weight now. */
  readonly busy: boolean
}

/** What an answer may do to the scale. */
export interface Keys {
  zero(): void
}

/** How a scale speaks its protocol: all that differs between one simulated scale and another. */
export type ScaleVoice =
  /** By itself, over and over. */
  | { readonly kind: 'talks'; readonly everyMs: number; frame(shown: Shown): Uint8Array }
  /** When it is asked. */
  | {
      readonly kind: 'answers'
      /** Bytes of the first whole request of these; 0 while it is not whole. */
      requestLength(received: Uint8Array): number
      /** @returns null where a real scale would say nothing. */
      answer(request: Uint8Array, shown: Shown, keys: Keys): Uint8Array | null
    }

/** Requests that end in LF. */
export const lineLength = (received: Uint8Array): number => received.indexOf(LF) + 1
/** Milligrams as kilograms with so many decimals, rounded in integer arithmetic, without a sign. */
export function kilograms(weightMg: Milligrams, decimals = 3): string {
  const digits = String(digitsOf(weightMg, decimals)).padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The digits of so many decimals of a kilogram, rounded, without a sign: 1.234 kg with three is 1234. */
export const digitsOf = (weightMg: Milligrams, decimals = 3): number =>
  Math.round(Math.abs(weightMg) / 10 ** (6 - decimals))

/** Whether so many decimals of a kilogram show something below zero. */
export const isNegative = (weightMg: Milligrams, decimals = 3): boolean =>
  weightMg < 0 && digitsOf(weightMg, decimals) > 0

/** Requests of a single byte. */
export const oneByte = (received: Uint8Array): number => Math.min(1, received.length)
