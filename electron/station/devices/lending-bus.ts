import type { LineSettings, PortInfo, SerialBus, SerialEvents, SerialLine } from '../deps.ts'

/** A port that is lent: a bus of its own, and the way back. */
export interface Loan {
  readonly bus: SerialBus
  giveBack(): void
}

const LENT = 'the office is looking at this port'

interface Held {
  readonly events: SerialEvents
  readonly closed: Promise<void>
}

/**
 * The station's ports, of which one can be lent to somebody who looks what is plugged in. Its owner is told that the line is
 * lost, comes back by itself as after an unplugging, and finds the port again once it was given back (SPEC DV-21).
 */
export class LendingBus implements SerialBus {
  readonly #real: SerialBus
  readonly #held = new Map<string, Held>()
  readonly #lent = new Set<string>()

  constructor(real: SerialBus) {
    this.#real = real
  }

  list(): Promise<readonly PortInfo[]> {
    return this.#real.list()
  }

  async open(path: string, settings: LineSettings, events: SerialEvents): Promise<SerialLine> {
    if (this.#lent.has(path)) throw new Error(LENT)
    const line = await this.#real.open(path, settings, events)
    // Lent while it was being opened.
    if (this.#lent.has(path)) {
      await line.close()
      throw new Error(LENT)
    }
    const closed = Promise.withResolvers<void>()
    this.#held.set(path, { events, closed: closed.promise })
    return {
      ...(line.present === undefined ? {} : { present: () => line.present?.() ?? Promise.resolve(false) }),
      write: (bytes) => line.write(bytes),
      flush: () => line.flush(),
      close: async () => {
        try {
          await line.close()
        } finally {
          this.#held.delete(path)
          closed.resolve()
        }
      },
    }
  }

  /** @returns null when the port is lent already. */
  async lend(path: string): Promise<Loan | null> {
    if (this.#lent.has(path)) return null
    this.#lent.add(path)
    const held = this.#held.get(path)
    held?.events.onLost(LENT)
    await held?.closed
    return { bus: this.#real, giveBack: () => this.#lent.delete(path) }
  }
}
