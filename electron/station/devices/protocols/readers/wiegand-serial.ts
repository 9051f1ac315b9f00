import { byteAt, CR, hexDigit, LF } from '../bytes.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import { printedNumbers } from '../printed-numbers.ts'
import type { ReaderProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/**
 * Converters that write what a Wiegand reader said as a line of digits: ten decimal ones (S4A) or six hexadecimal ones
 * (WIE232). The converter has checked the reader's parity; the line has no check of its own.
 */
const MOST_NUMBER = 0xffff_ffff

function digitLine(
  digits: number,
  isDigit: (byte: number) => boolean,
  card: (text: string) => Said,
): Grammar {
  return {
    longest: digits + 2,
    read(bytes, at, to) {
      let end = at
      while (end < to && end - at < digits && isDigit(byteAt(bytes, end))) end += 1
      if (end - at < digits) return end === to ? MORE : NOTHING
      if (end === to) return MORE
      const after = bytes[end]
      if (after !== CR && after !== LF) return NOTHING
      // A line feed behind the carriage return belongs to no frame and is passed over with the rest.
      return { length: end + 1 - at, said: card(latin1(bytes, at, end)) }
    },
  }
}

const isDecimal = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isHexadecimal = (byte: number): boolean => hexDigit(byte) >= 0

function decimalCard(text: string): Said {
  const number = Number(text)
  if (number > MOST_NUMBER) return { kind: 'error', error: 'no_card_number' }
  const uid = number.toString(16).toUpperCase().padStart(8, '0')
  return { kind: 'card', uid, details: printedNumbers(uid) }
}

function hexadecimalCard(text: string): Said {
  const uid = text.toUpperCase()
  return { kind: 'card', uid, details: printedNumbers(uid) }
}

const LINE = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const

export const wiegandSerialDec10: ReaderProtocol = {
  title: 'Wiegand converters that send ten decimal digits a line (S4A)',
  confidence: 'likely',
  line: LINE,
  poll: null,
  readings: 1,
  grammar: digitLine(10, isDecimal, decimalCard),
}

export const wiegandSerialHex6: ReaderProtocol = {
  title: 'Wiegand converters that send six hexadecimal digits a line (WIE232)',
  confidence: 'likely',
  line: LINE,
  poll: null,
  readings: 1,
  grammar: digitLine(6, isHexadecimal, hexadecimalCard),
}
