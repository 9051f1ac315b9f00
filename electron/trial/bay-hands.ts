import type { BayDevice, TrialBay } from '../../shared/contract/trial.ts'
import type { Words } from '../../shared/domain/menu.ts'
import { milligrams } from '../../shared/domain/units.ts'
import type { Pans } from './pans.ts'
import type { SimulatedReader } from './wires/simulated-reader.ts'
import type { SimulatedScale } from './wires/simulated-scale.ts'

/** What a full pan holds. */
export const FULL_PAN_MG = milligrams(4_000_000)
/** How heavily somebody leans who reaches into the pan. */
const HAND_MG = 350_000

/** One simulated dish station: the pan on its scale, the reader beside it, and whoever stands there. */
export class BayHands {
  readonly bayId: string
  readonly #dish: Words
  readonly #scale: SimulatedScale
  readonly #reader: SimulatedReader
  readonly #pans: Pans
  #handInPan = false

  constructor(
    bay: { readonly bayId: string; readonly dish: Words },
    devices: { readonly scale: SimulatedScale; readonly reader: SimulatedReader },
    pans: Pans,
  ) {
    this.bayId = bay.bayId
    this.#dish = bay.dish
    this.#scale = devices.scale
    this.#reader = devices.reader
    this.#pans = pans
    this.#load()
  }

  get view(): TrialBay {
    return {
      bayId: this.bayId,
      dish: this.#dish,
      panMg: this.#pans.of(this.bayId),
      fullMg: FULL_PAN_MG,
      moving: this.#scale.moving,
      handInPan: this.#handInPan,
      cardOnReader: this.#reader.cards[0] ?? null,
      plugged: { scale: this.#scale.plugged, reader: this.#reader.plugged },
    }
  }

  tap(uid: string): void {
    this.#reader.tap(uid)
  }

  /** @param takenMg put back where it is negative */
  take(takenMg: number): void {
    this.#pans.set(this.bayId, this.#pans.of(this.bayId) - takenMg)
    this.#load()
  }

  refill(): void {
    this.#pans.set(this.bayId, FULL_PAN_MG)
    this.#load()
  }

  setHand(inPan: boolean): void {
    this.#handInPan = inPan
    this.#load()
  }

  setPlugged(name: BayDevice, plugged: boolean): Promise<void> {
    const device = name === 'scale' ? this.#scale : this.#reader
    return plugged ? device.plug() : device.unplug()
  }

  async plug(): Promise<void> {
    await Promise.all([this.#scale.plug(), this.#reader.plug()])
  }

  async close(): Promise<void> {
    await Promise.all([this.#scale.close(), this.#reader.close()])
  }

  #load(): void {
    this.#scale.setLoad(milligrams(this.#pans.of(this.bayId) + (this.#handInPan ? HAND_MG : 0)))
  }
}
