import type { Timers } from '../../station/deps.ts'
import { ID_READER_PROTOCOLS } from '../../station/devices/protocols/index.ts'
import { AnsweringDevice } from './answering-device.ts'
import {
  SDT_FOUND,
  SDT_NO_CARD,
  SDT_NOT_READ,
  SDT_NOT_SELECTED,
  SDT_SAM_ID,
  SDT_SELECTED,
  sdtCard,
  type IdCardFields,
} from './id-card-answers.ts'
import type { Wire } from './wire.ts'

const UNKNOWN = new Uint8Array()
const MOST_REMEMBERED = 64

/** A reader of ID cards: it finds, selects and reads what lies on it, once; then the card must be lifted. */
export class SimulatedIdReader {
  readonly #device: AnsweringDevice
  readonly #asked: string[] = []
  #card: Uint8Array | null = null
  #done = false

  constructor(options: { readonly timers: Timers; readonly wire: Wire }) {
    this.#device = new AnsweringDevice({
      ...options,
      grammar: ID_READER_PROTOCOLS['sdt-idcard'].grammar,
      answer: (command) => this.#answer(command),
    })
  }

  /** The last commands that came, in their order. */
  get asked(): readonly string[] {
    return this.#asked
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  unplug(): Promise<void> {
    return this.#device.unplug()
  }

  lay(fields: IdCardFields): void {
    this.#card = sdtCard(fields)
    this.#done = false
  }

  lift(): void {
    this.#card = null
  }

  /** The next answers never arrive. */
  lose(answers: number): void {
    this.#device.lose(answers)
  }

  #answer(command: string): Uint8Array {
    this.#asked.push(command)
    if (this.#asked.length > MOST_REMEMBERED) this.#asked.shift()
    switch (command) {
      case 'sam_id':
        return SDT_SAM_ID
      case 'find':
        return this.#card === null || this.#done ? SDT_NO_CARD : SDT_FOUND
      case 'select':
        return this.#card === null ? SDT_NOT_SELECTED : SDT_SELECTED
      case 'read_base':
        if (this.#card === null) return SDT_NOT_READ
        this.#done = true
        return this.#card
      default:
        return UNKNOWN
    }
  }
}
