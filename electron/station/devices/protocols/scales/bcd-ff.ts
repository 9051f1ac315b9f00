import { bcdPair } from '../bcd.ts'
import { byteAt } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * Yousheng JCS-B and unbranded kitchen scales: FF, status, three bytes of two decimal digits each with the least first, and
 * on some a unit. FF stands nowhere else in a frame.
 */
const START = 0xff
const STATUS = 1
const LOW = 2
const PLAIN_BYTES = 5
const BYTES_WITH_UNIT = 6
const UNITS: readonly string[] = ['kg', 'lb']

const DECIMALS = 0b111
const MODE_SHIFT = 3
const NEGATIVE = 1 << 5
const STABLE = 1 << 6
const OVERFLOW = 1 << 7
const COUNTING = 1
const PERCENT = 2

const grammar: Grammar = {
  longest: BYTES_WITH_UNIT,
  read(bytes, at, to, ended) {
    if (byteAt(bytes, at) !== START) return NOTHING
    if (to - at < PLAIN_BYTES) return MORE
    const low = bcdPair(byteAt(bytes, at + LOW))
    const middle = bcdPair(byteAt(bytes, at + LOW + 1))
    const high = bcdPair(byteAt(bytes, at + LOW + 2))
    if (low < 0 || middle < 0 || high < 0) return NOTHING
    if (to - at < BYTES_WITH_UNIT && !ended) return MORE
    const unit = to - at < BYTES_WITH_UNIT ? undefined : UNITS[byteAt(bytes, at + PLAIN_BYTES)]
    const said = saidBy(byteAt(bytes, at + STATUS), (high * 100 + middle) * 100 + low, unit ?? null)
    if (said === null) return NOTHING
    return { length: unit === undefined ? PLAIN_BYTES : BYTES_WITH_UNIT, said }
  },
}

function saidBy(status: number, magnitude: number, unit: string | null): Said | null {
  const negative = (status & NEGATIVE) !== 0
  if ((status & OVERFLOW) !== 0) return negative ? UNDERLOAD : OVERLOAD
  const digits = negative && magnitude !== 0 ? -magnitude : magnitude
  const decimals = status & DECIMALS
  const stable = (status & STABLE) !== 0
  const mode = (status >> MODE_SHIFT) & 0b11
  if (mode === COUNTING) return { kind: 'count', details: { count: digits, stable } }
  if (mode === PERCENT) return { kind: 'info', details: { percentDigits: digits, decimals, stable } }
  return mode === 0 && decimals <= 5 ? { kind: 'weight', digits, decimals, unit, stable } : null
}

export const bcdFf: ScaleProtocol = {
  title: 'FF and decimal digits in bytes (友声 JCS-B and unbranded kitchen scales)',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  // The short form is told from the long one by the byte behind it.
  quietMs: 30,
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Every frame carries its own flag, and no checksum.
  stability: { readings: 2, forMs: 0 },
  grammar,
}

/**
 * The same scale where the decimal code counts one more: sources disagree, so the technician says which it is. `bias` is
 * taken off the decimals of every frame.
 */
export function withDecimalBias(protocol: ScaleProtocol, bias: number): ScaleProtocol {
  if (bias === 0) return protocol
  const { grammar: plain } = protocol
  return {
    ...protocol,
    grammar: {
      longest: plain.longest,
      read(bytes, at, to, ended) {
        const found = plain.read(bytes, at, to, ended)
        if (typeof found === 'number' || found.said.kind !== 'weight') return found
        return { ...found, said: { ...found.said, decimals: found.said.decimals - bias } }
      },
    },
  }
}
