import { ASK_PAPER, decodeEscPos } from '../../station/devices/protocols/escpos.ts'
import { PluggedDevice } from './plugged-device.ts'
import type { Wire } from './wire.ts'

const PAPER = Uint8Array.of(0b0001_0010)
const NO_PAPER = Uint8Array.of(0b0111_0010)
/** The tape hangs down so far and is torn off. */
const MOST_RECEIPTS = 20
const MOST_UNREAD_BYTES = 65_536

/** A receipt printer with a drawer: prints what it is sent onto a tape of text, and answers when it is asked for paper. */
export class SimulatedPrinter {
  readonly #device: PluggedDevice
  #unread: Uint8Array = new Uint8Array()
  #asked = 0
  #receipts: readonly string[] = []
  #drawerOpenings = 0
  /** Out of paper it answers so and prints nothing. */
  hasPaper = true
  /** Switched off it is plugged in, and neither prints nor answers. */
  isOn = true

  constructor(wire: Wire) {
    this.#device = new PluggedDevice(wire, (bytes) => this.#take(bytes))
  }

  get plugged(): boolean {
    return this.#device.plugged
  }

  /** What was printed and cut off, the newest last. */
  get receipts(): readonly string[] {
    return this.#receipts
  }

  get drawerOpenings(): number {
    return this.#drawerOpenings
  }

  plug(): Promise<void> {
    return this.#device.plug()
  }

  async unplug(): Promise<void> {
    await this.#device.unplug()
    this.#unread = new Uint8Array()
  }

  close(): Promise<void> {
    return this.unplug()
  }

  #take(bytes: Uint8Array): void {
    if (!this.isOn) return
    for (const byte of bytes) this.#answer(byte)
    if (this.hasPaper) this.#print(bytes)
  }

  /** At once, past everything that waits to be printed. */
  #answer(byte: number): void {
    this.#asked = byte === ASK_PAPER[this.#asked] ? this.#asked + 1 : byte === ASK_PAPER[0] ? 1 : 0
    if (this.#asked < ASK_PAPER.length) return
    this.#asked = 0
    this.#device.send(this.hasPaper ? PAPER : NO_PAPER)
  }

  #print(bytes: Uint8Array): void {
    this.#unread = Buffer.concat([this.#unread, bytes]).subarray(-MOST_UNREAD_BYTES)
    const things = decodeEscPos(this.#unread)
    if (things.some((thing) => thing.kind === 'error' && thing.error === 'incomplete')) return
    const opened = things.filter((thing) => thing.kind === 'command' && thing.command === 'drawer')
    const isCut = things.some((thing) => thing.kind === 'command' && thing.command === 'cut')
    const text = things.map((thing) => (thing.kind === 'print' ? thing.text : '')).join('')
    if (!isCut && text !== '') return
    this.#drawerOpenings += opened.length
    if (isCut) this.#receipts = [...this.#receipts, text].slice(-MOST_RECEIPTS)
    this.#unread = new Uint8Array()
  }
}
