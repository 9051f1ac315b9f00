import { byteAt, hexOf } from './bytes.ts'
import { MORE, NOTHING, type Frame, type Grammar } from './grammar.ts'

/**
 * Commands to a social-security card, as a capture of its reader shows them: class 00, instruction, two parameters, then the
 * length of the data and the data, or the length of the answer. An answer alone cannot be told from other bytes.
 */
interface Instruction {
  readonly name: string
  /** Whether data follow; otherwise the fifth byte is the length of the answer. */
  readonly withData: boolean
  readonly parameters: (first: number, second: number) => boolean
}

const INSTRUCTIONS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x20, { name: 'verify', withData: true, parameters: (first) => first === 0 }],
  [0x84, { name: 'get_challenge', withData: false, parameters: (first, second) => first + second === 0 }],
  // By identifier or by name, and of several of that name the first or the next.
  [0xa4, { name: 'select', withData: true, parameters: (first, second) => first <= 9 && second <= 0x0f }],
  [0xb0, { name: 'read_binary', withData: false, parameters: () => true }],
  [0xb2, { name: 'read_record', withData: false, parameters: () => true }],
  [0xc0, { name: 'get_response', withData: false, parameters: (first, second) => first + second === 0 }],
])

const HEAD_BYTES = 5
const MOST_DATA = 0xff

export const sscApdu: Grammar = {
  longest: HEAD_BYTES + MOST_DATA,
  read(bytes, at, to) {
    if (bytes[at] !== 0x00) return NOTHING
    if (to - at < HEAD_BYTES) return MORE
    const instruction = INSTRUCTIONS.get(byteAt(bytes, at + 1))
    if (instruction?.parameters(byteAt(bytes, at + 2), byteAt(bytes, at + 3)) !== true) return NOTHING
    const third = byteAt(bytes, at + 4)
    if (!instruction.withData) return command(instruction, bytes, at, at + HEAD_BYTES)
    if (third === 0) return NOTHING
    const end = at + HEAD_BYTES + third
    return end > to ? MORE : command(instruction, bytes, at, end)
  },
}

function command({ name, withData }: Instruction, bytes: Uint8Array, at: number, end: number): Frame {
  const details = {
    command: name,
    direction: 'host',
    p1p2: hexOf(bytes, at + 2, at + 4),
    ...(withData ? { data: hexOf(bytes, at + HEAD_BYTES, end) } : {}),
  }
  return { length: end - at, said: { kind: 'command', details } }
}
