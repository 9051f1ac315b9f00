import type { PortInfo, SerialBus, SerialEvents, SerialLine } from '../../electron/station/deps.ts'
import type { Random } from '../fixtures/random.ts'
import type { Cause, Scheduler } from './scheduler.ts'

/** One device's cable, as the device sees it. */
export interface Plug {
  readonly usbPath: string
  readonly cause: Cause
  hear(bytes: Uint8Array): void
}

interface Port {
  readonly plug: Plug
  path: string
  plugged: boolean
  events: SerialEvents | null
}

/** How badly the wires behave. Chances from 0 to 1, of each thing that is sent. */
export interface WireWeather {
  split: number
  corrupt: number
  garbage: number
}

const MOST_PIECES = 3
const LONGEST_GARBAGE = 40
const LATEST_PIECE_MS = 30

/** Serial ports in memory. What is sent arrives in pieces, late, or with noise in it, by the seed. */
export class SimulatedBus implements SerialBus {
  readonly #scheduler: Scheduler
  readonly #random: Random
  readonly #ports = new Map<string, Port>()
  /** True after anything that a promise may hang on. */
  touched = false
  readonly weather: WireWeather = { split: 0.08, corrupt: 0, garbage: 0 }

  constructor(scheduler: Scheduler, random: Random) {
    this.#scheduler = scheduler
    this.#random = random
  }

  /** Puts a device in for the first time, or again: under the next name that the system has free. */
  plug(plug: Plug): void {
    this.#ports.set(plug.usbPath, { plug, path: this.#freePath(), plugged: true, events: null })
    this.touched = true
  }

  /** A name that no port had a moment ago: numbers move when cables do. */
  #freePath(): string {
    const taken = new Set([...this.#ports.values()].map(({ path }) => path))
    for (let number = 0; ; number += 1) if (!taken.has(`/dev/ttyUSB${number}`)) return `/dev/ttyUSB${number}`
  }

  /** Pulls the cable. `silently`: the system forgets to say so, and only asking finds out. */
  pull(usbPath: string, how: 'said' | 'silently'): void {
    const port = this.#ports.get(usbPath)
    if (port === undefined) return
    port.plugged = false
    const { events } = port
    if (how === 'said') {
      port.events = null
      events?.onLost('pulled out')
    }
    this.touched = true
  }

  /** The station's process died: the system closes what it had open. */
  closeAll(): void {
    for (const port of this.#ports.values()) port.events = null
  }

  send(usbPath: string, bytes: Uint8Array): void {
    const port = this.#ports.get(usbPath)
    if (port === undefined || !port.plugged || port.events === null) return
    const { split } = this.weather
    const sent = this.#weathered(bytes)
    if (sent.length > 1 && this.#random.chance(split)) this.#sendInPieces(port, sent)
    else this.#deliver(port, sent)
  }

  list(): Promise<readonly PortInfo[]> {
    this.touched = true
    const ports = [...this.#ports.values()].filter(({ plugged }) => plugged)
    return Promise.resolve(
      ports.map(({ plug: { usbPath }, path }) => ({
        path,
        usbPath,
        serialNumber: null,
        vendorId: null,
        productId: null,
        manufacturer: null,
      })),
    )
  }

  open(path: string, _settings: unknown, events: SerialEvents): Promise<SerialLine> {
    this.touched = true
    const port = [...this.#ports.values()].find((each) => each.plugged && each.path === path)
    if (port === undefined) return Promise.reject(new Error(`no such device: ${path}`))
    if (port.events !== null) return Promise.reject(new Error(`${path} is in use`))
    port.events = events
    return Promise.resolve({
      write: (bytes) => {
        if (port.plugged) port.plug.hear(bytes)
      },
      flush: () => this.#soon(undefined),
      present: () => this.#soon(port.plugged && this.#ports.get(port.plug.usbPath) === port),
      close: () => {
        if (port.events === events) port.events = null
        return this.#soon(undefined)
      },
    })
  }

  #soon<Value>(value: Value): Promise<Value> {
    this.touched = true
    return Promise.resolve(value)
  }

  #weathered(bytes: Uint8Array): Uint8Array {
    const { corrupt, garbage } = this.weather
    let sent = bytes
    if (corrupt > 0 && this.#random.chance(corrupt)) {
      sent = Uint8Array.from(bytes)
      const at = this.#random.integer(0, sent.length - 1)
      sent[at] = (sent[at] ?? 0) ^ this.#random.integer(1, 255)
    }
    if (garbage > 0 && this.#random.chance(garbage)) {
      const noise = this.#random.bytes(this.#random.integer(1, LONGEST_GARBAGE))
      sent = this.#random.chance(0.5)
        ? Uint8Array.from([...noise, ...sent])
        : Uint8Array.from([...sent, ...noise])
    }
    return sent
  }

  #sendInPieces(port: Port, bytes: Uint8Array): void {
    let from = 0
    let delayMs = 0
    const pieces = this.#random.integer(2, MOST_PIECES)
    for (let piece = 1; piece <= pieces && from < bytes.length; piece += 1) {
      const to = piece === pieces ? bytes.length : this.#random.integer(from + 1, bytes.length)
      const part = bytes.subarray(from, to)
      this.#scheduler.after(delayMs, port.plug.cause, () => this.#deliver(port, part))
      from = to
      delayMs += this.#random.integer(0, LATEST_PIECE_MS)
    }
  }

  #deliver(port: Port, bytes: Uint8Array): void {
    if (port.plugged) port.events?.onData(bytes)
  }
}
