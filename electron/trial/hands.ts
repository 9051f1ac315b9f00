import { implement } from '@orpc/server'
import { trialContract, type TrialDevice, type TrialView } from '../../shared/contract/trial.ts'
import { milligrams, ZERO_MG, type Milligrams } from '../../shared/domain/units.ts'
import type { Timers } from '../station/deps.ts'
import { Live } from '../station/live.ts'
import type { BayHands } from './bay-hands.ts'
import { demoMembers, UNKNOWN_CARD_UID } from './demo/members.ts'
import { demoMenu } from './demo/menu.ts'
import type { SimulatedDisplay } from './wires/simulated-display.ts'
import type { SimulatedPrinter } from './wires/simulated-printer.ts'
import type { SimulatedReader } from './wires/simulated-reader.ts'
import type { SimulatedScale } from './wires/simulated-scale.ts'

export interface TrialDevices {
  readonly scale: SimulatedScale
  readonly reader: SimulatedReader
  readonly printer: SimulatedPrinter
  readonly display: SimulatedDisplay
  readonly exit: SimulatedReader
  readonly bays: readonly BayHands[]
}

const REFRESH_MS = 100
/** The tape in the panel hangs down so far. */
const MOST_RECEIPTS = 6

/** What the panel's buttons do, and what the panel shows. */
export class TrialHands {
  readonly #devices: TrialDevices
  readonly #view: Live<TrialView>
  readonly #stopRefreshing
  #plateOn = false
  #foodMg: Milligrams = ZERO_MG

  constructor(devices: TrialDevices, timers: Timers) {
    this.#devices = devices
    this.#view = new Live(this.#drawn())
    this.#stopRefreshing = timers.every(REFRESH_MS, () => this.#refresh())
  }

  close(): void {
    this.#stopRefreshing()
  }

  router() {
    const trial = implement(trialContract)
    const { reader, exit, printer } = this.#devices
    return trial.router({
      watch: trial.watch.handler(({ signal }) => this.#view.watch(signal)),
      placePlate: trial.placePlate.handler(({ input }) => this.#place(true, milligrams(input.foodMg))),
      removePlate: trial.removePlate.handler(() => this.#place(false, ZERO_MG)),
      tapCard: trial.tapCard.handler(({ input }) => this.#done(() => reader.tap(input.uid))),
      setPlugged: trial.setPlugged.handler(({ input }) => this.#setPlugged(input.device, input.plugged)),
      setBayPlugged: trial.setBayPlugged.handler(async ({ input: { bayId, device, plugged } }) => {
        if (bayId !== null) await this.#bay(bayId).setPlugged(device, plugged)
        else await (plugged ? exit.plug() : exit.unplug())
        return this.#done(() => undefined)
      }),
      tapBay: trial.tapBay.handler(({ input: { bayId, uid } }) =>
        this.#done(() => (bayId === null ? exit.tap(uid) : this.#bay(bayId).tap(uid))),
      ),
      takeFood: trial.takeFood.handler(({ input }) =>
        this.#done(() => this.#bay(input.bayId).take(input.takenMg)),
      ),
      refillPan: trial.refillPan.handler(({ input }) => this.#done(() => this.#bay(input.bayId).refill())),
      setHand: trial.setHand.handler(({ input }) =>
        this.#done(() => this.#bay(input.bayId).setHand(input.inPan)),
      ),
      setPaper: trial.setPaper.handler(({ input }) =>
        this.#done(() => {
          printer.hasPaper = input.hasPaper
        }),
      ),
    })
  }

  #bay(bayId: string): BayHands {
    const bay = this.#devices.bays.find((each) => each.bayId === bayId)
    if (bay === undefined) throw new Error(`the trial has no bay ${bayId}`)
    return bay
  }

  async #setPlugged(name: TrialDevice, plugged: boolean): Promise<Record<string, never>> {
    const device = this.#devices[name]
    await (plugged ? device.plug() : device.unplug())
    return this.#done(() => undefined)
  }

  #place(plateOn: boolean, foodMg: Milligrams): Record<string, never> {
    const plate = demoMenu.plates.find(({ id }) => id === demoMenu.defaultPlateId)
    this.#plateOn = plateOn
    this.#foodMg = foodMg
    const loadMg = plateOn ? milligrams((plate?.tareMg ?? 0) + foodMg) : ZERO_MG
    return this.#done(() => this.#devices.scale.setLoad(loadMg))
  }

  #done(act: () => void): Record<string, never> {
    act()
    this.#refresh()
    return {}
  }

  #refresh(): void {
    const next = this.#drawn()
    if (JSON.stringify(next) !== JSON.stringify(this.#view.current)) this.#view.publish(next)
  }

  #drawn(): TrialView {
    const { scale, reader, printer, display, exit, bays } = this.#devices
    return {
      plateOn: this.#plateOn,
      foodMg: this.#foodMg,
      plugged: {
        scale: scale.plugged,
        reader: reader.plugged,
        printer: printer.plugged,
        display: display.plugged,
      },
      moving: scale.moving,
      cardOnReader: reader.cards[0] ?? null,
      cards: CARDS,
      bays: bays.map((bay) => bay.view),
      cardAtExit: exit.cards[0] ?? null,
      exitPlugged: exit.plugged,
      printer: { hasPaper: printer.hasPaper, receipts: printer.receipts.slice(-MOST_RECEIPTS) },
      display: { digits: display.digits, lamp: display.lamp },
    }
  }
}

const CARDS: TrialView['cards'] = [
  ...demoMembers.map(({ cardUid, person, hint }) => ({ uid: cardUid, label: person.formOfAddress, hint })),
  { uid: UNKNOWN_CARD_UID, label: '陌生卡', hint: '没有登记过的卡' },
]
