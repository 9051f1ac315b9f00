import { byteAt, CR, hexDigit, LF } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/**
 * Readers that write a card's UID as a line of digits. Nothing in the line says in which base and in which order: a switch
 * on the reader does, and the protocol's name in the configuration repeats it. All four forms are told with each card, so
 * that the one that is printed on it can be picked.
 */
export interface AsciiUidSettings {
  readonly base: 'hexadecimal' | 'decimal'
  readonly order: 'as-sent' | 'reversed'
}

const HEX_LENGTHS = new Set([8, 10, 14, 20])
const DECIMAL_LENGTHS = new Set([8, 10])
/** A run of digits longer than this is no card however it goes on. */
const MOST_DIGITS = 40
const SHORT_UID_BYTES = 4
const MOST_SHORT_UID = 0xffff_ffff

/**
 * A run of digits is taken as a whole: with its first digits lost it would be another card's number.
 */
function grammarOf(settings: AsciiUidSettings): Grammar {
  return {
    longest: MOST_DIGITS + 1,
    read(bytes, at, to) {
      let end = at
      while (end < to && end - at < MOST_DIGITS && hexDigit(byteAt(bytes, end)) >= 0) end += 1
      if (end === at) return NOTHING
      if (end - at === MOST_DIGITS) return { length: MOST_DIGITS, said: NO_CARD_NUMBER }
      if (end === to) return MORE
      const ends = bytes[end] === CR || bytes[end] === LF
      const said = ends ? cardOf(latin1(bytes, at, end).toUpperCase(), settings) : NO_CARD_NUMBER
      return { length: end + 1 - at, said }
    },
  }
}

const NO_CARD_NUMBER: Said = { kind: 'error', error: 'no_card_number' }

function cardOf(digits: string, { base, order }: AsciiUidSettings): Said {
  const sent = base === 'hexadecimal' ? hexOfHex(digits) : hexOfDecimal(digits)
  if (sent === null) return NO_CARD_NUMBER
  return contactless(order === 'as-sent' ? sent : reversed(sent), fourForms(sent))
}

const hexOfHex = (digits: string): string | null => (HEX_LENGTHS.has(digits.length) ? digits : null)

function hexOfDecimal(digits: string): string | null {
  if (!DECIMAL_LENGTHS.has(digits.length) || !/^\d+$/.test(digits)) return null
  const number = Number(digits)
  return number > MOST_SHORT_UID
    ? null
    : number
        .toString(16)
        .toUpperCase()
        .padStart(2 * SHORT_UID_BYTES, '0')
}

const reversed = (hex: string): string => hex.match(/../g)?.toReversed().join('') ?? hex

/** A UID in the forms in which cards and lists carry it; decimal ones have no leading zeros but those of ten digits. */
function fourForms(hex: string): {
  readonly hex: string
  readonly hexReversed: string
  readonly decimal: string
  readonly decimalReversed: string
} {
  const decimal = (digits: string): string => BigInt(`0x${digits}`).toString()
  const back = reversed(hex)
  return { hex, hexReversed: back, decimal: decimal(hex), decimalReversed: decimal(back) }
}

/** The line's language for one position of the reader's switch. */
export const asciiUid = (settings: AsciiUidSettings): ReaderProtocol => ({
  title: `Readers that send the UID as ${settings.base} digits a line, ${settings.order === 'reversed' ? 'last byte first' : 'first byte first'}`,
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 1,
  grammar: grammarOf(settings),
})
