import type { SerialLine } from '../../station/deps.ts'
import type { Wire } from './wire.ts'

/** The cable of a simulated device: what is sent while it is out is lost, as on a real one. */
export class PluggedDevice {
  readonly #wire: Wire
  readonly #onData: (bytes: Uint8Array) => void
  #line: SerialLine | null = null
  /** Plugging takes a moment: one after the other, in the order of the hands. */
  #work: Promise<void> = Promise.resolve()

  constructor(wire: Wire, onData: (bytes: Uint8Array) => void) {
    this.#wire = wire
    this.#onData = onData
  }

  get plugged(): boolean {
    return this.#line !== null
  }

  send(bytes: Uint8Array): void {
    this.#line?.write(bytes)
  }

  plug(): Promise<void> {
    return this.#next(async () => {
      if (this.#line !== null) return
      this.#line = await this.#wire.plug({
        onData: this.#onData,
        onLost: () => {
          this.#line = null
        },
      })
    })
  }

  unplug(): Promise<void> {
    return this.#next(async () => {
      this.#line = null
      await this.#wire.unplug()
    })
  }

  #next(step: () => Promise<void>): Promise<void> {
    const done = this.#work.then(step)
    // A step that failed is its caller's to hear of; the next one starts afresh.
    this.#work = done.catch(() => undefined)
    return done
  }
}
