import { byteAt, CR, ETX, hexDigit, LF, STX } from '../bytes.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import { printedNumbers } from '../printed-numbers.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * EM4100 cards through an RDM6300 (14 bytes: STX, ten hexadecimal digits, two check digits, ETX) or an ID-2/12/20 (16
 * bytes: the same with CR LF before ETX). The check is the exclusive or of the five bytes; it does not catch every
 * ghost, so a card counts only when read twice (see card-presence.ts).
 */
const UID_DIGITS = 10
const DIGITS_END = 1 + UID_DIGITS + 2
const LONG_FRAME = DIGITS_END + 3

/** What lies on the air when no card does. */
const NEVER_A_CARD: ReadonlyMap<string, Said> = new Map([
  ['0'.repeat(UID_DIGITS), { kind: 'error', error: 'all_zero' }],
  ['F'.repeat(UID_DIGITS), { kind: 'error', error: 'all_ones' }],
])

const grammar: Grammar = {
  longest: LONG_FRAME,
  read(bytes, at, to) {
    const length = frameLength(bytes, at, to)
    if (length <= 0) return length === 0 ? NOTHING : MORE
    if (!isHex(bytes, at)) return { length: 1, said: { kind: 'error', error: 'not_hex' } }
    if (!checksumFits(bytes, at)) return { length: 1, said: BAD_CHECKSUM }
    const uid = latin1(bytes, at + 1, at + 1 + UID_DIGITS).toUpperCase()
    const said = NEVER_A_CARD.get(uid) ?? { kind: 'card', uid, details: printedNumbers(uid) }
    return { length, said }
  },
}

/** Bytes of the frame that begins here, by its marks alone; `NOTHING` or `MORE` otherwise. */
function frameLength(bytes: Uint8Array, at: number, to: number): number {
  if (byteAt(bytes, at) !== STX) return NOTHING
  for (let index = at + 1; index < Math.min(to, at + DIGITS_END); index += 1)
    if (!isPrintable(byteAt(bytes, index))) return NOTHING
  if (to - at <= DIGITS_END) return MORE
  if (byteAt(bytes, at + DIGITS_END) === ETX) return DIGITS_END + 1
  if (byteAt(bytes, at + DIGITS_END) !== CR) return NOTHING
  if (to - at > DIGITS_END + 1 && byteAt(bytes, at + DIGITS_END + 1) !== LF) return NOTHING
  if (to - at < LONG_FRAME) return MORE
  return byteAt(bytes, at + DIGITS_END + 2) === ETX ? LONG_FRAME : NOTHING
}

const isPrintable = (byte: number): boolean => byte > 0x20 && byte < 0x7f

function isHex(bytes: Uint8Array, at: number): boolean {
  for (let index = at + 1; index < at + DIGITS_END; index += 1)
    if (hexDigit(byteAt(bytes, index)) < 0) return false
  return true
}

function checksumFits(bytes: Uint8Array, at: number): boolean {
  let check = 0
  for (let index = at + 1; index < at + DIGITS_END; index += 2)
    check ^= (hexDigit(byteAt(bytes, index)) << 4) | hexDigit(byteAt(bytes, index + 1))
  return check === 0
}

export const em4100: ReaderProtocol = {
  title: 'EM4100 cards by RDM6300 (14 bytes) or ID-2/12/20 (16 bytes)',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 2,
  grammar,
}
