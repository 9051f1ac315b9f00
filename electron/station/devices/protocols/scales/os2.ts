import { ACK, byteAt, EOT, ETX, NAK, SOH, STX } from '../bytes.ts'
import { enquiryPoll } from '../enquiry.ts'
import { latin1, MORE, NOTHING, xorOf, type Frame, type Grammar } from '../grammar.ts'
import { EMPTY_FIELD, numberField, unitField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * OS2 (Pinnacle 顶尖, CAS ECR type 1, Gram ZFOC, Dibal POSNET, Aviator): SOH, STX, status, sign, six digits, unit, BCC, ETX,
 * EOT. In active mode a byte of flags follows. Elicom's CASH47 leaves SOH out.
 */
const STATUS = 2
const SIGN = 3
const DIGITS = 4
const UNIT = 10
const BCC = 12
const FRAME_BYTES = 15
const FLAGGED_BYTES = 16
const COMMAND_BYTES = 5

const STABLE = 0x53
const UNSTABLE = 0x55
/** Out of range, or not zeroed since it was switched on. */
const FAULT = 0x46
/** Dibal's error: sign and digits are all `F`. */
const NO_DIGITS = 'FFFFFFF'
/** The manual's "twelve bytes in front" takes SOH and STX into the check, other scales do not. */
const SOH_AND_STX = SOH ^ STX

const ZERO_FLAG = 1 << 4
const TARE_FLAG = 1 << 5
const FAULT_FLAG = 1 << 6

const LESS_THAN = 0x3c
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['<TK>\t', 'tare'],
  ['<ZK>\t', 'zero'],
  ['<AL>\t', 'passive_mode'],
  ['<PB>\t', 'active_mode'],
  ['<DB>\t', 'opbox_mode'],
])

const isFlags = (byte: number): boolean =>
  byte !== SOH && byte !== STX && byte !== ACK && byte !== NAK && byte !== LESS_THAN

/** `start` is where SOH stands, or would stand. @returns null when the fields are none of this language. */
function saidBy(bytes: Uint8Array, start: number, flags: number | null): Said | null {
  const status = byteAt(bytes, start + STATUS)
  if (byteAt(bytes, start + SIGN) === FAULT)
    return latin1(bytes, start + SIGN, start + UNIT) === NO_DIGITS
      ? { kind: 'error', error: 'no_weight' }
      : null
  const minus = byteAt(bytes, start + SIGN) === 0x2d
  if (status === FAULT || ((flags ?? 0) & FAULT_FLAG) !== 0) return minus ? UNDERLOAD : OVERLOAD
  if (status !== STABLE && status !== UNSTABLE) return null
  const number = numberField(bytes, start + SIGN, start + UNIT)
  if (number === null) return null
  if (number === EMPTY_FIELD) return minus ? UNDERLOAD : OVERLOAD
  const unit = unitField(bytes, start + UNIT)
  return {
    kind: 'weight',
    digits: number.digits,
    decimals: decimalsOf(bytes, start, number.decimals, unit),
    unit,
    stable: status === STABLE,
    ...(flags === null
      ? {}
      : { net: (flags & TARE_FLAG) !== 0, details: { zero: (flags & ZERO_FLAG) !== 0 } }),
  }
}

/** Kilograms without a point are grams: CAS leaves it out. */
function decimalsOf(bytes: Uint8Array, start: number, decimals: number, unit: string | null): number {
  if (decimals > 0 || unit !== 'kg') return decimals
  for (let index = start + DIGITS; index < start + UNIT; index += 1)
    if (byteAt(bytes, index) === 0x2e) return 0
  return 3
}

/** A frame from SOH on, or from the STX that stands first where SOH is left out. */
function readFrame(
  bytes: Uint8Array,
  at: number,
  to: number,
  ended: boolean,
): Frame | typeof NOTHING | typeof MORE {
  const start = byteAt(bytes, at) === SOH ? at : at - 1
  const plain = start + FRAME_BYTES
  if (at + 1 < to && start === at && byteAt(bytes, at + 1) !== STX) return NOTHING
  if (to < plain) return MORE
  if (byteAt(bytes, plain - 2) !== ETX || byteAt(bytes, plain - 1) !== EOT) return NOTHING
  const said = saidBy(bytes, start, null)
  if (said === null) return NOTHING
  const off = xorOf(bytes, start + STATUS, start + BCC) ^ byteAt(bytes, start + BCC)
  // The STX behind a SOH begins no frame of its own: its check would be off in the same way.
  if (off !== 0 && (off !== SOH_AND_STX || start !== at))
    return { length: start === at ? 2 : 1, said: BAD_CHECKSUM }
  if (start !== at) return { length: plain - at, said }
  if (to < at + FLAGGED_BYTES) return ended ? { length: FRAME_BYTES, said } : MORE
  const flags = byteAt(bytes, plain)
  if (!isFlags(flags)) return { length: FRAME_BYTES, said }
  return { length: FLAGGED_BYTES, said: saidBy(bytes, start, flags) ?? said }
}

function readCommand(bytes: Uint8Array, at: number, to: number): Frame | typeof NOTHING | typeof MORE {
  if (to - at < COMMAND_BYTES) return MORE
  const command = COMMANDS.get(latin1(bytes, at, at + COMMAND_BYTES))
  if (command === undefined) return NOTHING
  return { length: COMMAND_BYTES, said: { kind: 'command', details: { command, direction: 'host' } } }
}

const grammar: Grammar = {
  longest: FLAGGED_BYTES,
  read(bytes, at, to, ended) {
    switch (byteAt(bytes, at)) {
      case SOH:
      case STX:
        return readFrame(bytes, at, to, ended)
      case LESS_THAN:
        return readCommand(bytes, at, to)
      case ACK:
        return { length: 1, said: { kind: 'ack' } }
      case NAK:
        return { length: 1, said: { kind: 'nack' } }
      default:
        return NOTHING
    }
  },
}

export const os2: ScaleProtocol = {
  title: 'OS2 (顶尖), CAS ECR type 1 and their kin: asked with ENQ and DC1',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: enquiryPoll,
  // A passive scale sends no byte of flags, and nothing else says that it does not.
  quietMs: 30,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar,
}
