import type { LineSettings } from '../../deps.ts'
import { hexOf } from '../protocols/bytes.ts'

/** Some bytes on a line, and when they came: milliseconds since the capture began. */
export interface CapturedChunk {
  readonly atMs: number
  /** What we sent to the device; otherwise the device sent it. */
  readonly sent: boolean
  readonly bytes: Uint8Array
}

/** What was heard on a line, as a file that people can read and mail. */
export interface Capture {
  readonly line: LineSettings
  readonly chunks: readonly CapturedChunk[]
}

const FIRST_LINE = '# canteen capture 1'
const USUAL_LINE: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
const PARITIES = { N: 'none', E: 'even', O: 'odd' } as const
const HEX = /^(?:[0-9a-f]{2})+$/i
/** Bytes without times are played as a line at this speed delivers them, so many at a time. */
const UNTIMED_CHUNK_BYTES = 16
const BITS_PER_BYTE = 10

/** What cannot be read, with the number of its line. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
}

export const lineText = ({ baudRate, dataBits, parity, stopBits }: LineSettings): string =>
  `${baudRate} ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`

/** `9600 8N1`; null when it is none. */
export function parseLine(text: string): LineSettings | null {
  const match = /^(\d{3,6}) ([78])([NEO])([12])$/.exec(text.trim())
  if (match === null) return null
  const [, baud, bits, parity, stop] = match
  return {
    baudRate: Number(baud),
    dataBits: bits === '7' ? 7 : 8,
    parity: PARITIES[parity === 'E' || parity === 'O' ? parity : 'N'],
    stopBits: stop === '2' ? 2 : 1,
  }
}

/** The first lines of a capture file. @param notes more for people, a line each */
export const captureHead = (line: LineSettings, notes: readonly string[]): string =>
  [FIRST_LINE, `# line ${lineText(line)}`, ...notes.map((note) => `# ${note}`), ''].join('\n')

export const chunkText = ({ atMs, sent, bytes }: CapturedChunk): string =>
  `${Math.round(atMs)} ${sent ? '> ' : ''}${hexOf(bytes)}\n`

/**
 * Reads a capture, or bare hexadecimal text such as the last bytes that the station keeps for support.
 *
 * @throws CaptureError
 */
export function parseCapture(text: string): Capture {
  const lines = text.split(/\r?\n/)
  if (lines[0]?.trim() !== FIRST_LINE) return untimed(text)
  let line = USUAL_LINE
  const chunks: CapturedChunk[] = []
  for (const [index, content] of lines.entries()) {
    const setting = /^# line (.*)$/.exec(content)
    if (setting !== null) line = parseLine(setting[1] ?? '') ?? unreadable(index, content)
    if (content.startsWith('#') || content.trim() === '') continue
    chunks.push(parseChunk(content, chunks.at(-1)?.atMs ?? 0) ?? unreadable(index, content))
  }
  return { line, chunks }
}

/** Times never go back: a capture is written as it is heard. */
function parseChunk(content: string, notBeforeMs: number): CapturedChunk | null {
  const match = /^(\d{1,10}) (> )?(\S+)$/.exec(content.trim())
  if (match === null) return null
  const [, at, sent, hex = ''] = match
  const atMs = Number(at)
  if (!HEX.test(hex) || atMs < notBeforeMs) return null
  return { atMs, sent: sent !== undefined, bytes: Uint8Array.from(Buffer.from(hex, 'hex')) }
}

function untimed(text: string): Capture {
  const digits = text.replaceAll(/\s/g, '')
  if (!HEX.test(digits)) throw new CaptureError('neither a capture file nor hexadecimal bytes')
  const bytes = Uint8Array.from(Buffer.from(digits, 'hex'))
  const everyMs = (UNTIMED_CHUNK_BYTES * BITS_PER_BYTE * 1000) / USUAL_LINE.baudRate
  const chunks = Array.from({ length: Math.ceil(bytes.length / UNTIMED_CHUNK_BYTES) }, (_, index) => ({
    atMs: Math.round(index * everyMs),
    sent: false,
    bytes: bytes.subarray(index * UNTIMED_CHUNK_BYTES, (index + 1) * UNTIMED_CHUNK_BYTES),
  }))
  return { line: USUAL_LINE, chunks }
}

function unreadable(index: number, content: string): never {
  throw new CaptureError(`line ${index + 1} is no part of a capture: '${content.slice(0, 60)}'`)
}

/** Everything the device sent, in one piece. */
export const heardIn = ({ chunks }: Capture): Uint8Array =>
  Buffer.concat(chunks.filter(({ sent }) => !sent).map(({ bytes }) => bytes))
