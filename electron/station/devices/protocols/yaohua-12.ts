import type { ScaleConfig } from '../../deps.ts'
import { byteAt, ETX, hexDigit, STX } from './bytes.ts'
import { exactMilligrams } from './exact-weight.ts'
import { noFrames, type Framer, type ScaleFrameSink, type ScaleProtocol } from './protocol.ts'

/**
 * Yaohua XK3190 continuous output (tF = 0) and its look-alikes: STX, sign, six digits, number of decimals, two check
 * digits (exclusive or of the eight bytes before them), ETX. No unit, no stability, no overload in the frame.
 */
const FRAME_BYTES = 12
const SIGN = 1
const FIRST_DIGIT = 2
const DECIMALS = 8
const CHECK_HIGH = 9
const CHECK_LOW = 10
const LAST = 11
const MOST_DECIMALS = 4

const PLUS = 0x2b
const MINUS = 0x2d
const ZERO = 0x30

const NOT_EXACT = { reason: 'not-exact' } as const

export class Yaohua12Framer implements Framer {
  readonly counters = noFrames()
  readonly #unit: ScaleConfig['unit']
  readonly #sink: ScaleFrameSink
  /** The beginning of a frame whose end has not come, and room for the bytes that can complete it. */
  readonly #carry = new Uint8Array(2 * (FRAME_BYTES - 1))
  #carried = 0

  constructor(unit: ScaleConfig['unit'], sink: ScaleFrameSink) {
    this.#unit = unit
    this.#sink = sink
  }

  push(bytes: Uint8Array): void {
    const start = this.#carried === 0 ? 0 : this.#finishCarried(bytes)
    const rest = this.#scan(bytes, start, bytes.length, bytes.length)
    for (let index = rest; index < bytes.length; index += 1) {
      this.#carry[this.#carried] = byteAt(bytes, index)
      this.#carried += 1
    }
  }

  reset(): void {
    this.counters.droppedBytes += this.#carried
    this.#carried = 0
  }

  /** Tries every start among the carried bytes; answers where the scan of `bytes` goes on. */
  #finishCarried(bytes: Uint8Array): number {
    const carried = this.#carried
    const added = Math.min(bytes.length, FRAME_BYTES - 1)
    for (let index = 0; index < added; index += 1) this.#carry[carried + index] = byteAt(bytes, index)
    const length = carried + added
    const at = this.#scan(this.#carry, 0, length, carried)
    if (at >= carried) {
      this.#carried = 0
      return at - carried
    }
    this.#carry.copyWithin(0, at, length)
    this.#carried = length - at
    return bytes.length
  }

  /** Reads frames that start in `[from, startsBefore)` and end by `end`; answers the first byte not decided on. */
  #scan(bytes: Uint8Array, from: number, end: number, startsBefore: number): number {
    let at = from
    while (at < startsBefore && at + FRAME_BYTES <= end) {
      if (byteAt(bytes, at) === STX && byteAt(bytes, at + LAST) === ETX && this.#take(bytes, at))
        at += FRAME_BYTES
      else {
        this.counters.droppedBytes += 1
        at += 1
      }
    }
    return at
  }

  /** Takes the twelve bytes at `at` if they are a frame. */
  #take(bytes: Uint8Array, at: number): boolean {
    const sign = byteAt(bytes, at + SIGN)
    if (sign !== PLUS && sign !== MINUS) return false
    let digits = 0
    let check = sign
    for (let index = at + FIRST_DIGIT; index < at + DECIMALS; index += 1) {
      const byte = byteAt(bytes, index)
      if (byte < ZERO || byte > ZERO + 9) return false
      digits = digits * 10 + byte - ZERO
      check ^= byte
    }
    const decimals = byteAt(bytes, at + DECIMALS) - ZERO
    if (decimals < 0 || decimals > MOST_DECIMALS) return false
    check ^= decimals + ZERO
    const high = hexDigit(byteAt(bytes, at + CHECK_HIGH))
    const low = hexDigit(byteAt(bytes, at + CHECK_LOW))
    if (high < 0 || low < 0) return false
    if (((high << 4) | low) !== check) {
      this.counters.badChecksums += 1
      return false
    }
    this.counters.frames += 1
    const magnitudeMg = exactMilligrams(digits, decimals, this.#unit)
    if (magnitudeMg === null) {
      this.counters.refused += 1
      this.#sink.refused(NOT_EXACT)
    } else {
      const weightMg = sign === MINUS && magnitudeMg !== 0 ? -magnitudeMg : magnitudeMg
      this.#sink.frame('weight', weightMg, bytes, at, at + FRAME_BYTES)
    }
    return true
  }
}

export const yaohua12: ScaleProtocol = {
  name: 'yaohua-12',
  title: 'Yaohua XK3190 continuous (tF 0), 12-byte frames',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  // At 1200 baud a frame takes 100 ms: eight frames may be missed.
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  createFramer: (unit, sink) => new Yaohua12Framer(unit, sink),
}
