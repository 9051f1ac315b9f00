import { ID_READER_PROTOCOLS, READER_PROTOCOLS, SCALE_PROTOCOLS } from '../station/devices/protocols/index.ts'
import type {
  IdReaderProtocol,
  ReaderProtocol,
  ScaleProtocol,
} from '../station/devices/protocols/protocol.ts'
import { nodeSerialBus } from '../station/devices/serial-bus.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { detect } from './devices/detect.ts'
import { record } from './devices/record.ts'
import { replay } from './devices/replay.ts'
import { watch } from './devices/watch.ts'
import { UsageError } from './usage.ts'

const HELP = `canteen devices
    Lists the serial ports and the protocols that the station speaks, as JSON.

canteen devices watch --port PATH --protocol NAME [--seconds N]
canteen devices watch --configured scale|reader|id-reader [--seconds N]
    Opens a device as the station would and prints one JSON line for each reading or card; at the end, on the error
    stream, its counters and the last bytes it sent. Without --seconds until Ctrl-C. Of an ID card it prints name and
    number masked, and no byte.

    --configured     the counter's own, with everything that canteen.json says of it
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

const VERBS: Readonly<Record<string, (args: readonly string[], streams: Streams) => Promise<number>>> = {
  watch,
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
