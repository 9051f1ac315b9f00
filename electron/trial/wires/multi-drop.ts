import type { SerialEvents, SerialLine } from '../../station/deps.ts'
import type { Wire } from './wire.ts'

/**
 * One pair of wires past several devices, as RS-485 lays it: each hears every question, and the station hears whoever answers.
 * The pair is there while one device is connected to it.
 */
export class MultiDrop {
  readonly stationPath: string
  readonly #wire: Wire
  readonly #ends = new Set<SerialEvents>()
  #line: Promise<SerialLine> | null = null

  constructor(wire: Wire) {
    this.#wire = wire
    this.stationPath = wire.stationPath
  }

  /** A stub of the pair, for one device. */
  drop(): Wire {
    let end: SerialEvents | null = null
    return {
      stationPath: this.stationPath,
      plug: async (events) => {
        end = events
        this.#ends.add(events)
        this.#line ??= this.#wire.plug({
          onData: (bytes) => this.#ends.forEach((each) => each.onData(bytes)),
          onLost: (reason) => this.#ends.forEach((each) => each.onLost(reason)),
        })
        return this.#line
      },
      unplug: async () => {
        if (end !== null) this.#ends.delete(end)
        end = null
        if (this.#ends.size > 0 || this.#line === null) return
        this.#line = null
        await this.#wire.unplug()
      },
    }
  }
}
