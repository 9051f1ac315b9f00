import type { LineSettings, SerialBus, SerialEvents, SerialLine, Timers } from '../../station/deps.ts'
import { openPtyPair, stationEndOf, type PtyPair, type PtyPairPlace } from './pty-pair.ts'

/** A cable that can be plugged in and pulled out, seen from the device's side. */
export interface Wire {
  /** The path under which the station finds the device while the cable is in. */
  readonly stationPath: string
  plug(events: SerialEvents): Promise<SerialLine>
  unplug(): Promise<void>
}

const SETTINGS: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

/** A cable of two pseudo-terminals. Pulled out, the station's end is gone as with a USB adapter. */
export class PtyWire implements Wire {
  readonly stationPath: string
  readonly #bus: SerialBus
  readonly #timers: Timers
  readonly #place: PtyPairPlace
  #pair: PtyPair | null = null
  #line: SerialLine | null = null

  constructor(deps: { readonly bus: SerialBus; readonly timers: Timers }, place: PtyPairPlace) {
    this.#bus = deps.bus
    this.#timers = deps.timers
    this.#place = place
    this.stationPath = stationEndOf(place)
  }

  async plug(events: SerialEvents): Promise<SerialLine> {
    await this.unplug()
    const pair = await openPtyPair(this.#timers, this.#place)
    this.#pair = pair
    this.#line = await this.#bus.open(pair.deviceEnd, SETTINGS, events)
    return this.#line
  }

  async unplug(): Promise<void> {
    const [line, pair] = [this.#line, this.#pair]
    this.#line = null
    this.#pair = null
    await line?.close()
    await pair?.close()
  }
}
