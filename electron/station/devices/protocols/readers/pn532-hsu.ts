import { byteAt, hexOf } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import type { Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'
import { CHIP, CHIP_ERROR, cut, HOST, hostFrame, LONGEST } from './pn532-frames.ts'

/** A PN532 over its high-speed serial line: it acknowledges each command and then answers it. */
const GET_FIRMWARE_VERSION = 0x02
const SAM_CONFIGURATION = 0x14
const RF_CONFIGURATION = 0x32
const IN_DATA_EXCHANGE = 0x40
const IN_LIST_PASSIVE_TARGET = 0x4a

const COMMANDS: ReadonlyMap<number, string> = new Map([
  [0x00, 'Diagnose'],
  [GET_FIRMWARE_VERSION, 'GetFirmwareVersion'],
  [0x04, 'GetGeneralStatus'],
  [0x06, 'ReadRegister'],
  [0x08, 'WriteRegister'],
  [0x0c, 'ReadGPIO'],
  [0x0e, 'WriteGPIO'],
  [0x10, 'SetSerialBaudRate'],
  [0x12, 'SetParameters'],
  [SAM_CONFIGURATION, 'SAMConfiguration'],
  [0x16, 'PowerDown'],
  [RF_CONFIGURATION, 'RFConfiguration'],
  [IN_DATA_EXCHANGE, 'InDataExchange'],
  [0x42, 'InCommunicateThru'],
  [0x44, 'InDeselect'],
  [IN_LIST_PASSIVE_TARGET, 'InListPassiveTarget'],
  [0x52, 'InRelease'],
  [0x54, 'InSelect'],
  [0x60, 'InAutoPoll'],
])
/** Answers that begin with a status byte: its low six bits are 0 when all went well. */
const WITH_STATUS = new Set([IN_DATA_EXCHANGE, 0x42, 0x44, 0x52, 0x54, 0x16])
/** Answers without contents: that they came says that all went well. */
const WITHOUT_CONTENTS = new Set([SAM_CONFIGURATION, RF_CONFIGURATION, 0x08, 0x10, 0x12])

const grammar: Grammar = {
  longest: LONGEST,
  read(bytes, at, to) {
    const found = cut(bytes, at, to)
    if (typeof found === 'number') return found
    const { length } = found
    switch (found.kind) {
      case 'ack':
      case 'nack':
        return { length, said: { kind: found.kind } }
      case 'checksum':
        return { length, said: BAD_CHECKSUM }
      case 'contents':
        return { length, said: said(bytes.subarray(found.from, found.until)) }
    }
  },
}

const nameOf = (code: number): string => COMMANDS.get(code) ?? `0x${hexOf(Uint8Array.of(code))}`

/** @param contents TFI, command or answer code, data */
function said(contents: Uint8Array): Said {
  const [origin = 0, code = 0, ...data] = contents
  if (origin === CHIP_ERROR) return { kind: 'error', error: 'application' }
  if (origin === HOST && contents.length > 1)
    return { kind: 'command', details: { command: nameOf(code), direction: 'host' } }
  if (origin !== CHIP || contents.length < 2) return { kind: 'error', error: 'unknown_frame' }
  return answer(code - 1, Uint8Array.from(data))
}

function answer(command: number, data: Uint8Array): Said {
  if (command === IN_LIST_PASSIVE_TARGET) return targets(data)
  const named = { command: nameOf(command) }
  if (command === GET_FIRMWARE_VERSION && data.length === 4)
    return {
      kind: 'response',
      details: { ...named, ic: hexOf(data, 0, 1), ver: data[1], rev: data[2], support: hexOf(data, 3) },
    }
  if (WITHOUT_CONTENTS.has(command)) return { kind: 'response', details: { ...named, ok: true } }
  if (!WITH_STATUS.has(command)) return { kind: 'response', details: { ...named, data: hexOf(data) } }
  const status = byteAt(data, 0) & 0x3f
  return { kind: 'response', details: { ...named, ok: status === 0, status, data: hexOf(data, 1) } }
}

interface Target {
  readonly uid: string
  readonly atqa: string
  readonly sak: string
  /** Where the next target's description begins. */
  readonly end: number
}

const UID_LENGTHS = new Set([4, 7, 10])
/** In the SAK: the card speaks ISO 14443-4, and its ATS follows the UID. */
const HAS_ATS = 0x20

/** Target number, SENS_RES, SEL_RES, length of the UID, UID, ATS if it has one. */
function target(data: Uint8Array, at: number): Target | null {
  const sak = byteAt(data, at + 3)
  const uidLength = byteAt(data, at + 4)
  const uidEnd = at + 5 + uidLength
  if (!UID_LENGTHS.has(uidLength) || uidEnd > data.length) return null
  const hasAts = (sak & HAS_ATS) !== 0 && uidEnd < data.length
  return {
    uid: hexOf(data, at + 5, uidEnd),
    atqa: hexOf(data, at + 1, at + 3),
    sak: hexOf(data, at + 3, at + 4),
    end: hasAts ? uidEnd + byteAt(data, uidEnd) : uidEnd,
  }
}

function targets(data: Uint8Array): Said {
  const count = byteAt(data, 0)
  if (count <= 0)
    return { kind: 'response', details: { command: nameOf(IN_LIST_PASSIVE_TARGET), ok: true, targets: 0 } }
  const first = target(data, 1)
  if (first === null) return { kind: 'error', error: 'target_unknown' }
  const card = contactless(first.uid, { sak: first.sak, atqa: first.atqa })
  if (count === 1 || card.kind !== 'card') return card
  const second = target(data, first.end)
  return second === null ? { kind: 'error', error: 'target_unknown' } : { ...card, others: [second.uid] }
}

const WAKE_UP = [0x55, 0x55, ...Array<number>(12).fill(0x00)]
const NORMAL_MODE = 0x01
/** RFConfiguration item 5: how often it tries; the third number is for passive cards and by default without end. */
const RETRIES = [0x05, 0xff, 0x01, 0x02]
/** Two at most, so that two cards on the reader are seen to be two; type A at 106 kbit/s. */
const TWO_TYPE_A = [0x02, 0x00]

export const pn532Hsu: ReaderProtocol = {
  title: 'PN532 over its serial line (HSU), 13.56 MHz type A',
  confidence: 'certain',
  line: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    hello: [
      Uint8Array.of(...WAKE_UP, ...hostFrame(SAM_CONFIGURATION, NORMAL_MODE)),
      hostFrame(RF_CONFIGURATION, ...RETRIES),
    ],
    ask: hostFrame(IN_LIST_PASSIVE_TARGET, ...TWO_TYPE_A),
    periodMs: 150,
    replyTimeoutMs: 500,
    // The chip acknowledges first; that is not the answer.
    goOn: ({ kind }) => (kind === 'response' || kind === 'card' || kind === 'error' ? 'over' : 'wait'),
  },
  readings: 1,
  grammar,
}
