import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { openCounterBook } from '../../station/counter-book.ts'
import type { StationConfig, Timers } from '../../station/deps.ts'
import { CAPTURE_PATH, CaptureBus } from '../../station/devices/capture/capture-bus.ts'
import { CaptureError, heardIn, parseCapture, type Capture } from '../../station/devices/capture/capture.ts'
import { LANGUAGES } from '../../station/devices/detect/languages.ts'
import { ranked } from '../../station/devices/detect/ranking.ts'
import { openReader, openScale } from '../../station/devices/devices.ts'
import { isReader, isScale, SCALE_PROTOCOLS } from '../../station/devices/protocols/index.ts'
import { silentLog } from '../../station/log.ts'
import { createStation } from '../../station/station.ts'
import { systemClock, systemIds, systemRandom, systemTimers } from '../../station/system.ts'
import { trialConfig } from '../../trial/config.ts'
import { seedDemo } from '../../trial/demo/seed.ts'
import { EXIT, type Streams } from '../command.ts'
import { dataPlace } from '../data.ts'
import { positiveInteger, UsageError } from '../usage.ts'

const OPTIONS = {
  station: { type: 'boolean', default: false },
  protocol: { type: 'string' },
  speed: { type: 'string', default: '1' },
} as const

/** After the last byte the counter goes on this long, so that one sees what silence does. */
const AFTERWARDS_MS = 2000

type Devices = Pick<StationConfig, 'scale' | 'reader'>

/** Plays a capture through a whole station with the demo's menu and cards, on a book that is thrown away. */
export async function replay(args: readonly string[], streams: Streams): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  const [file] = positionals
  if (file === undefined) throw new UsageError('replay needs a FILE')
  const capture = captureIn(file)
  const config = { ...trialConfig(null), ...devicesFor(capture, values) }
  const timers = faster(systemTimers, positiveInteger(values.speed, 'speed'))
  const folder = mkdtempSync(join(tmpdir(), 'canteen-replay-'))
  try {
    return await play(capture, config, timers, folder, streams)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @throws UsageError */
function captureIn(file: string): Capture {
  try {
    return parseCapture(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(`${file}: ${error.message}`)
    throw error
  }
}

/** The counter's own scale or reader, the protocol that was named, or the one that the bytes speak. @throws UsageError */
function devicesFor(
  capture: Capture,
  { station, protocol }: { readonly station: boolean; readonly protocol?: string | undefined },
): Devices {
  const port = { path: CAPTURE_PATH }
  if (station && protocol !== undefined) throw new UsageError('--station and --protocol exclude each other')
  const name = protocol ?? recognised(capture)
  const own = station ? dataPlace().config : null
  if (own?.reader?.protocol === name) return { scale: null, reader: { ...own.reader, port } }
  if (own !== null) {
    if (own.scale === null) throw new UsageError('canteen.json names no scale')
    return { scale: { ...own.scale, port }, reader: null }
  }
  if (isReader(name)) return { scale: null, reader: { protocol: name, port } }
  if (!isScale(name)) throw new UsageError(`no protocol '${name}'; see canteen devices`)
  const { scale } = trialConfig({ scalePath: CAPTURE_PATH, readerPath: CAPTURE_PATH })
  return {
    scale: scale === null ? null : { ...scale, protocol: name, unit: SCALE_PROTOCOLS[name].usualUnit },
    reader: null,
  }
}

/** @throws UsageError when nobody understands the bytes. */
function recognised(capture: Capture): string {
  const [best] = ranked(heardIn(capture), capture.line, LANGUAGES, false)
  if (best === undefined) throw new UsageError('no protocol fits these bytes; name one with --protocol')
  return best.candidate.protocol
}

async function play(
  capture: Capture,
  config: StationConfig,
  timers: Timers,
  folder: string,
  { out }: Streams,
): Promise<number> {
  const bus = new CaptureBus(capture, timers)
  const book = openCounterBook({ folder, config, log: silentLog })
  seedDemo(book, systemIds)
  const startedMs = timers.monotonicMs()
  const say = (what: object): void =>
    out.write(JSON.stringify({ atMs: Math.round(timers.monotonicMs() - startedMs), ...what }))
  let heard = 0
  const station = createStation({
    clock: systemClock,
    timers,
    ids: systemIds,
    log: silentLog,
    serialBus: bus,
    book,
    calendar: CHINA_CALENDAR,
    config,
    trial: true,
    version: 'replay',
    dataFolder: folder,
    printer: null,
    request: () => Promise.reject(new TypeError('a replay has no network')),
    startBackup: null,
    random: systemRandom,
  })
  const device = listen({ bus, timers }, config, (event) => {
    heard += 1
    say(event)
  })
  const leaving = new AbortController()
  const shown = showing(station.counter.view.watch(leaving.signal), (screen) => say({ screen }))
  const over = Promise.withResolvers<void>()
  void bus.played.then(() => timers.after(AFTERWARDS_MS, over.resolve))
  process.once('SIGINT', over.resolve)
  await over.promise
  process.removeListener('SIGINT', over.resolve)
  leaving.abort()
  await Promise.all([shown, device.close(), station.stop()])
  return heard > 0 ? EXIT.done : EXIT.findings
}

/** Opens the device a second time, for its readings and cards as they are. */
function listen(
  deps: { readonly bus: CaptureBus; readonly timers: Timers },
  { scale, reader }: Devices,
  tell: (event: object) => void,
): { close(): Promise<void> } {
  const all = { ...deps, log: silentLog }
  if (reader !== null) return openReader(all, reader, { onCard: (card) => tell({ card }) })
  if (scale !== null) return openScale(all, scale, { onReading: (reading) => tell({ reading }) })
  return { close: () => Promise.resolve() }
}

/** Prints what a person would see change. */
async function showing(views: AsyncIterable<CounterView>, tell: (screen: object) => void): Promise<void> {
  let before = ''
  for await (const { phase, scale, weighing, lines, totalFen, member, trouble } of views) {
    const screen = { phase, scale, weighing, lines, totalFen, member, trouble }
    const drawn = JSON.stringify(screen)
    if (drawn !== before) tell(screen)
    before = drawn
  }
}

/** The same time, passing so many times as fast. */
const faster = (timers: Timers, speed: number): Timers => ({
  monotonicMs: () => timers.monotonicMs() * speed,
  after: (delayMs, run) => timers.after(delayMs / speed, run),
  every: (periodMs, run) => timers.every(periodMs / speed, run),
})
