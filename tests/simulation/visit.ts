import type { StaffKey } from '../../shared/domain/checkout/state.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Menu } from '../../shared/domain/menu.ts'
import { UNKNOWN_CARD_UID } from './canteen.ts'
import type { Plate, Wish } from './wish.ts'
import type { World } from './world.ts'

const MOST_TURNS = 45
const LIFT_MS = 900

/**
 * One person at the counter, and the member of staff behind it. Both only look at the screen and do the next sensible
 * thing, so whatever goes wrong meanwhile, they find their way through it or give up.
 */
export class Visit {
  readonly #world: World
  readonly #wish: Wish
  readonly #shownBefore: ReadonlySet<string>
  /** Which of her plates stands on the scale. */
  #onScale: Plate | null = null
  #tapped = false
  #strangeTried = false
  #tookAway = false
  #over: 'no' | 'paid' | 'left' = 'no'

  constructor(world: World, wish: Wish, shownBefore: ReadonlySet<string>) {
    this.#world = world
    this.#wish = wish
    this.#shownBefore = shownBefore
  }

  /** @returns what the last screen said was paid, for those who come after. */
  async run(): Promise<void> {
    const { world } = { world: this.#world }
    world.auditor.beginServing()
    world.inTheDark = () => this.#inTheDark()
    await this.#clearCounter()
    for (let turn = 0; turn < MOST_TURNS && this.#over === 'no'; turn += 1) await this.#turn()
    if (this.#over !== 'paid') await this.#giveUp()
    else if (this.#wish.tapsTwice) await this.#tap(this.#cards())
    await this.#lift(this.#wish.hasty ? 60 : LIFT_MS)
    world.inTheDark = () => undefined
    world.trace.note('visit', this.#over, world.auditor.serving.saleId)
  }

  get #menu(): Menu {
    const menu = this.#world.machine.process?.station.counter.menu()
    if (menu === undefined) throw new Error('there is no menu to look at')
    return menu
  }

  /** Staff looks that nothing of the last one is left. */
  async #clearCounter(): Promise<void> {
    await this.#world.untilResolved()
    const { view } = this.#world
    if (view?.keys.includes('cancel') === true) await this.#world.press({ kind: 'cancel' })
  }

  async #turn(): Promise<void> {
    const world = this.#world
    if (world.mashes > 0) await this.#mash()
    const { view } = world
    if (view === null) {
      await this.#blind()
      return
    }
    if (world.listToBeAsked) await this.#askTheList()
    if (this.#isMine(view)) this.#over = 'paid'
    if (this.#over !== 'no') return
    if (
      this.#onScale !== null &&
      this.#wish.takesAway !== 'no' &&
      !this.#tookAway &&
      world.random.chance(0.3)
    ) {
      this.#tookAway = true
      await this.#lift(world.random.integer(100, 1500))
      if (this.#wish.takesAway === 'leaves') this.#over = 'left'
      return
    }
    await this.#act(view)
  }

  /** After a long pause nobody remembers whether it was paid; the list does. */
  async #askTheList(): Promise<void> {
    const name = this.#wish.senior?.name ?? null
    const sales = await this.#world.recentSales()
    if (sales.some((sale) => sale.displayName === name && !this.#shownBefore.has(sale.saleId)))
      this.#over = 'paid'
  }

  #isMine({ phase, saleId }: CounterView): boolean {
    return phase === 'paid' && saleId !== null && !this.#shownBefore.has(saleId)
  }

  async #act(view: CounterView): Promise<void> {
    const { random } = this.#world
    switch (view.phase) {
      case 'idle':
      case 'awaiting-plate':
        await this.#next(view)
        return
      case 'paid':
        // Somebody else's: the scale has to be empty before the next one begins.
        if (this.#onScale !== null) await this.#lift(LIFT_MS)
        else await this.#next(view)
        return
      case 'weighing':
        await this.#wait(random.integer(200, 500))
        return
      case 'choose-dish':
        await this.#chooseDish()
        return
      case 'ready':
        await this.#ready(view)
        return
      case 'insufficient':
        await this.#short()
        return
      case 'diet-warning':
        await this.#key({ kind: 'accept-warning' })
        return
      case 'confirm':
        // Nobody here has a PIN, and the canteen asks for none.
        await this.#key({ kind: 'cancel' })
        return
      case 'checking':
        await this.#wait(random.integer(100, 600))
        return
      case 'trouble':
        await this.#trouble(view)
    }
  }

  /** Nothing is priced yet: the next thing goes on the counter. */
  async #next(view: CounterView): Promise<void> {
    const { cardFirst, senior } = this.#wish
    if (cardFirst && senior !== null && view.member === null && !this.#tapped) {
      await this.#tap(this.#cards())
      return
    }
    const portion = this.#missingPortion(view)
    if (portion !== undefined) {
      await this.#key({ kind: 'add-portion', ...portion })
      return
    }
    const plate = this.#wish.plates[this.#platesAdded(view)]
    if (plate !== undefined && this.#onScale === null) await this.#put(plate, view)
    else await this.#wait(300)
  }

  async #ready(view: CounterView): Promise<void> {
    if (this.#onScale !== null && view.weighing === null) {
      // The scale has not noticed her plate yet.
      await this.#wait(400)
      return
    }
    const portion = this.#missingPortion(view)
    if (portion !== undefined) {
      await this.#key({ kind: 'add-portion', ...portion })
      return
    }
    const added = this.#platesAdded(view)
    const left = this.#wish.plates.length - added - (this.#onScale === null ? 0 : 1)
    if (left > 0) {
      const next = this.#wish.plates[added]
      if (this.#onScale === null && next !== undefined) await this.#put(next, view)
      else {
        await this.#key({ kind: 'add-plate' })
        await this.#lift(LIFT_MS)
      }
      return
    }
    if (view.held) {
      await this.#key({ kind: 'release' })
      return
    }
    if (this.#world.random.chance(0.01)) await this.#key({ kind: 'hold' })
    if (this.#wish.senior === null) await this.#key({ kind: 'guest-cash' })
    else await this.#tap(this.#cards())
  }

  async #short(): Promise<void> {
    const { whenShort, senior } = this.#wish
    if (whenShort === 'goes-back') {
      this.#world.trace.fault('plate-goes-back')
      this.#over = 'left'
      return
    }
    if (whenShort === 'top-up' && senior !== null) {
      await this.#world.office.topUp(senior.memberId)
      await this.#tap([senior.cardUid])
      if (this.#world.view?.phase !== 'insufficient') return
    }
    this.#world.trace.fault('cash-for-the-rest')
    await this.#key({ kind: 'take-cash' })
  }

  async #trouble(view: CounterView): Promise<void> {
    const { random } = this.#world
    switch (view.trouble) {
      case 'card-lost':
      case 'card-unknown':
        if (view.trouble === 'card-lost' || !this.#wish.strangeCard) this.#over = 'left'
        await this.#wait(500)
        return
      case 'take-plate-away':
      case 'already-paid':
        await this.#lift(LIFT_MS)
        await this.#wait(400)
        return
      case 'scale-overload':
      case 'weight-below-minimum':
        await this.#mend()
        return
      case 'clock-to-confirm':
        // A look at a watch, most of the time.
        if (random.chance(0.6)) this.#world.setClockWrong(0)
        await this.#wait(400)
        await this.#key({ kind: 'confirm-clock' })
        return
      case 'two-cards':
        await this.#wait(1600)
        if (this.#over === 'no' && this.#wish.senior !== null) await this.#tap([this.#wish.senior.cardUid])
        return
      case null:
      default:
        await this.#wait(random.integer(300, 1500))
        if (this.#over === 'no' && (this.#onScale === null || view.lines.length > 0)) await this.#ready(view)
    }
  }

  /** The plate is too full or too empty to be sold. */
  async #mend(): Promise<void> {
    const plate = this.#onScale
    if (plate === null) {
      await this.#wait(500)
      return
    }
    this.#world.trace.fault('plate-mended')
    plate.foodMg = 2000 * this.#world.random.integer(60, 200)
    this.#world.lay(plate.tareMg + plate.foodMg)
    await this.#wait(1000)
  }

  async #put(plate: Plate, view: CounterView): Promise<void> {
    if (view.plateId !== plate.plateId) await this.#key({ kind: 'choose-plate', plateId: plate.plateId })
    this.#onScale = plate
    this.#world.lay(plate.tareMg + plate.foodMg)
    await this.#wait(this.#world.random.integer(700, 1400))
  }

  async #lift(ms: number): Promise<void> {
    if (this.#onScale !== null || this.#world.scale.loadMg !== 0) this.#world.lay(0)
    this.#onScale = null
    await this.#wait(ms)
  }

  async #chooseDish(): Promise<void> {
    const { random } = this.#world
    const dishId = this.#onScale?.dishId ?? random.pick(this.#menu.dishes).id
    await this.#key({ kind: 'choose-dish', dishId })
  }

  #cards(): readonly string[] {
    const { senior, neighbour, strangeCard } = this.#wish
    if (strangeCard && !this.#strangeTried) {
      this.#strangeTried = true
      this.#world.trace.fault('unknown-card')
      return [UNKNOWN_CARD_UID]
    }
    if (senior === null) return []
    if (senior.cardLost) this.#world.trace.fault('lost-card')
    if (neighbour === null || this.#tapped || neighbour === senior) return [senior.cardUid]
    this.#world.trace.fault('two-cards')
    return [senior.cardUid, neighbour.cardUid]
  }

  async #tap(uids: readonly string[]): Promise<void> {
    const { random, reader, trace } = this.#world
    if (uids.length === 0) return
    this.#tapped = true
    for (const uid of uids) {
      const senior = this.#world.roll.holderOf(uid)
      if (senior !== undefined) this.#world.auditor.serving.tapped.add(senior.memberId)
    }
    reader.lay(uids)
    await this.#wait(random.integer(150, 500))
    reader.lift()
    if (random.chance(0.06)) {
      // Her hand was faster than her eyes.
      trace.fault('double-tap')
      await this.#wait(random.integer(50, 900))
      reader.lay(uids)
      await this.#wait(200)
      reader.lift()
    }
    await this.#wait(random.integer(100, 500))
  }

  async #key(key: StaffKey): Promise<void> {
    await this.#world.press(key)
    await this.#wait(this.#world.random.integer(60, 400))
  }

  /** Somebody leans on the keys; none of them pays. */
  async #mash(): Promise<void> {
    const { random } = this.#world
    const { dishes, plates } = this.#menu
    const keys: readonly StaffKey[] = [
      { kind: 'choose-dish', dishId: random.pick(dishes).id },
      { kind: 'add-portion', dishId: random.pick(dishes).id, quantity: random.integer(1, 99) },
      { kind: 'remove-line', lineNo: random.integer(0, 4) },
      { kind: 'choose-plate', plateId: random.pick(plates).id },
      { kind: 'choose-dish', dishId: 'no-such-dish' },
      { kind: 'add-plate' },
      { kind: 'hold' },
      { kind: 'release' },
      { kind: 'cancel' },
      { kind: 'confirm-clock' },
    ]
    this.#world.mashes -= 1
    await this.#key(random.pick(keys))
  }

  /** The screens are dark. Some wait, some tap once more. */
  async #blind(): Promise<void> {
    const { random } = this.#world
    const { senior } = this.#wish
    if (this.#onScale !== null && senior !== null && random.chance(0.4)) await this.#tap([senior.cardUid])
    else await this.#wait(random.integer(300, 900))
  }

  /** The station is dead, which nobody knows yet. */
  #inTheDark(): void {
    if (this.#onScale === null || !this.#world.random.chance(0.25)) return
    this.#world.trace.fault('plate-lifted-in-the-dark')
    this.#world.lay(0)
    this.#onScale = null
  }

  /** She leaves without a meal; staff clears the counter. */
  async #giveUp(): Promise<void> {
    this.#world.trace.note('gives up', this.#world.view?.phase ?? 'dark', this.#world.view?.trouble ?? null)
    await this.#world.untilResolved()
    await this.#world.press({ kind: 'cancel' })
  }

  /** Time goes by, and she keeps an eye on the screen. */
  async #wait(ms: number): Promise<void> {
    await this.#world.pass(ms)
    const { view } = this.#world
    if (view !== null && this.#isMine(view)) this.#over = 'paid'
  }

  #missingPortion(view: CounterView): { dishId: string; quantity: number } | undefined {
    const menu = this.#menu
    return this.#wish.portions.find(({ dishId }) => {
      const name = menu.dishes.find(({ id }) => id === dishId)?.name.zh
      return !view.lines.some((line) => line.quantity !== null && line.name.zh === name)
    })
  }

  /** Plates whose line is kept in the basket, without the one on the scale. */
  #platesAdded(view: CounterView): number {
    const weighed = view.lines.filter(({ netMg }) => netMg !== null).length
    return weighed - ((view.weighing?.amountFen ?? null) === null ? 0 : 1)
  }
}
