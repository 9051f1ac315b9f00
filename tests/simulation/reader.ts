import { cardFrame } from '../../electron/trial/wires/frames.ts'
import type { SimulatedBus } from './bus.ts'
import type { Scheduler } from './scheduler.ts'

export const READER_USB_PATH = 'pci-0000:00:14.0-usb-0:2:1.0-port0'

/** How often an RDM6300 repeats a card that lies on it. */
const REPEAT_MS = 65

/** A card reader on the simulated bus. */
export class SimulatedReader {
  readonly #scheduler: Scheduler
  readonly #bus: SimulatedBus
  readonly #form: 'rdm6300' | 'id-12'
  #cards: readonly string[] = []
  #turn = 0
  #stop: () => void = () => undefined

  constructor(scheduler: Scheduler, bus: SimulatedBus, form: 'rdm6300' | 'id-12') {
    this.#scheduler = scheduler
    this.#bus = bus
    this.#form = form
    this.plug()
  }

  plug(): void {
    this.#bus.plug({ usbPath: READER_USB_PATH, cause: 'card', hear: () => undefined })
  }

  unplug(how: 'said' | 'silently'): void {
    this.#bus.pull(READER_USB_PATH, how)
  }

  /** Holds these cards against it; several are read in turns. */
  lay(uids: readonly string[]): void {
    this.lift()
    this.#cards = uids
    this.#stop = this.#scheduler.every(REPEAT_MS, 'card', () => this.#repeat())
  }

  lift(): void {
    this.#stop()
    this.#cards = []
  }

  /** One frame with a good checksum and no card behind it. */
  ghost(uid: string): void {
    this.#bus.send(READER_USB_PATH, cardFrame(uid, this.#form))
  }

  #repeat(): void {
    const uid = this.#cards[this.#turn % this.#cards.length]
    this.#turn += 1
    if (uid !== undefined) this.#bus.send(READER_USB_PATH, cardFrame(uid, this.#form))
  }
}
