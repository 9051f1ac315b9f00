import type { Timers } from '../../station/deps.ts'
import { READER_PROTOCOLS } from '../../station/devices/protocols/index.ts'
import { AnsweringDevice } from './answering-device.ts'
import { READER_ANSWERS, type PolledReaderName } from './reader-answers.ts'
import type { Wire } from './wire.ts'

/** A card reader that is asked for what lies on it, in its real protocol. */
export class SimulatedPolledReader {
  readonly #device: AnsweringDevice
  #cards: readonly string[] = []

  constructor(options: {
    readonly timers: Timers
    readonly wire: Wire
    readonly protocol: PolledReaderName
  }) {
    this.#device = new AnsweringDevice({
      timers: options.timers,
      wire: options.wire,
      grammar: READER_PROTOCOLS[options.protocol].grammar,
      answer: (command) => READER_ANSWERS[options.protocol](command, this.#cards),
    })
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  unplug(): Promise<void> {
    return this.#device.unplug()
  }

  /** Puts these cards on the reader in place of those before. UIDs of 4, 7 or 10 bytes. */
  lay(...uids: readonly string[]): void {
    this.#cards = uids
  }

  lift(): void {
    this.#cards = []
  }

  /** The next answers never arrive. */
  lose(answers: number): void {
    this.#device.lose(answers)
  }
}
