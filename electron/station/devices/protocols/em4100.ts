import { byteAt, CR, ETX, hexDigit, hexOf, LF, STX } from './bytes.ts'
import { noFrames, type CardFrameSink, type Framer, type ReaderProtocol } from './protocol.ts'

/**
 * EM4100 cards through an RDM6300 (14 bytes: STX, ten hexadecimal digits, two check digits, ETX) or an ID-2/12/20 (16
 * bytes: the same with CR LF before ETX). The check is the exclusive or of the five bytes; it does not catch every
 * ghost, so a card counts only when read twice (see card-presence.ts).
 */
const UID_DIGITS = 10
const DIGITS_END = 1 + UID_DIGITS + 2
const LONG_FRAME = DIGITS_END + 3

const NEVER_A_CARD: ReadonlySet<string> = new Set(['0'.repeat(UID_DIGITS), 'F'.repeat(UID_DIGITS)])

type Verdict = 'needs-more' | 'frame' | 'none'

/** Whether the first `length` bytes are, or can still become, a frame. */
function verdictOn(bytes: Uint8Array, length: number): Verdict {
  if (byteAt(bytes, 0) !== STX) return 'none'
  for (let index = 1; index < Math.min(length, DIGITS_END); index += 1)
    if (hexDigit(byteAt(bytes, index)) < 0) return 'none'
  if (length <= DIGITS_END) return 'needs-more'
  if (byteAt(bytes, DIGITS_END) === ETX) return 'frame'
  if (byteAt(bytes, DIGITS_END) !== CR) return 'none'
  if (length > DIGITS_END + 1 && byteAt(bytes, DIGITS_END + 1) !== LF) return 'none'
  if (length < LONG_FRAME) return 'needs-more'
  return byteAt(bytes, DIGITS_END + 2) === ETX ? 'frame' : 'none'
}

function checksumFits(bytes: Uint8Array): boolean {
  let check = 0
  for (let index = 1; index < DIGITS_END; index += 2)
    check ^= (hexDigit(byteAt(bytes, index)) << 4) | hexDigit(byteAt(bytes, index + 1))
  return check === 0
}

export class Em4100Framer implements Framer {
  readonly counters = noFrames()
  readonly #sink: CardFrameSink
  readonly #buffer = new Uint8Array(LONG_FRAME)
  #length = 0

  constructor(sink: CardFrameSink) {
    this.#sink = sink
  }

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#buffer[this.#length] = byte
      this.#length += 1
      this.#settle()
    }
  }

  reset(): void {
    this.counters.droppedBytes += this.#length
    this.#length = 0
  }

  /** Drops single bytes until what is left is a frame, or the beginning of one. */
  #settle(): void {
    while (this.#length > 0) {
      const verdict = verdictOn(this.#buffer, this.#length)
      if (verdict === 'needs-more') return
      if (verdict === 'frame' && this.#take()) return
      this.#buffer.copyWithin(0, 1, this.#length)
      this.#length -= 1
      this.counters.droppedBytes += 1
    }
  }

  #take(): boolean {
    if (!checksumFits(this.#buffer)) {
      this.counters.badChecksums += 1
      return false
    }
    this.counters.frames += 1
    const uid = Buffer.from(this.#buffer.buffer, 1, UID_DIGITS).toString('latin1').toUpperCase()
    if (NEVER_A_CARD.has(uid)) this.counters.refused += 1
    else this.#sink.card(uid, hexOf(this.#buffer, 0, this.#length))
    this.#length = 0
    return true
  }
}

/** The two numbers that may be printed on the card: ten decimal digits of the last four bytes, and "facility,number". */
export function printedNumbers(uid: string): { readonly decimal: string; readonly facility: string } {
  const lastFour = Number.parseInt(uid.slice(2), 16)
  const facility = Math.floor(lastFour / 0x1_0000) % 0x100
  return {
    decimal: String(lastFour).padStart(UID_DIGITS, '0'),
    facility: `${String(facility).padStart(3, '0')},${String(lastFour % 0x1_0000).padStart(5, '0')}`,
  }
}

export const em4100: ReaderProtocol = {
  name: 'em4100',
  title: 'EM4100 cards by RDM6300 (14 bytes) or ID-2/12/20 (16 bytes)',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  createFramer: (sink) => new Em4100Framer(sink),
}
