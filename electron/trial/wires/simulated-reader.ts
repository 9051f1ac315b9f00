import type { Cancel, Timers } from '../../station/deps.ts'
import { cardFrame } from './frames.ts'
import { PluggedDevice } from './plugged-device.ts'
import type { Wire } from './wire.ts'

export interface SimulatedReaderOptions {
  readonly timers: Timers
  readonly wire: Wire
  readonly form?: 'rdm6300' | 'id-12'
}

/** How often an RDM6300 repeats a card that lies on it. */
const REPEAT_MS = 65
const TAP_MS = 600

/** A card reader that speaks RDM6300 or ID-12 through a wire. Card numbers are ten hexadecimal digits. */
export class SimulatedReader {
  readonly #timers: Timers
  readonly #form: 'rdm6300' | 'id-12'
  readonly #device: PluggedDevice
  #cards: readonly string[] = []
  #turn = 0
  #stopRepeating: Cancel = () => undefined
  #stopTap: Cancel = () => undefined

  constructor(options: SimulatedReaderOptions) {
    this.#timers = options.timers
    this.#form = options.form ?? 'rdm6300'
    this.#device = new PluggedDevice(options.wire, () => undefined)
  }

  get plugged(): boolean {
    return this.#device.plugged
  }

  /** What lies on the reader now. */
  get cards(): readonly string[] {
    return this.#cards
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  unplug(): Promise<void> {
    return this.#device.unplug()
  }

  /** Puts these cards on the reader in place of those before; several are read in turns. They stay until `lift`. */
  lay(...uids: readonly string[]): void {
    this.lift()
    this.#cards = uids
    if (uids.length === 0) return
    this.#sendNext()
    this.#stopRepeating = this.#timers.every(REPEAT_MS, () => this.#sendNext())
  }

  lift(): void {
    this.#stopTap()
    this.#stopRepeating()
    this.#cards = []
  }

  /** A card held against the reader for a moment. */
  tap(uid: string, forMs = TAP_MS): void {
    this.lay(uid)
    this.#stopTap = this.#timers.after(forMs, () => this.lift())
  }

  /** One frame with a good checksum and no card behind it: what readers pick up from the air. */
  ghost(uid: string): void {
    this.#device.send(cardFrame(uid, this.#form))
  }

  sendRaw(bytes: Uint8Array): void {
    this.#device.send(bytes)
  }

  async close(): Promise<void> {
    this.lift()
    await this.#device.unplug()
  }

  #sendNext(): void {
    const uid = this.#cards[this.#turn % this.#cards.length]
    this.#turn += 1
    if (uid !== undefined) this.#device.send(cardFrame(uid, this.#form))
  }
}
