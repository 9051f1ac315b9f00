import { byteAt, CR, ETX, hexDigit, LF, STX } from '../bytes.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import { printedNumbers } from '../printed-numbers.ts'
import type { ReaderProtocol } from '../protocol.ts'

/** STX, ten hexadecimal digits, CR LF, ETX. Without a check nothing but repetition guards against ghosts. */
const UID_DIGITS = 10
const END = [CR, LF, ETX]
const FRAME = 1 + UID_DIGITS + END.length

const grammar: Grammar = {
  longest: FRAME,
  read(bytes, at, to) {
    for (let index = 0; index < FRAME; index += 1) {
      if (at + index >= to) return MORE
      if (!fits(byteAt(bytes, at + index), index)) return NOTHING
    }
    const uid = latin1(bytes, at + 1, at + 1 + UID_DIGITS).toUpperCase()
    return { length: FRAME, said: { kind: 'card', uid, details: printedNumbers(uid) } }
  },
}

function fits(byte: number, index: number): boolean {
  if (index === 0) return byte === STX
  return index <= UID_DIGITS ? hexDigit(byte) >= 0 : byte === END[index - 1 - UID_DIGITS]
}

export const em4100WithoutChecksum: ReaderProtocol = {
  title: 'EM4100 cards by readers that send no check digits (14 bytes with CR LF)',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 2,
  grammar,
}
