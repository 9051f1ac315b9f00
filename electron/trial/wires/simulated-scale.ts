import { milligrams, type Milligrams } from '../../../shared/domain/units.ts'
import type { Cancel, ScaleConfig, Timers } from '../../station/deps.ts'
import { asciiBytes, LF } from '../../station/devices/protocols/bytes.ts'
import { mtSicsWeight, yaohuaFrame } from './frames.ts'
import { PluggedDevice } from './plugged-device.ts'
import { SETTLED_AFTER_MS, shownMg, swungMg, trembleMg } from './swing.ts'
import type { Wire } from './wire.ts'

export interface SimulatedScaleOptions {
  readonly timers: Timers
  readonly wire: Wire
  readonly protocol: ScaleConfig['protocol']
  readonly maxMg: Milligrams
  readonly divisionMg: Milligrams
  /** The next of a seeded row of numbers in [0, 1): the trembling of the load cell. */
  readonly noise: () => number
}

/** Twelve bytes at 9600 baud take 12.5 ms; the indicator sends them back to back. */
const YAOHUA_PERIOD_MS = 12.5
const YAOHUA_DECIMALS = 3
const MG_PER_GRAM = 1000
/** An MT-SICS scale thinks this long about an answer. */
const ANSWER_AFTER_MS = 15
const LONGEST_COMMAND = 64

const OVERLOAD = asciiBytes('S +\r\n')
const UNDERLOAD = asciiBytes('S -\r\n')
const BUSY = asciiBytes('S I\r\n')
const SYNTAX_ERROR = asciiBytes('ES\r\n')
const ZEROED = asciiBytes('Z A\r\n')
const SERIAL_NUMBER = asciiBytes('I4 A "SIMULATED"\r\n')

/**
 * A scale that speaks its real protocol through a wire. Everything it does follows from the options, the timers and the
 * hands that load it.
 */
export class SimulatedScale {
  readonly #options: SimulatedScaleOptions
  readonly #device: PluggedDevice
  readonly #stopSending: Cancel
  #fromMg = 0
  #loadMg: Milligrams = milligrams(0)
  #zeroMg = 0
  #changedMs: number
  #silent = false
  #busy = false
  #command = ''

  constructor(options: SimulatedScaleOptions) {
    this.#options = options
    this.#changedMs = options.timers.monotonicMs() - SETTLED_AFTER_MS
    this.#device = new PluggedDevice(options.wire, (bytes) => this.#hear(bytes))
    this.#stopSending =
      options.protocol === 'yaohua-stx12'
        ? options.timers.every(YAOHUA_PERIOD_MS, () => this.#sendFrame())
        : () => undefined
  }

  get plugged(): boolean {
    return this.#device.plugged
  }

  get loadMg(): Milligrams {
    return this.#loadMg
  }

  /** Whether the load still swings. */
  get moving(): boolean {
    return this.#elapsedMs() < SETTLED_AFTER_MS
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  unplug(): Promise<void> {
    return this.#device.unplug()
  }

  /** Puts this load on in place of the one before. It swings, then lies still. Negative: something was lifted off. */
  setLoad(loadMg: Milligrams): void {
    const now = this.#options.timers.monotonicMs()
    this.#fromMg = swungMg(this.#fromMg, this.#loadMg, this.#elapsedMs())
    this.#loadMg = loadMg
    this.#changedMs = now
  }

  /** More than the scale can carry. */
  overload(): void {
    this.setLoad(milligrams(this.#options.maxMg + 20 * this.#options.divisionMg))
  }

  /** The line stays open, and nothing is said: a scale that was switched off. */
  setSilent(silent: boolean): void {
    this.#silent = silent
  }

  /** MT-SICS answers that it has no weight now, as when somebody leans on the pan. */
  setBusy(busy: boolean): void {
    this.#busy = busy
  }

  /** Bytes that are no frame, or half of one. */
  sendRaw(bytes: Uint8Array): void {
    this.#device.send(bytes)
  }

  async close(): Promise<void> {
    this.#stopSending()
    await this.#device.unplug()
  }

  #elapsedMs(): number {
    return this.#options.timers.monotonicMs() - this.#changedMs
  }

  #shownMg(): Milligrams {
    const { divisionMg, noise } = this.#options
    const feltMg = swungMg(this.#fromMg, this.#loadMg, this.#elapsedMs()) - this.#zeroMg
    return milligrams(shownMg(feltMg + trembleMg(divisionMg, noise()), divisionMg))
  }

  #sendFrame(): void {
    if (this.#silent) return
    this.#device.send(yaohuaFrame(Math.round(this.#shownMg() / MG_PER_GRAM), YAOHUA_DECIMALS))
  }

  #hear(bytes: Uint8Array): void {
    if (this.#options.protocol === 'yaohua-stx12') return
    for (const byte of bytes) {
      this.#command = (this.#command + String.fromCharCode(byte)).slice(-LONGEST_COMMAND)
      if (byte !== LF) continue
      const command = this.#command.trim()
      this.#command = ''
      this.#options.timers.after(ANSWER_AFTER_MS, () => {
        if (!this.#silent) this.#device.send(this.#answerTo(command))
      })
    }
  }

  #answerTo(command: string): Uint8Array {
    switch (command) {
      case 'SI':
        return this.#weightNow()
      case 'S':
        return this.moving ? BUSY : this.#weightNow()
      case 'Z':
        this.#zeroMg = this.#loadMg
        return ZEROED
      case '@':
        return SERIAL_NUMBER
      default:
        return SYNTAX_ERROR
    }
  }

  #weightNow(): Uint8Array {
    const { maxMg, divisionMg } = this.#options
    if (this.#busy) return BUSY
    const weightMg = this.#shownMg()
    if (weightMg > maxMg + 9 * divisionMg) return OVERLOAD
    if (weightMg < -20 * divisionMg) return UNDERLOAD
    return mtSicsWeight(!this.moving, weightMg)
  }
}
