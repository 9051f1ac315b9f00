import { milligrams } from '../../shared/domain/units.ts'
import { mtSicsWeight, yaohuaFrame } from '../../electron/trial/wires/frames.ts'
import { shownMg } from '../../electron/trial/wires/swing.ts'
import type { ScaleConfig } from '../../electron/station/deps.ts'
import { asciiBytes } from '../../electron/station/devices/protocols/bytes.ts'
import type { Random } from '../fixtures/random.ts'
import type { SimulatedBus } from './bus.ts'
import type { Scheduler } from './scheduler.ts'

export const SCALE_USB_PATH = 'pci-0000:00:14.0-usb-0:1:1.0-port0'

/** Twelve bytes at 1200 baud take 100 ms: the slowest indicator, and the cheapest to simulate. */
const YAOHUA_PERIOD_MS = 125
const YAOHUA_DECIMALS = 3
const ANSWER_AFTER_MS = 15
/** A well damped load cell: it overshoots and comes back, and then lies still. */
const SETTLED_AFTER_MS = 400
const MG_PER_GRAM = 1000

const OVERLOAD = asciiBytes('S +\r\n')
const UNDERLOAD = asciiBytes('S -\r\n')
const BUSY = asciiBytes('S I\r\n')
const POLL = 'SI'

/** A scale on the simulated bus: a load that swings and comes to rest, and a protocol that tells of it. */
export class SimulatedScale {
  readonly #scheduler: Scheduler
  readonly #bus: SimulatedBus
  readonly #random: Random
  readonly #config: ScaleConfig
  #fromMg = 0
  #loadMg = 0
  #changedMs = Number.NEGATIVE_INFINITY
  #command = ''
  #stop: () => void = () => undefined
  /** What a drifted zero or a lifted pan adds to every weight. */
  zeroErrorMg = 0
  /** Somebody leans on the counter: the load never comes to rest. */
  shaken = false
  /** Switched off, with its cable still in. */
  silent = false
  /** MT-SICS only: cannot weigh now. */
  busy = false

  constructor(scheduler: Scheduler, bus: SimulatedBus, random: Random, config: ScaleConfig) {
    this.#scheduler = scheduler
    this.#bus = bus
    this.#random = random
    this.#config = config
    this.plug()
    if (config.protocol === 'yaohua-stx12')
      this.#stop = scheduler.every(YAOHUA_PERIOD_MS, 'scale', () => this.#sendFrame())
  }

  /** What truly lies on it. */
  get loadMg(): number {
    return this.#loadMg
  }

  setLoad(loadMg: number): void {
    this.#fromMg = this.#swungMg()
    this.#loadMg = loadMg
    this.#changedMs = this.#scheduler.nowMs
  }

  plug(): void {
    this.#bus.plug({ usbPath: SCALE_USB_PATH, cause: 'scale', hear: (bytes) => this.#hear(bytes) })
  }

  unplug(how: 'said' | 'silently'): void {
    this.#bus.pull(SCALE_USB_PATH, how)
  }

  /** Taken off the counter for good. */
  remove(): void {
    this.#stop()
    this.unplug('silently')
  }

  #elapsedMs(): number {
    return this.#scheduler.nowMs - this.#changedMs
  }

  #swungMg(): number {
    const elapsedMs = this.#elapsedMs()
    if (elapsedMs >= SETTLED_AFTER_MS) return this.#loadMg
    const rest = 1 - elapsedMs / SETTLED_AFTER_MS
    return this.#loadMg + (this.#fromMg - this.#loadMg) * rest * rest * Math.cos(elapsedMs / 40)
  }

  #shownMg(): number {
    const { divisionMg } = this.#config.profile
    const shakeMg = this.shaken ? this.#random.integer(-30, 30) * divisionMg : 0
    const feltMg = this.#swungMg() + this.zeroErrorMg + shakeMg
    return shownMg(feltMg, divisionMg)
  }

  #sendFrame(): void {
    if (this.silent) return
    const digits = Math.round(this.#shownMg() / MG_PER_GRAM)
    this.#bus.send(SCALE_USB_PATH, yaohuaFrame(digits, YAOHUA_DECIMALS))
  }

  #hear(bytes: Uint8Array): void {
    if (this.#config.protocol === 'yaohua-stx12') return
    for (const byte of bytes) {
      if (byte !== 0x0a) {
        this.#command = (this.#command + String.fromCharCode(byte)).slice(-16)
        continue
      }
      const asked = this.#command.trim() === POLL
      this.#command = ''
      if (asked) this.#scheduler.after(ANSWER_AFTER_MS, 'scale', () => this.#answer())
    }
  }

  #answer(): void {
    if (!this.silent) this.#bus.send(SCALE_USB_PATH, this.#weightNow())
  }

  #weightNow(): Uint8Array {
    const { maxMg, divisionMg } = this.#config.profile
    if (this.busy) return BUSY
    const weightMg = this.#shownMg()
    if (weightMg > maxMg + 9 * divisionMg) return OVERLOAD
    if (weightMg < -20 * divisionMg) return UNDERLOAD
    const stable = !this.shaken && this.#elapsedMs() >= SETTLED_AFTER_MS
    return mtSicsWeight(stable, milligrams(weightMg))
  }
}
