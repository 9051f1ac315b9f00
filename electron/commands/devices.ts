import { parseArgs } from 'node:util'
import { milligrams } from '../../shared/domain/units.ts'
import type { Log, ReaderConfig, ScaleConfig } from '../station/deps.ts'
import { openReader, openScale } from '../station/devices/devices.ts'
import type { DeviceHandle } from '../station/devices/open-device.ts'
import { printedNumbers } from '../station/devices/protocols/printed-numbers.ts'
import {
  ID_READER_PROTOCOLS,
  isReader,
  isScale,
  READER_PROTOCOLS,
  SCALE_PROTOCOLS,
} from '../station/devices/protocols/index.ts'
import type {
  IdReaderProtocol,
  ReaderProtocol,
  ScaleProtocol,
} from '../station/devices/protocols/protocol.ts'
import { nodeSerialBus } from '../station/devices/serial-bus.ts'
import { systemClock, systemTimers } from '../station/system.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { detect } from './devices/detect.ts'
import { record } from './devices/record.ts'
import { replay } from './devices/replay.ts'
import { positiveInteger, UsageError } from './usage.ts'

const HELP = `canteen devices
    Lists the serial ports and the protocols that the station speaks, as JSON.

canteen devices watch --port PATH --protocol NAME [--seconds N]
    Opens a device as the station would and prints one JSON line for each reading or card; at the end, on the error
    stream, its counters and the last bytes it sent. Without --seconds until Ctrl-C.

    --unit kg|g      unit of the scale's digits where the protocol does not say (what it usually is)
    --max KG         the scale's Max (15)
    --division G     the scale's division e (5)

canteen devices detect [--port PATH]... [--ask] [--json]
    Finds out what is plugged in: listens on each port, all at once, with every usual setting of the line, and prints as
    JSON what it proposes, why, and the piece for canteen.json. How far it is stands on the error stream, in words.
    Nothing is written to a port without --ask.

    --ask            asks in each known language: only where a scale or reader is known to be plugged in
    --json           one line of JSON and no words

canteen devices record PORT --out FILE [--line '9600 8N1'] [--baud N] [--ask PROTOCOL] [--seconds N]
    Writes down what a port says, with its times; docs/devices.md describes the file. Without --seconds until Ctrl-C.
    Nothing is written to the port without --ask, which asks as that protocol does.

canteen devices replay FILE [--station | --protocol NAME] [--speed N]
    Plays a capture, or the hexadecimal bytes that the station keeps for support, at its recorded speed through a whole
    station with the demo's menu, and prints each reading or card and what the counter's screen shows as JSON lines.

    --station        the scale or reader of this counter's canteen.json
    --protocol NAME  that protocol; without either, the one that the bytes fit best
    --speed N        so many times as fast (1)

Exit codes: 0 done · 1 nothing was recognised for sure · 2 usage · 3 the port cannot be opened, or the scale said nothing that could be understood.`

const OPTIONS = {
  port: { type: 'string' },
  protocol: { type: 'string' },
  seconds: { type: 'string' },
  unit: { type: 'string' },
  max: { type: 'string', default: '15' },
  division: { type: 'string', default: '5' },
} as const

type Watched =
  | { readonly kind: 'scale'; readonly config: ScaleConfig }
  | { readonly kind: 'reader'; readonly config: ReaderConfig }

interface Watch {
  readonly device: Watched
  readonly seconds: number | null
}

function watchOf(args: readonly string[]): Watch {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  if (values.port === undefined || values.protocol === undefined)
    throw new UsageError('watch needs --port and --protocol')
  const port = { path: values.port }
  const seconds = values.seconds === undefined ? null : positiveInteger(values.seconds, 'seconds')
  const { protocol } = values
  if (isReader(protocol)) return { device: { kind: 'reader', config: { protocol, port } }, seconds }
  const known = [...Object.keys(SCALE_PROTOCOLS), ...Object.keys(READER_PROTOCOLS)].join(', ')
  if (!isScale(protocol)) throw new UsageError(`no protocol '${protocol}'; known: ${known}`)
  const unit = values.unit ?? SCALE_PROTOCOLS[protocol].usualUnit
  if (unit !== 'kg' && unit !== 'g') throw new UsageError('--unit is kg or g')
  const divisionMg = milligrams(positiveInteger(values.division, 'division') * 1000)
  const profile = {
    scaleId: 'watch',
    maxMg: milligrams(positiveInteger(values.max, 'max') * 1_000_000),
    minMg: milligrams(20 * divisionMg),
    divisionMg,
    verifiedUntil: '9999-12-31',
  }
  return { device: { kind: 'scale', config: { protocol, port, profile, unit } }, seconds }
}

const described = (
  kind: 'scale' | 'reader' | 'id-reader',
  table: Readonly<Record<string, ScaleProtocol | ReaderProtocol | IdReaderProtocol>>,
): readonly object[] =>
  Object.entries(table).map(([name, { title, confidence, line, poll }]) => ({
    name,
    kind,
    title,
    confidence,
    line,
    polledEveryMs: poll?.periodMs ?? null,
  }))

async function list({ out, err }: Streams): Promise<number> {
  try {
    const ports = await nodeSerialBus().list()
    const protocols = [
      ...described('scale', SCALE_PROTOCOLS),
      ...described('reader', READER_PROTOCOLS),
      ...described('id-reader', ID_READER_PROTOCOLS),
    ]
    out.write(JSON.stringify({ ports, protocols }, null, 2))
    return EXIT.done
  } catch (error) {
    err.write(
      `canteen devices: ports cannot be listed: ${error instanceof Error ? error.message : String(error)}`,
    )
    return EXIT.unusable
  }
}

/** Opens the device and hands each event to `tell`. */
function openDevice(device: Watch['device'], log: Log, tell: (event: object) => void): DeviceHandle {
  const deps = { bus: nodeSerialBus(), timers: systemTimers, log }
  return device.kind === 'reader'
    ? openReader(deps, device.config, {
        onCard: (event) =>
          tell(event.kind === 'present' ? { ...event, printed: printedNumbers(event.uid) } : event),
      })
    : openScale(deps, device.config, { onReading: tell })
}

async function watch({ device, seconds }: Watch, { out, err }: Streams): Promise<number> {
  const ended = Promise.withResolvers<void>()
  const say = (event: string, data?: object): void => err.write(JSON.stringify({ event, ...data }))
  const handle = openDevice(device, { info: say, warn: say, error: say }, (event) => {
    out.write(JSON.stringify({ atMs: systemClock.nowMs(), ...event }))
    // A port that never opened will not open while we watch.
    if (handle.status().counters.opens === 0) ended.resolve()
  })
  const cancel = seconds === null ? () => undefined : systemTimers.after(seconds * 1000, ended.resolve)
  process.once('SIGINT', ended.resolve)
  await ended.promise
  process.removeListener('SIGINT', ended.resolve)
  cancel()
  const status = handle.status()
  await handle.close()
  err.write(JSON.stringify({ ...status, rawTail: handle.rawTail() }))
  const understood = device.kind === 'reader' || status.counters.frames > status.counters.refused
  return status.counters.opens > 0 && understood ? EXIT.done : EXIT.unusable
}

const VERBS: Readonly<Record<string, (args: readonly string[], streams: Streams) => Promise<number>>> = {
  watch: async (args, streams) => watch(watchOf(args), streams),
  detect,
  record,
  replay,
}

async function run(args: readonly string[], streams: Streams): Promise<number> {
  const [verb, ...rest] = args
  if (verb === undefined) return list(streams)
  try {
    const act = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (act === undefined) throw new UsageError(`there is no '${verb}'`)
    return await act(rest, streams)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    streams.err.write(`canteen devices: ${error.message}`)
    return EXIT.usage
  }
}

export const devices: Command = {
  summary: 'finds out what is plugged in; prints, records and replays what it says',
  help: HELP,
  run,
}
