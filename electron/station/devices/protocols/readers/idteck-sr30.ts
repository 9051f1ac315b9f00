import { byteAt, ETX, hexDigit, STX } from '../bytes.ts'
import { latin1, MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import { printedNumbers } from '../printed-numbers.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM } from '../said.ts'

/** STX, eight or ten hexadecimal digits, ETX, check: the exclusive or from STX to ETX. */
const LENGTHS = [8, 10]
const MOST_DIGITS = 10

const grammar: Grammar = {
  longest: 1 + MOST_DIGITS + 2,
  read(bytes, at, to) {
    if (bytes[at] !== STX) return NOTHING
    let end = at + 1
    while (end < to && end - at <= MOST_DIGITS && hexDigit(byteAt(bytes, end)) >= 0) end += 1
    if (end === to) return MORE
    if (bytes[end] !== ETX || !LENGTHS.includes(end - at - 1)) return NOTHING
    if (end + 1 === to) return MORE
    if (xorOf(bytes, at, end + 2) !== 0) return { length: 1, said: BAD_CHECKSUM }
    const uid = latin1(bytes, at + 1, end).toUpperCase()
    return { length: end + 2 - at, said: { kind: 'card', uid, details: printedNumbers(uid) } }
  },
}

export const idteckSr30: ReaderProtocol = {
  title: 'Idteck SR30 and other converters that end with a check behind ETX',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 1,
  grammar,
}
