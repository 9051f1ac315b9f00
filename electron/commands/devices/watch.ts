import { parseArgs } from 'node:util'
import type { IdCard } from '../../../shared/domain/id-card.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import type { IdReaderConfig, Log, ReaderConfig, ScaleConfig } from '../../station/deps.ts'
import { openIdReader, openReader, openScale } from '../../station/devices/devices.ts'
import type { DeviceHandle } from '../../station/devices/open-device.ts'
import { printedNumbers } from '../../station/devices/protocols/printed-numbers.ts'
import {
  ID_READER_PROTOCOLS,
  isIdReader,
  isReader,
  isScale,
  READER_PROTOCOLS,
  SCALE_PROTOCOLS,
} from '../../station/devices/protocols/index.ts'
import { nodeSerialBus } from '../../station/devices/serial-bus.ts'
import { maskIdNumber, maskName } from '../../station/members/masking.ts'
import { systemClock, systemTimers } from '../../station/system.ts'
import { EXIT, type Streams } from '../command.ts'
import { dataPlace } from '../data.ts'
import { positiveInteger, UsageError } from '../usage.ts'

const OPTIONS = {
  port: { type: 'string' },
  protocol: { type: 'string' },
  configured: { type: 'string' },
  seconds: { type: 'string' },
  unit: { type: 'string' },
  max: { type: 'string', default: '15' },
  division: { type: 'string', default: '5' },
} as const

type Options = ReturnType<typeof parseArgs<{ readonly options: typeof OPTIONS }>>['values']

type Watched =
  | { readonly kind: 'scale'; readonly config: ScaleConfig }
  | { readonly kind: 'reader'; readonly config: ReaderConfig }
  | { readonly kind: 'id-reader'; readonly config: IdReaderConfig }

/** Opens one device, and prints what it says until it is told to end. @throws UsageError */
export async function watch(args: readonly string[], { out, err }: Streams): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const seconds = values.seconds === undefined ? null : positiveInteger(values.seconds, 'seconds')
  const device = values.configured === undefined ? namedDevice(values) : configuredDevice(values)
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
  // A card reader may rightly have said nothing.
  const understood = device.kind === 'reader' || status.counters.frames > status.counters.refused
  return status.counters.opens > 0 && understood ? EXIT.done : EXIT.unusable
}

function namedDevice(values: Options): Watched {
  if (values.port === undefined || values.protocol === undefined)
    throw new UsageError('watch needs --port and --protocol, or --configured')
  const port = { path: values.port }
  const { protocol } = values
  if (isReader(protocol)) return { kind: 'reader', config: { protocol, port } }
  if (isIdReader(protocol)) return { kind: 'id-reader', config: { protocol, port } }
  if (!isScale(protocol)) {
    const known = [SCALE_PROTOCOLS, READER_PROTOCOLS, ID_READER_PROTOCOLS].flatMap((table) =>
      Object.keys(table),
    )
    throw new UsageError(`no protocol '${protocol}'; known: ${known.join(', ')}`)
  }
  if (protocol === 'modbus-rtu')
    throw new UsageError('modbus-rtu needs the slave and the map of canteen.json: --configured scale')
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
  return { kind: 'scale', config: { protocol, port, profile, unit } }
}

function configuredDevice({ configured, port, protocol }: Options): Watched {
  if (port !== undefined || protocol !== undefined)
    throw new UsageError('--configured stands in place of --port and --protocol')
  const { scale, reader, idReader = null } = dataPlace().config
  if (configured === 'scale' && scale !== null) return { kind: 'scale', config: scale }
  if (configured === 'reader' && reader !== null) return { kind: 'reader', config: reader }
  if (configured === 'id-reader' && idReader !== null) return { kind: 'id-reader', config: idReader }
  if (configured === 'scale' || configured === 'reader' || configured === 'id-reader')
    throw new UsageError(`canteen.json names no ${configured} on a port`)
  throw new UsageError('--configured is scale, reader or id-reader')
}

/** Opens the device and hands each event to `tell`. */
function openDevice(device: Watched, log: Log, tell: (event: object) => void): DeviceHandle {
  const deps = { bus: nodeSerialBus(), timers: systemTimers, log }
  switch (device.kind) {
    case 'scale':
      return openScale(deps, device.config, { onReading: tell })
    case 'reader':
      return openReader(deps, device.config, {
        onCard: (event) =>
          tell(event.kind === 'present' ? { ...event, printed: printedNumbers(event.uid) } : event),
      })
    case 'id-reader': {
      let answers = false
      return openIdReader(deps, device.config, {
        onConnection: (connected) => {
          answers = false
          tell({ kind: connected ? 'connected' : 'disconnected' })
        },
        onAnswer: () => {
          if (!answers) tell({ kind: 'answers' })
          answers = true
        },
        onIdCard: (card) => tell(maskedCard(card)),
      })
    }
  }
}

/** Enough to hold it against the card in one's hand, too little to know the holder by (SPEC ME-8). */
const maskedCard = ({ type, name, idNumber, validTo }: IdCard): object => ({
  kind: 'id-card',
  type,
  name: maskName(name),
  idNumber: maskIdNumber(idNumber),
  validTo,
})
