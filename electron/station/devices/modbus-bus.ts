import type { PortName, LineSettings, ScaleConfig, ScaleListener } from '../deps.ts'
import type { DeviceDeps, DeviceStatus } from './open-device.ts'
import { HeardScale } from './heard-scale.ts'
import { Line } from './line.ts'
import type { LineAnswer } from './line-session.ts'
import { readRequest, transmitter, writeRequest } from './protocols/modbus/transmitter.ts'
import type { ModbusSlave } from './protocols/modbus/register-map.ts'
import { modbusRtu } from './protocols/scales/modbus-rtu.ts'

/** No slave is read more often than this, however few there are. */
const ROUND_MS = 100
/** At 9600 baud question and answer take 20 ms on the wire; a transmitter thinks for 5 to 50 more. */
const REPLY_TIMEOUT_MS = 120
/** Three and a half characters at 9600 baud: where a frame ends. */
const GAP_MS = 4
/** Questions in a row without an answer until a slave counts as gone. */
const MOST_MISSES = 3
/** One that is gone is asked this seldom, so that it costs the others a tenth of their time and no more. */
const ASK_LOST_EVERY_MS = 1200
/** A line on which nobody answers has its port opened anew. */
const REOPEN_SILENT_LINE_MS = 5000

/** One scale on the line; its weight goes to `listener`. */
export interface BusScale extends ModbusSlave, Pick<ScaleConfig, 'profile' | 'unit' | 'alwaysNet'> {
  readonly listener: ScaleListener
}

/** What the bus knows of one slave. */
class Station {
  readonly scale: BusScale
  readonly heard: HeardScale
  readonly request: Uint8Array
  timeouts = 0
  misses = 0
  askAgainMs = 0

  constructor(deps: DeviceDeps, scale: BusScale) {
    this.scale = scale
    this.request = readRequest(scale)
    const protocol = {
      ...transmitter(scale),
      poll: { ask: this.request, periodMs: ROUND_MS, replyTimeoutMs: 0 },
    }
    this.heard = new HeardScale(deps, protocol, { ...scale, protocol: 'modbus-rtu' }, scale.listener)
  }

  get lost(): boolean {
    return this.misses >= MOST_MISSES
  }

  missed(nowMs: number): void {
    this.timeouts += 1
    this.misses += 1
    this.askAgainMs = nowMs + ASK_LOST_EVERY_MS
    if (this.misses === MOST_MISSES) this.heard.lost()
  }
}

/**
 * Several transmitters on one line, each a scale of its own. One question is outstanding; its answer is known by address,
 * function and length, and anything else is dropped. A slave that is silent for three questions is `disconnected`, and is
 * asked now and then until it is back; the others go on.
 */
export class ModbusBus {
  readonly #deps: DeviceDeps
  readonly #stations: readonly Station[]
  readonly #writes: { readonly station: Station; readonly request: Uint8Array }[] = []
  readonly #line: Line
  #turn = 0
  #asked: Station | null = null

  /** @throws RangeError without scales, or for an address twice. */
  constructor(
    deps: DeviceDeps,
    place: { readonly port: PortName; readonly line?: Partial<LineSettings> },
    scales: readonly BusScale[],
  ) {
    this.#deps = deps
    this.#stations = scales.map((scale) => new Station(deps, scale))
    if (scales.length === 0 || new Set(scales.map(({ slave }) => slave)).size !== scales.length)
      throw new RangeError('a line has at least one slave, and each its own address')
    this.#line = new Line(deps, {
      device: 'scale',
      port: place.port,
      settings: { ...modbusRtu.line, ...place.line },
      poll: {
        ask: () => this.#ask(),
        periodMs: Math.ceil(ROUND_MS / scales.length),
        gapMs: GAP_MS,
        replyTimeoutMs: REPLY_TIMEOUT_MS,
      },
      reopenAfterSilenceMs: REOPEN_SILENT_LINE_MS,
      deafAfterOpenMs: 0,
      onOpen: (nowMs) => {
        this.#asked = null
        for (const { heard } of this.#stations) heard.opened(nowMs)
      },
      beforePoll: () => undefined,
      onBytes: (bytes, nowMs) => this.#hear(bytes, nowMs),
      onDown: () => {
        this.#asked = null
        this.#writes.length = 0
        for (const { heard } of this.#stations) heard.lost()
      },
    })
  }

  /** Frees the port. Nothing is delivered from the call on. */
  close(): Promise<void> {
    for (const { heard } of this.#stations) heard.close()
    return this.#line.close()
  }

  /** @throws RangeError for an address that is not on this line. */
  status(slave: number): DeviceStatus {
    const { heard, timeouts, lost } = this.#stationAt(slave)
    return {
      protocol: 'modbus-rtu',
      port: this.#line.path,
      state: heard.state,
      connected: this.#line.path !== null && !lost,
      problem: this.#line.problem ?? (lost ? 'the slave does not answer' : heard.problem),
      counters: { ...this.#line.counters, ...heard.counters, timeouts },
    }
  }

  /** Presses a key from afar, as soon as the line is free. @returns false where the map has no such register. */
  press(slave: number, key: 'zero' | 'tare'): boolean {
    const station = this.#stationAt(slave)
    const write = station.scale.map[key]
    if (write === undefined) return false
    this.#writes.push({ station, request: writeRequest(slave, write) })
    return true
  }

  /** The last bytes of the whole line. */
  rawTail(): string {
    return this.#line.rawTail()
  }

  #ask(): Uint8Array {
    const nowMs = this.#deps.timers.monotonicMs()
    this.#asked?.missed(nowMs)
    const write = this.#writes.shift()
    const station = write?.station ?? this.#nextStation(nowMs)
    station.heard.forgetPartial()
    this.#asked = station
    return write?.request ?? station.request
  }

  #hear(bytes: Uint8Array, nowMs: number): LineAnswer {
    if (this.#asked === null || this.#asked.heard.take(bytes, nowMs) === 'wait') return 'wait'
    this.#asked.misses = 0
    this.#asked = null
    return 'over'
  }

  /** Round and round; of those that are gone only the one whose time has come. */
  #nextStation(nowMs: number): Station {
    const stations = this.#stations
    for (let step = 0; step < stations.length; step += 1) {
      const station = stations[(this.#turn + step) % stations.length]
      if (station === undefined || (station.lost && nowMs < station.askAgainMs)) continue
      this.#turn = (this.#turn + step + 1) % stations.length
      return station
    }
    return stations.reduce((first, other) => (other.askAgainMs < first.askAgainMs ? other : first))
  }

  #stationAt(slave: number): Station {
    const station = this.#stations.find(({ scale }) => scale.slave === slave)
    if (station === undefined) throw new RangeError(`slave ${slave} is not on this line`)
    return station
  }
}
