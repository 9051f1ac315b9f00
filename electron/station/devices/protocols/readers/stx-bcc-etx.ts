import { byteAt, ETX, hexOf, STX } from '../bytes.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * STX, length of command and data, command (or state), data, check, ETX (SL-RF800, 明华 and their kin). The check is the
 * exclusive or of all before it, with STX or without: by the model. Which answer has a UID is not known.
 */
const AROUND = 4
const MOST_LENGTH = 64

const grammar: Grammar = {
  longest: AROUND + MOST_LENGTH,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== STX) return NOTHING
    if (to - at < 2) return MORE
    const length = byteAt(bytes, at + 1)
    if (length < 1 || length > MOST_LENGTH) return NOTHING
    const end = at + 2 + length
    if (end + 2 > to) return MORE
    if (byteAt(bytes, end + 1) !== ETX) return NOTHING
    const off = xorOf(bytes, at + 1, end + 1)
    if (off !== 0 && off !== STX) return { length: 1, said: BAD_CHECKSUM }
    return { length: end + 2 - at, said: saidBy(bytes.slice(at + 2, end), off === STX) }
  },
}

const saidBy = (body: Uint8Array, checkWithStx: boolean): Said => ({
  kind: 'response',
  details: { command: hexOf(body, 0, 1), ...(body.length > 1 ? { data: hexOf(body, 1) } : {}), checkWithStx },
})

export const stxBccEtx: ReaderProtocol = {
  title: 'STX … BCC ETX readers (SL-RF800, 明华): which answer has the UID is not known',
  confidence: 'capture-needed',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 1,
  grammar,
}
