import { byteAt } from '../bytes.ts'
import { bytesNumber, columnUnit } from '../columns.ts'
import { decimalValue } from '../exact-weight.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import { unitField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/**
 * Yaohua's price output (A26 format 3, A23p format 4): `=`, sign, seven columns of weight, two of the unit, `;`, seven of
 * the unit price, `;`, seven of the amount. High digit first, no end and no checksum.
 */
const FRAME_BYTES = 27
const SIGN = 1
const WEIGHT = 2
const UNIT = 9
const PRICE = 12
const AMOUNT = 20

const EQUALS = 0x3d
const SEMICOLON = 0x3b
const BLANK = 0x20
const PLUS = 0x2b
const MINUS = 0x2d
const ZERO = 0x30

/** 斤 in GB18030, as latin1 shows its bytes in lower case. */
const JIN = '\xbd\xef'

const isSign = (byte: number): boolean => byte === ZERO || byte === MINUS || byte === PLUS || byte === BLANK

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== EQUALS) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    const separated =
      byteAt(bytes, at + PRICE - 1) === SEMICOLON && byteAt(bytes, at + AMOUNT - 1) === SEMICOLON
    const said = separated && isSign(byteAt(bytes, at + SIGN)) ? saidBy(bytes, at) : null
    return said === null ? NOTHING : { length: FRAME_BYTES, said }
  },
}

function saidBy(bytes: Uint8Array, at: number): Said | null {
  const weight = bytesNumber(bytes, at + WEIGHT, at + UNIT)
  const price = bytesNumber(bytes, at + PRICE, at + AMOUNT - 1)
  const amount = bytesNumber(bytes, at + AMOUNT, at + FRAME_BYTES)
  if (weight === null || price === null || amount === null || weight.digits < 0) return null
  const negative = byteAt(bytes, at + SIGN) === MINUS && weight.digits !== 0
  const unit = unitField(bytes, at + UNIT) ?? ''
  return {
    kind: 'weight',
    digits: negative ? -weight.digits : weight.digits,
    decimals: weight.decimals,
    ...columnUnit(unit === JIN ? '斤' : unit),
    details: {
      unitPrice: decimalValue(price.digits, price.decimals),
      amount: decimalValue(amount.digits, amount.decimals),
    },
  }
}

export const yaohuaPrice27: ScaleProtocol = {
  title: "Yaohua '=' text with price and amount, 27 bytes (A26 format 3, A23p format 4)",
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
