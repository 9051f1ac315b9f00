import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { LineSettings } from '../../station/deps.ts'
import { captureHead, chunkText, parseLine } from '../../station/devices/capture/capture.ts'
import {
  isIdReader,
  isReader,
  isScale,
  READER_PROTOCOLS,
  SCALE_PROTOCOLS,
} from '../../station/devices/protocols/index.ts'
import type { Poll } from '../../station/devices/protocols/protocol.ts'
import { nodeSerialBus } from '../../station/devices/serial-bus.ts'
import { systemClock, systemTimers } from '../../station/system.ts'
import { EXIT, type Streams } from '../command.ts'
import { positiveInteger, UsageError } from '../usage.ts'

const OPTIONS = {
  port: { type: 'string' },
  out: { type: 'string' },
  baud: { type: 'string' },
  line: { type: 'string' },
  ask: { type: 'string' },
  seconds: { type: 'string' },
} as const

interface Recording {
  readonly path: string
  readonly file: string
  readonly line: LineSettings
  /** What to ask, when the device speaks only then. */
  readonly poll: Poll | null
  readonly seconds: number | null
}

/** Writes down what a port says, with its times, until it is told to stop. */
export async function record(args: readonly string[], streams: Streams): Promise<number> {
  const recording = recordingOf(args)
  const file = createWriteStream(recording.file, { flags: 'wx' })
  await once(file, 'open')
  const bytes = await write(recording, file)
  streams.out.write(JSON.stringify({ file: recording.file, port: recording.path, bytes }))
  return bytes > 0 ? EXIT.done : EXIT.findings
}

/** @throws UsageError */
function recordingOf(args: readonly string[]): Recording {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  const path = values.port ?? positionals[0]
  if (path === undefined || values.out === undefined)
    throw new UsageError('record needs a port and --out FILE')
  const asked = values.ask === undefined ? null : protocolNamed(values.ask)
  if (asked !== null && asked.poll === null)
    throw new UsageError(`${values.ask} is not asked: leave --ask out`)
  const line = values.line === undefined ? (asked?.line ?? USUAL) : parseLine(values.line)
  if (line === null) throw new UsageError(`--line is written as '9600 8N1', not '${values.line}'`)
  return {
    path,
    file: values.out,
    line: values.baud === undefined ? line : { ...line, baudRate: positiveInteger(values.baud, 'baud') },
    poll: asked?.poll ?? null,
    seconds: values.seconds === undefined ? null : positiveInteger(values.seconds, 'seconds'),
  }
}

const USUAL: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

function protocolNamed(name: string) {
  if (isScale(name)) return SCALE_PROTOCOLS[name]
  if (isReader(name)) return READER_PROTOCOLS[name]
  if (isIdReader(name)) throw new UsageError(`${name} is not recorded: what it answers is a person's`)
  throw new UsageError(`no protocol '${name}'; see canteen devices`)
}

/** @returns how many bytes the device sent. @throws Error of the system when the port cannot be opened. */
async function write({ path, line, poll, seconds }: Recording, file: WriteStream): Promise<number> {
  const ended = Promise.withResolvers<void>()
  const startedMs = systemTimers.monotonicMs()
  let heard = 0
  const note = (bytes: Uint8Array, sent: boolean): void => {
    file.write(chunkText({ atMs: systemTimers.monotonicMs() - startedMs, sent, bytes }))
  }
  file.write(captureHead(line, [`port ${path}`, `made ${new Date(systemClock.nowMs()).toISOString()}`]))
  const port = await nodeSerialBus().open(path, line, {
    onData: (bytes) => {
      heard += bytes.length
      note(bytes, false)
    },
    onLost: () => ended.resolve(),
  })
  const ask = (bytes: Uint8Array): void => {
    note(bytes, true)
    port.write(bytes)
  }
  for (const greeting of poll?.hello ?? []) ask(greeting)
  const cancels = [
    poll === null ? () => undefined : systemTimers.every(poll.periodMs, () => ask(poll.ask)),
    seconds === null ? () => undefined : systemTimers.after(seconds * 1000, () => ended.resolve()),
  ]
  process.once('SIGINT', ended.resolve)
  await ended.promise
  process.removeListener('SIGINT', ended.resolve)
  for (const cancel of cancels) cancel()
  await port.close()
  file.end()
  await once(file, 'finish')
  return heard
}
