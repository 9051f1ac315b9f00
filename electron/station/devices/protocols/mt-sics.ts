import { asciiBytes, CR, LF } from './bytes.ts'
import { decimalNumber, exactMilligrams } from './exact-weight.ts'
import { noFrames, type Framer, type Refusal, type ScaleFrameSink, type ScaleProtocol } from './protocol.ts'

/** What one answer of an MT-SICS scale says. */
export type MtSicsReply =
  | { readonly kind: 'weight'; readonly stable: boolean; readonly weightMg: number }
  | { readonly kind: 'overload' | 'underload' | 'no-weight' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An answer to a command that we did not send, or that carries no weight. */
  | { readonly kind: 'other'; readonly command: string; readonly parts: readonly string[] }

const OVERLOAD: MtSicsReply = { kind: 'overload' }
const UNDERLOAD: MtSicsReply = { kind: 'underload' }
const NO_WEIGHT: MtSicsReply = { kind: 'no-weight' }
const refused = (refusal: Refusal): MtSicsReply => ({ kind: 'refused', refusal })

const ERRORS: ReadonlyMap<string, string> = new Map([
  ['ES', 'syntax'],
  ['ET', 'transmission'],
  ['EL', 'parameter'],
])
const OTHER_COMMANDS = /^(?:Z|ZI|T|TI|TA|TAC|I\d{1,2}|SR|@)$/

/** `S S 0.360 kg`: stable or dynamic weight with its unit, converted exactly or refused (SPEC DV-9). */
function weightReply(stable: boolean, value: string, unit: string | undefined): MtSicsReply | null {
  const number = decimalNumber(value)
  if (number === null) return null
  const known = unit?.toLowerCase()
  if (known !== 'kg' && known !== 'g') return refused({ reason: 'foreign-unit', unit: unit ?? '' })
  const weightMg = exactMilligrams(number.digits, number.decimals, known)
  return weightMg === null ? refused({ reason: 'not-exact' }) : { kind: 'weight', stable, weightMg }
}

function answerToS(parts: readonly string[]): MtSicsReply | null {
  const [status, value, unit] = parts
  if (parts.length === 1) {
    if (status === '+') return OVERLOAD
    if (status === '-') return UNDERLOAD
    if (status === 'I') return NO_WEIGHT
    if (status === 'L') return refused({ reason: 'device-error', code: 'parameter' })
  }
  if ((status === 'S' || status === 'D') && value !== undefined && parts.length <= 3)
    return weightReply(status === 'S', value, unit)
  return null
}

/**
 * One answer without its line end, by words and not by columns: clones print `Kg` and shift them.
 *
 * @returns null when this is no answer of the protocol.
 */
export function parseMtSics(text: string): MtSicsReply | null {
  const [command = '', ...parts] = text.trimEnd().split(/ +/)
  if (command === 'S') return answerToS(parts)
  const error = ERRORS.get(command)
  if (error !== undefined && parts.length === 0) return refused({ reason: 'device-error', code: error })
  return OTHER_COMMANDS.test(command) && parts.length > 0 ? { kind: 'other', command, parts } : null
}

/** No answer is longer; of a line without end the last this many bytes are kept. */
const LONGEST_ANSWER = 64

export class MtSicsFramer implements Framer {
  readonly counters = noFrames()
  readonly #sink: ScaleFrameSink
  readonly #line = new Uint8Array(2 * LONGEST_ANSWER)
  #length = 0

  constructor(sink: ScaleFrameSink) {
    this.#sink = sink
  }

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#length === this.#line.length) this.#dropFirst(LONGEST_ANSWER)
      this.#line[this.#length] = byte
      this.#length += 1
      if (byte === LF) this.#endLine()
    }
  }

  reset(): void {
    this.#dropFirst(this.#length)
  }

  #dropFirst(count: number): void {
    this.#line.copyWithin(0, count, this.#length)
    this.#length -= count
    this.counters.droppedBytes += count
  }

  /** The answer is the longest end of the line that is one: what stands before it is garbage, dropped byte by byte. */
  #endLine(): void {
    const length = this.#length
    this.#length = 0
    const end = this.#line[length - 2] === CR ? length - 2 : length - 1
    const text = Buffer.from(this.#line.buffer, 0, end).toString('latin1')
    for (let from = 0; from < end; from += 1) {
      const reply = parseMtSics(text.slice(from))
      if (reply === null) continue
      this.counters.droppedBytes += from
      this.counters.frames += 1
      this.#hand(reply, from, length)
      return
    }
    this.counters.droppedBytes += length
  }

  #hand(reply: MtSicsReply, from: number, to: number): void {
    switch (reply.kind) {
      case 'weight':
        this.#sink.frame(
          reply.stable ? 'stable-weight' : 'moving-weight',
          reply.weightMg,
          this.#line,
          from,
          to,
        )
        return
      case 'overload':
      case 'underload':
      case 'no-weight':
        this.#sink.frame(reply.kind, 0, this.#line, from, to)
        return
      case 'refused':
        this.counters.refused += 1
        this.#sink.refused(reply.refusal)
        return
      case 'other':
    }
  }
}

export const mtSics: ScaleProtocol = {
  name: 'mt-sics',
  title: 'Mettler-Toledo MT-SICS, polled with SI',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  // SI answers at once; S would wait for a stable weight, up to 40 s on some scales.
  poll: { bytes: asciiBytes('SI\r\n'), periodMs: 100, replyTimeoutMs: 300 },
  staleAfterMs: 700,
  // Every weight carries its own flag, and no checksum: said once, a weight may be a digit that broke on the way.
  stability: { readings: 2, forMs: 0 },
  createFramer: (_unit, sink) => new MtSicsFramer(sink),
}
