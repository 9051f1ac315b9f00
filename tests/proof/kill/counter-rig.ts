import { setTimeout as pause } from 'node:timers/promises'
import { nodeSerialBus } from '../../../electron/station/devices/serial-bus.ts'
import { systemTimers } from '../../../electron/station/system.ts'
import { SimulatedReader } from '../../../electron/trial/wires/simulated-reader.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { PtyWire } from '../../../electron/trial/wires/wire.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'
import type { Random } from '../../fixtures/random.ts'
import { startStation, type RunningStation } from '../../fixtures/running-station.ts'
import { compiledRecorder } from '../power-cut/recording.ts'
import { ORIGIN_ID } from '../till.ts'

/** As a worn memory card: long enough for kills to fall between COMMIT and the answer on the screen. */
const FLUSH_DELAY_US = '30000'

/** How long a counter may take for one step, on a machine that is busy with other tests. */
const LONGEST_STEP_MS = 30_000

/** A scale and a reader on pseudo-terminals that stay plugged in while stations come and go. */
export interface Devices {
  readonly scale: SimulatedScale
  readonly reader: SimulatedReader
  close(): Promise<void>
}

/** Wires the devices up and writes the configuration that names them into the data folder. */
export async function plugDevices(folder: string, data: string, random: Random): Promise<Devices> {
  const wire = (name: string): PtyWire =>
    new PtyWire({ bus: nodeSerialBus(), timers: systemTimers }, { folder, name })
  const scaleWire = wire('scale')
  const readerWire = wire('reader')
  writeCanteenFile(data, {
    stationId: ORIGIN_ID,
    scalePath: scaleWire.stationPath,
    readerPath: readerWire.stationPath,
  })
  const scale = new SimulatedScale({
    timers: systemTimers,
    wire: scaleWire,
    protocol: 'yaohua-stx12',
    maxMg: milligrams(6_000_000),
    divisionMg: milligrams(2_000),
    noise: () => random.integer(0, 999) / 1000,
  })
  const reader = new SimulatedReader({ timers: systemTimers, wire: readerWire })
  await Promise.all([scale.plug(), reader.plug()])
  return {
    scale,
    reader,
    async close() {
      await Promise.all([scale.close(), reader.close()])
    },
  }
}

/** A station process seen through its contract: the newest view of the counter, and its end. */
export class WatchedStation {
  readonly #station: RunningStation
  #view: CounterView | null = null
  #ended = false
  #streamError: unknown = null
  #changed = Promise.withResolvers<void>()

  private constructor(station: RunningStation) {
    this.#station = station
    void this.#watch()
    void station.exited.then(() => {
      this.#ended = true
      this.#wake()
    })
  }

  static async start(data: string): Promise<WatchedStation> {
    const slowDisk = { LD_PRELOAD: compiledRecorder(), RECORDER_SYNC_DELAY_US: FLUSH_DELAY_US }
    return new WatchedStation(await startStation(data, undefined, slowDisk))
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Ends the process at once, as `kill -9` does. */
  kill(): void {
    this.#station.life.kill()
  }

  async stop(): Promise<void> {
    await this.#station.stop()
  }

  get exited(): Promise<unknown> {
    return this.#station.exited
  }

  /**
   * The first view that fits, or null when the station ended before.
   *
   * @throws Error when nothing fits for too long: a counter that hangs is a failure.
   */
  async until(fits: (view: CounterView) => boolean, what: string): Promise<CounterView | null> {
    const tooLate = Promise.withResolvers<'too late'>()
    const timer = setTimeout(() => tooLate.resolve('too late'), LONGEST_STEP_MS)
    try {
      for (;;) {
        if (this.#ended) return null
        if (this.#view !== null && fits(this.#view)) return this.#view
        if ((await Promise.race([this.#changed.promise, tooLate.promise])) === 'too late')
          throw new Error(`the counter never came to ${what}. ${await this.#lastWords()}`)
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /** For the report: a station that stands still, or one whose stream does. */
  async #lastWords(): Promise<string> {
    const answer = await Promise.race([
      this.#station.client.station.health().then((health) => JSON.stringify(health), String),
      pause(3000).then(() => 'no answer'),
    ])
    return `Its view: ${JSON.stringify(this.#view)}. Its stream: ${String(this.#streamError)}. Its health: ${answer}`
  }

  async #watch(): Promise<void> {
    try {
      for await (const view of await this.#station.client.counter.watch()) {
        this.#view = view
        this.#wake()
      }
    } catch (error) {
      // A killed station cannot end its streams in order. One that lives on without them stands still, and is reported.
      this.#streamError = error
    }
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}
