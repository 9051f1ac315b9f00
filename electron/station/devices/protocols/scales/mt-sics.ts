import { asciiBytes } from '../bytes.ts'
import { decimalNumber } from '../exact-weight.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

const error = (code: string): Said => ({ kind: 'error', error: code })

/** Answers that name no command. */
const ERRORS: ReadonlyMap<string, Said> = new Map([
  ['ES', error('syntax')],
  ['ET', error('transmission')],
  ['EL', error('logical')],
])
/** An answer to another command: its state, and behind it what an information is or a tare. */
const OTHER = /^(?:Z|ZI|T|TI|TA|TAC|I\d{1,2}|SR|@) [ABDILS+-](?: [\x20-\x7e]+)?$/

/** `S S 0.360 kg`: a stable or dynamic weight with its unit. */
function answerToS(parts: readonly string[]): Said | null {
  const [status, value, unit] = parts
  if (parts.length === 1) {
    if (status === '+') return OVERLOAD
    if (status === '-') return UNDERLOAD
    if (status === 'I') return error('not_ready')
    if (status === 'L') return error('logical')
  }
  if ((status !== 'S' && status !== 'D') || value === undefined || parts.length > 3) return null
  const number = decimalNumber(value)
  if (number === null) return null
  return { kind: 'weight', ...number, unit: (unit ?? '').toLowerCase(), stable: status === 'S' }
}

function answerToOther(command: string, parts: readonly string[]): Said {
  const [status = ''] = parts
  if (status === 'A' && /^I\d/.test(command))
    return { kind: 'info', details: { command, serial: parts.slice(1).join(' ').replaceAll('"', '') } }
  if (status === '+') return error(command.startsWith('Z') ? 'zero_range_high' : 'tare_range_high')
  if (status === '-') return error(command.startsWith('Z') ? 'zero_range_low' : 'tare_range_low')
  if (status === 'I') return error('not_ready')
  if (status === 'L') return error('logical')
  return { kind: 'ack', details: { command, answer: parts.join(' ') } }
}

/**
 * One answer without its line end, by words and not by columns: clones print `Kg` and shift them.
 *
 * @returns null when this is no answer of the protocol.
 */
export function parseMtSics(line: string): Said | null {
  const [command = '', ...parts] = line.trimEnd().split(/ +/)
  if (command === 'S') return answerToS(parts)
  if (parts.length === 0) return ERRORS.get(command) ?? null
  return OTHER.test(line.trimEnd()) ? answerToOther(command, parts) : null
}

const LONGEST_ANSWER = 64
const FIRST_LETTERS: ReadonlySet<number> = new Set(asciiBytes('SZTIE@'))

export const mtSics: ScaleProtocol = {
  title: 'Mettler-Toledo MT-SICS, polled with SI',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  // SI answers at once; S would wait for a stable weight, up to 40 s on some scales.
  poll: { ask: asciiBytes('SI\r\n'), periodMs: 100, replyTimeoutMs: 300 },
  usualUnit: 'kg',
  staleAfterMs: 700,
  // Every weight carries its own flag, and no checksum: said once, a weight may be a digit that broke on the way.
  stability: { readings: 2, forMs: 0 },
  grammar: lines(LONGEST_ANSWER, (byte) => FIRST_LETTERS.has(byte), parseMtSics),
}
