import { byteAt } from './bytes.ts'
import { latin1 } from './grammar.ts'

export interface DecimalDigits {
  /** Signed, without their point. */
  readonly digits: number
  readonly decimals: number
}

/** A field without a single digit: blanks or dashes, as a scale fills it when there is nothing to show. */
export const EMPTY_FIELD = 'empty'

const BLANK = 0x20
const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30

/**
 * Reads a field of fixed width byte by byte: blanks and a sign, then digits with at most one point. `_ 1.250`, `-  29.182`
 * and `.500` are numbers.
 *
 * @param mask 0x7f on a line of seven data bits, where the eighth may be a parity bit.
 * @returns null when it is no number.
 */
export function numberField(
  bytes: Uint8Array,
  from: number,
  to: number,
  mask = 0xff,
): DecimalDigits | typeof EMPTY_FIELD | null {
  let digits = 0
  let count = 0
  let negative = false
  let pointAt = -1
  for (let index = from; index < to; index += 1) {
    const byte = byteAt(bytes, index) & mask
    if (byte >= ZERO && byte <= ZERO + 9) {
      digits = digits * 10 + byte - ZERO
      count += 1
    } else if (byte === POINT) {
      if (pointAt >= 0) return null
      pointAt = index
    } else if (byte === MINUS && count === 0 && pointAt < 0) negative = true
    else if ((byte !== BLANK && byte !== PLUS) || count > 0 || pointAt >= 0) return null
  }
  if (count === 0) return pointAt < 0 ? EMPTY_FIELD : null
  return {
    digits: negative && digits !== 0 ? -digits : digits,
    decimals: pointAt < 0 ? 0 : to - 1 - pointAt,
  }
}

const KILOGRAMS = 0x6b67

/** A unit of two letters, in lower case; null where they are blank. */
export function unitField(bytes: Uint8Array, at: number): string | null {
  if (((byteAt(bytes, at) << 8) | byteAt(bytes, at + 1)) === KILOGRAMS) return 'kg'
  const unit = latin1(bytes, at, at + 2)
    .trim()
    .toLowerCase()
  return unit === '' ? null : unit
}
