import type { Timers } from '../../station/deps.ts'
import { Framer } from '../../station/devices/protocols/framer.ts'
import type { Grammar } from '../../station/devices/protocols/grammar.ts'
import { PluggedDevice } from './plugged-device.ts'
import type { Wire } from './wire.ts'

export interface AnsweringDeviceOptions {
  readonly timers: Timers
  readonly wire: Wire
  readonly grammar: Grammar
  /** What the device sends upon a command, by its name in `canteen decode`; nothing for a command it does not know. */
  readonly answer: (command: string) => Uint8Array
}

const ANSWER_AFTER_MS = 6
/** A real reader's answer comes in pieces: the second this much later. */
const SECOND_PIECE_AFTER_MS = 3

/** A device that speaks only when asked, through a wire. */
export class AnsweringDevice {
  readonly #options: AnsweringDeviceOptions
  readonly #framer: Framer
  readonly #device: PluggedDevice
  #toLose = 0

  constructor(options: AnsweringDeviceOptions) {
    this.#options = options
    this.#framer = new Framer(options.grammar, (said) => {
      const command = said.kind === 'command' ? said.details?.['command'] : undefined
      if (typeof command === 'string') this.#answer(options.answer(command))
    })
    this.#device = new PluggedDevice(options.wire, (bytes) => this.#framer.push(bytes))
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  unplug(): Promise<void> {
    return this.#device.unplug()
  }

  /** The next answers never arrive. */
  lose(answers: number): void {
    this.#toLose = answers
  }

  #answer(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    if (this.#toLose > 0) {
      this.#toLose -= 1
      return
    }
    const { timers } = this.#options
    const middle = Math.ceil(bytes.length / 2)
    timers.after(ANSWER_AFTER_MS, () => {
      this.#device.send(bytes.subarray(0, middle))
      timers.after(SECOND_PIECE_AFTER_MS, () => this.#device.send(bytes.subarray(middle)))
    })
  }
}
