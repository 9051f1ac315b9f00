import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { demoMenu } from '../../../electron/trial/demo/menu.ts'
import type { Random } from '../../fixtures/random.ts'
import { cardUidOf, MEMBER_COUNT } from '../lunch.ts'
import type { Devices, WatchedStation } from './counter-rig.ts'

/** One guest's plate. No two weigh the same. */
export interface Plate {
  readonly netMg: number
  readonly cardUid: string
  /** The sale that a screen showed as paid for this plate. */
  paidAs: string | null
}

const TARE_MG = demoMenu.plates.find(({ id }) => id === demoMenu.defaultPlateId)?.tareMg ?? 0
const LIGHTEST_GRAMS = 100
const EARLY_MS = 20

/** The guests of a lunch, one after the other, with their plates and cards; and the staff's care after a restart. */
export class CounterHand {
  readonly plates: Plate[] = []
  killedAfterTap = 0
  restored = 0
  readonly #devices: Devices
  readonly #random: Random
  /** The plate that is on the scale or comes next, until it is paid. */
  #plate: Plate
  /** The sale that the counter opened for it, as far as it was shown. */
  #saleId: string | null = null
  /** Tapped, and not yet answered. */
  #tapped = false
  #taps = 0

  constructor(devices: Devices, random: Random) {
    this.#devices = devices
    this.#random = random
    this.#plate = this.#next()
  }

  get paid(): number {
    return this.plates.filter(({ paidAs }) => paidAs !== null).length
  }

  /**
   * Serves until the station dies: at a random moment, or right around a tap. A reader needs two frames, so an early
   * kill after the tap always comes before the answer.
   */
  async serveUntilKilled(station: WatchedStation, random: Random, early: boolean): Promise<void> {
    const kill = (delayMs: number): void => {
      setTimeout(() => station.kill(), delayMs)
    }
    const atTheTap = early || random.chance(0.6)
    const afterTapMs = early ? EARLY_MS : random.integer(EARLY_MS, 130)
    const guestOfTheKill = random.chance(0.8) ? 0 : 1
    if (!atTheTap) kill(random.integer(0, 4000))
    const tapsBefore = this.#taps
    await this.#resume(station)
    for (let guest = 0; !station.ended; guest += 1) {
      const atThisTap = atTheTap && guest === guestOfTheKill
      await this.#serveOne(station, atThisTap ? () => kill(afterTapMs) : () => undefined)
    }
    if (this.#tapped && this.#taps > tapsBefore) this.killedAfterTap += 1
  }

  async serve(station: WatchedStation, guests: number): Promise<void> {
    await this.#resume(station)
    for (let guest = 0; guest < guests; guest += 1) await this.#serveOne(station, () => undefined)
    if (station.ended) throw new Error('the station ended although nobody killed it')
  }

  /** After a restart: a plate that the counter shows as paid is; any other is lifted and comes again. */
  async #resume(station: WatchedStation): Promise<void> {
    const view = await station.until(
      (now) => now.scale.state === 'ok' && now.reader.connected,
      'working devices',
    )
    // Killed again before the screen said anything: the next start will say it.
    if (view === null) return
    if (this.#tapped && view.phase === 'paid' && view.saleId === this.#saleId) {
      this.restored += 1
      this.#notePaid(view)
    }
    this.#tapped = false
    await this.#lift(station)
  }

  async #serveOne(station: WatchedStation, onTap: () => void): Promise<void> {
    const plate = this.#plate
    this.#devices.scale.setLoad(milligrams(TARE_MG + plate.netMg))
    const ready = await station.until(
      ({ phase, lines, weighing }) =>
        phase === 'ready' && (lines[0]?.netMg === plate.netMg || weighing?.netMg === plate.netMg),
      `the price of ${plate.netMg} mg`,
    )
    if (ready === null) return
    this.#saleId = ready.saleId
    this.#devices.reader.tap(plate.cardUid)
    this.#tapped = true
    this.#taps += 1
    onTap()
    const paid = await station.until(
      ({ phase, saleId }) => phase === 'paid' && saleId === ready.saleId,
      'paid',
    )
    if (paid === null) return
    this.#tapped = false
    this.#notePaid(paid)
    await this.#lift(station)
  }

  #notePaid({ saleId }: CounterView): void {
    this.#plate.paidAs = saleId
    this.#plate = this.#next()
    this.#saleId = null
  }

  async #lift(station: WatchedStation): Promise<void> {
    this.#devices.scale.setLoad(milligrams(0))
    await station.until(({ scale }) => scale.state === 'ok' && scale.grossMg === 0, 'an empty scale')
  }

  #next(): Plate {
    const number = this.plates.length
    const netMg = (LIGHTEST_GRAMS + 2 * number) * 1000
    const plate: Plate = {
      netMg,
      cardUid: cardUidOf(this.#random.integer(0, MEMBER_COUNT - 1)),
      paidAs: null,
    }
    this.plates.push(plate)
    return plate
  }
}
