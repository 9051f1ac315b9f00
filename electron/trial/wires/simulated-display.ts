import { decodeLed8 } from '../../station/devices/protocols/led8.ts'
import { PluggedDevice } from './plugged-device.ts'
import type { Wire } from './wire.ts'

const MOST_UNREAD_BYTES = 256
const LAMP = 'lamp_'

/** A price display of eight digits: lights what its bytes say, and is dark when it is unplugged. */
export class SimulatedDisplay {
  readonly #device: PluggedDevice
  #unread: Uint8Array = new Uint8Array()
  #digits = ''
  #lamp = 'off'

  constructor(wire: Wire) {
    this.#device = new PluggedDevice(wire, (bytes) => this.#take(bytes))
  }

  get plugged(): boolean {
    return this.#device.plugged
  }

  /** As they stand there: digits, a point, a minus. */
  get digits(): string {
    return this.#digits
  }

  /** `off`, `price`, `total`, `paid` or `change`. */
  get lamp(): string {
    return this.#lamp
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  async unplug(): Promise<void> {
    await this.#device.unplug()
    this.#unread = new Uint8Array()
    this.#dark()
  }

  close(): Promise<void> {
    return this.unplug()
  }

  #take(bytes: Uint8Array): void {
    this.#unread = Buffer.concat([this.#unread, bytes]).subarray(-MOST_UNREAD_BYTES)
    const things = decodeLed8(this.#unread)
    if (things.some((thing) => thing.kind === 'error' && thing.error === 'incomplete')) return
    this.#unread = new Uint8Array()
    for (const thing of things) {
      if (thing.kind === 'display') this.#digits = thing.text
      if (thing.kind !== 'command') continue
      if (thing.command === 'clear') this.#digits = ''
      if (thing.command === 'init') this.#dark()
      if (thing.command.startsWith(LAMP)) this.#lamp = thing.command.slice(LAMP.length)
    }
  }

  #dark(): void {
    this.#digits = ''
    this.#lamp = 'off'
  }
}
