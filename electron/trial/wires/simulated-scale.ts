import { milligrams, type Milligrams } from '../../../shared/domain/units.ts'
import type { Cancel, ScaleConfig, Timers } from '../../station/deps.ts'
import { PluggedDevice } from './plugged-device.ts'
import { SETTLED_AFTER_MS, shownMg, swungMg, trembleMg } from './swing.ts'
import { SCALE_VOICES } from './voices/index.ts'
import type { ScaleVoice, Shown } from './voices/voice.ts'
import type { Wire } from './wire.ts'

export interface SimulatedScaleOptions {
  readonly timers: Timers
  readonly wire: Wire
  readonly protocol: ScaleConfig['protocol']
  /** What its protocol alone does not say, such as its address on a line; the protocol's usual one otherwise. */
  readonly voice?: ScaleVoice
  readonly maxMg: Milligrams
  readonly divisionMg: Milligrams
  /** The next of a seeded row of numbers in [0, 1): the trembling of the load cell. */
  readonly noise: () => number
}

/** A polled scale thinks this long about an answer. */
const ANSWER_AFTER_MS = 15
const LONGEST_REQUEST = 64

/**
 * A scale that speaks its real protocol through a wire. Everything it does follows from the options, the timers and the
 * hands that load it.
 */
export class SimulatedScale {
  readonly #options: SimulatedScaleOptions
  readonly #voice: ScaleVoice
  readonly #device: PluggedDevice
  readonly #stopSending: Cancel
  #fromMg = 0
  #loadMg: Milligrams = milligrams(0)
  #zeroMg = 0
  #tareMg = 0
  #changedMs: number
  #silent = false
  #busy = false
  #received: Uint8Array = new Uint8Array()

  constructor(options: SimulatedScaleOptions) {
    this.#options = options
    const voice = options.voice ?? SCALE_VOICES[options.protocol]
    this.#voice = voice
    this.#changedMs = options.timers.monotonicMs() - SETTLED_AFTER_MS
    this.#device = new PluggedDevice(options.wire, (bytes) => this.#hear(bytes))
    this.#stopSending =
      voice.kind === 'talks'
        ? options.timers.every(voice.everyMs, () => this.#say(voice.frame(this.#shown())))
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

  /** Where the protocol has a word for it, the scale has no weight now, as when somebody leans on the pan. */
  setBusy(busy: boolean): void {
    this.#busy = busy
  }

  /** The tare key of the scale itself: what lies there now is taken off what it shows. */
  pressTare(): void {
    this.#tareMg = this.#loadMg
  }

  clearTare(): void {
    this.#tareMg = 0
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

  #shown(): Shown {
    const { divisionMg, maxMg, noise } = this.#options
    const feltMg = swungMg(this.#fromMg, this.#loadMg, this.#elapsedMs()) - this.#zeroMg - this.#tareMg
    const weightMg = milligrams(shownMg(feltMg + trembleMg(divisionMg, noise()), divisionMg))
    const range = weightMg > maxMg + 9 * divisionMg ? 'over' : weightMg < -20 * divisionMg ? 'under' : 'in'
    return { weightMg, stable: !this.moving, net: this.#tareMg !== 0, range, busy: this.#busy }
  }

  #say(bytes: Uint8Array | null): void {
    if (!this.#silent && bytes !== null) this.#device.send(bytes)
  }

  #hear(bytes: Uint8Array): void {
    const voice = this.#voice
    if (voice.kind === 'talks') return
    this.#received = Buffer.concat([this.#received, bytes]).subarray(-LONGEST_REQUEST)
    const keys = {
      zero: () => {
        this.#zeroMg = this.#loadMg
      },
    }
    for (let length = voice.requestLength(this.#received); length > 0;) {
      const request = Uint8Array.from(this.#received.subarray(0, length))
      this.#received = this.#received.subarray(length)
      this.#options.timers.after(ANSWER_AFTER_MS, () => this.#say(voice.answer(request, this.#shown(), keys)))
      length = voice.requestLength(this.#received)
    }
  }
}
