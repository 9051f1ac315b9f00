import { byteAt, CR, STX } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import { EMPTY_FIELD, numberField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, OVERLOAD, UNDERLOAD, type Details, type Said } from '../said.ts'
import { inGrams, valueIn } from '../told.ts'

/**
 * Toledo's continuous output: STX, three status bytes, six digits of weight, six of tare, CR, and a check byte where it is
 * switched on. Seven bits count. Whether a seventeen-byte frame has its check byte is seen from what follows it.
 */
const SEVEN_BITS = 0x7f
const SWA = 1
const SWB = 2
const SWC = 3
const WEIGHT = 4
const TARE = 10
const LAST = 16
const PLAIN_BYTES = 17
const CHECKED_BYTES = 18
/** A check byte may look like the next STX: the byte behind it tells them apart. */
const LOOK_AHEAD_BYTES = 19

/** Always 1 in real status bytes, so that none can be STX or CR; a known test frame lacks it in all three. */
const ALWAYS_ONE = 1 << 5
const ALWAYS_ZERO = 1 << 6

const NET = 1 << 0
const NEGATIVE = 1 << 1
const OUT_OF_RANGE = 1 << 2
const MOTION = 1 << 3
const KILOGRAMS = 1 << 4
const NOT_ZEROED = 1 << 6
const EXPANDED = 1 << 4

/** By the low three bits of SWC; 0 is kg or lb by SWB. */
const UNITS: readonly string[] = ['', 'g', 't', 'oz', 'ozt', 'dwt', 'ton', 'custom']

const grammar: Grammar = {
  longest: LOOK_AHEAD_BYTES,
  read(bytes, at, to, ended) {
    if ((byteAt(bytes, at) & SEVEN_BITS) !== STX) return NOTHING
    if (to - at < PLAIN_BYTES) return MORE
    if ((byteAt(bytes, at + LAST) & SEVEN_BITS) !== CR) return NOTHING
    const said = saidBy(bytes, at)
    if (said === null) return NOTHING
    const length = lengthOf(bytes, at, to, ended)
    if (length === MORE) return MORE
    return length === 0 ? { length: 1, said: BAD_CHECKSUM } : { length, said }
  },
}

/** @returns 0 for a check byte that does not fit. */
function lengthOf(bytes: Uint8Array, at: number, to: number, ended: boolean): number {
  const available = to - at
  if (available < CHECKED_BYTES) return ended ? PLAIN_BYTES : MORE
  const check = byteAt(bytes, at + PLAIN_BYTES)
  const fits = checkFits(bytes, at, check)
  if ((check & SEVEN_BITS) !== STX) return fits ? CHECKED_BYTES : 0
  if (!fits) return PLAIN_BYTES
  if (available < LOOK_AHEAD_BYTES) return ended ? CHECKED_BYTES : MORE
  return (byteAt(bytes, at + CHECKED_BYTES) & SEVEN_BITS) === STX ? CHECKED_BYTES : PLAIN_BYTES
}

/** Toledo's: all bytes and the check together are 0 in seven bits. Another one in use: the sum of the bytes behind STX. */
function checkFits(bytes: Uint8Array, at: number, check: number): boolean {
  let sum = 0
  for (let index = at + 1; index < at + PLAIN_BYTES; index += 1) sum += byteAt(bytes, index) & SEVEN_BITS
  return ((sum + STX + check) & SEVEN_BITS) === 0 || (sum & 0xff) === check
}

/** @returns null when these are no status bytes and digits. */
function saidBy(bytes: Uint8Array, at: number): Said | null {
  const a = byteAt(bytes, at + SWA) & SEVEN_BITS
  const b = byteAt(bytes, at + SWB) & SEVEN_BITS
  const c = byteAt(bytes, at + SWC) & SEVEN_BITS
  const ones = (a & ALWAYS_ONE) + (b & ALWAYS_ONE) + (c & ALWAYS_ONE)
  if ((ones !== 0 && ones !== 3 * ALWAYS_ONE) || (a & ALWAYS_ZERO) !== 0) return null
  const weight = numberField(bytes, at + WEIGHT, at + TARE, SEVEN_BITS)
  const outside = weight === EMPTY_FIELD || (b & OUT_OF_RANGE) !== 0
  if (outside) return (b & NEGATIVE) === 0 ? OVERLOAD : UNDERLOAD
  const tare = numberField(bytes, at + TARE, at + LAST, SEVEN_BITS)
  if (weight === null || weight.digits < 0 || weight.decimals > 0 || tare === null) return null
  const decimals = (a & 7) - 2
  const unit = UNITS[c & 7] || ((b & KILOGRAMS) === 0 ? 'lb' : 'kg')
  const digits = (b & NEGATIVE) === 0 || weight.digits === 0 ? weight.digits : -weight.digits
  if ((b & NOT_ZEROED) !== 0)
    return { kind: 'status', error: 'power_up_zero', details: displayed(unit, digits, decimals) }
  const details = tareIn(unit, tare === EMPTY_FIELD ? 0 : tare.digits, decimals)
  return {
    kind: 'weight',
    digits,
    decimals,
    unit,
    stable: (b & MOTION) === 0,
    net: (b & NET) !== 0,
    details: (c & EXPANDED) === 0 ? details : { ...details, expanded: true },
  }
}

/** What the display shows before the scale was zeroed: nobody's weight. */
function displayed(unit: string, digits: number, decimals: number): Details {
  const value = valueIn(unit, digits, decimals)
  return inGrams(unit) ? { grams: value } : { value, unit }
}

const NO_TARE: Details = { tareGrams: 0 }

function tareIn(unit: string, digits: number, decimals: number): Details {
  if (digits === 0 && unit === 'kg') return NO_TARE
  const value = valueIn(unit, digits, decimals)
  return inGrams(unit) ? { tareGrams: value } : { tareValue: value }
}

export const toledoContinuous: ScaleProtocol = {
  title: 'Toledo continuous output, 17 bytes, or 18 with a check byte',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  poll: null,
  // The last frame before a pause has nothing behind it that tells whether a check byte is missing.
  quietMs: 30,
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Every frame carries its own flag, and not always a checksum.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
