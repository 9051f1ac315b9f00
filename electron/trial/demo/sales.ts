import { ageOn } from '../../../shared/domain/business-day.ts'
import type { JournalEvent } from '../../../shared/domain/journal/entry.ts'
import type { MemberFacts } from '../../../shared/domain/member.ts'
import type { Dish } from '../../../shared/domain/menu.ts'
import { quote } from '../../../shared/domain/policy/engine.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import { basketTags, basketTotal, countedLine, weighedLine } from '../../../shared/domain/pricing.ts'
import { ROUND_HALF_UP_TO_FEN } from '../../../shared/domain/rounding.ts'
import type { SaleDraft, SaleLine } from '../../../shared/domain/sale.ts'
import type { ScaleProfile } from '../../../shared/domain/scale.ts'
import { fen, milligrams, ZERO_FEN, type Fen } from '../../../shared/domain/units.ts'
import { demoMenu } from './menu.ts'

export interface SampleSales {
  readonly count: number
  readonly salesPerDay: number
  /** The newest day, YYYY-MM-DD; the others lie before it. */
  readonly lastDate: string
  readonly members: readonly MemberFacts[]
  readonly pack: PolicyPack
  readonly scale: ScaleProfile
  readonly canteenArea: string
  readonly nextId: () => string
  /** What is in a member's wallet before the first of these sales. */
  readonly balanceOf: (memberId: string) => Fen
}

const DAY_MS = 86_400_000

/** Whole days of plausible lunches, oldest first: the same rules, quotes and sums as at the counter. */
export function* sampleSales(plan: SampleSales): Generator<JournalEvent> {
  const days = Math.ceil(plan.count / plan.salesPerDay)
  const lastDayMs = Date.parse(`${plan.lastDate}T00:00:00Z`)
  const balances = new Map<string, Fen>()
  for (let index = 0; index < plan.count; index += 1) {
    const day = Math.floor(index / plan.salesPerDay)
    const businessDate = new Date(lastDayMs - (days - 1 - day) * DAY_MS).toISOString().slice(0, 10)
    const sale = sampleSale(plan, index, businessDate)
    const memberId = sale.memberId ?? ''
    const before = balances.get(memberId) ?? plan.balanceOf(memberId)
    const balanceAfterFen = fen(before - sale.tender.walletFen)
    balances.set(memberId, balanceAfterFen)
    yield { kind: 'sale.settled', businessDate, body: { sale, balanceAfterFen } }
  }
}

/** The `index`-th sample sale: a plate of one dish, for most with rice, paid from the wallet. */
export function sampleSale(plan: SampleSales, index: number, businessDate: string): SaleDraft {
  const member = plan.members[index % plan.members.length]
  if (member === undefined) throw new Error('sample sales need members')
  const lines = sampleLines(plan.scale, index)
  const quoted = quote(plan.pack, {
    businessDate,
    mealPeriod: 'lunch',
    workingDay: true,
    minuteOfDay: 720,
    channel: 'counter',
    canteenArea: plan.canteenArea,
    foodFen: basketTotal(lines),
    deliveryFen: ZERO_FEN,
    dishTags: basketTags(lines),
    member,
    uses: [],
  })
  return {
    saleId: plan.nextId(),
    memberId: member.memberId,
    cardUid: null,
    businessDate,
    mealPeriod: 'lunch',
    lines,
    quote: quoted,
    tender: { walletFen: quoted.selfPayFen, cashFen: ZERO_FEN },
    memberAge: ageOn(member.bornOn, businessDate),
  }
}

/** Varies dish and weight with the index alone, so that the same plan gives the same book. */
function sampleLines(scale: ScaleProfile, index: number): readonly SaleLine[] {
  const dishes = demoMenu.dishes
  const weighed = dishes.filter((dish) => dish.pricing.kind === 'weight')
  const dish = weighed[index % weighed.length]
  const plate = demoMenu.plates[0]
  if (dish === undefined || dish.pricing.kind !== 'weight' || plate === undefined)
    throw new Error('the demo menu has no weighed dish')
  const foodMg = 150_000 + ((index * 7_919) % 150) * 2_000
  const line = weighedLine({
    dish,
    price: dish.pricing.price,
    priceVersion: dish.priceVersion,
    grossMg: milligrams(plate.tareMg + foodMg),
    plate,
    scale,
    rawHex: '022B30303034323033314403',
    rounding: ROUND_HALF_UP_TO_FEN,
  })
  if (line.kind === 'refused') throw new Error(`a sample weight is refused: ${line.refusal.kind}`)
  return index % 4 === 0 ? [line.line] : [riceLine(dishes), line.line]
}

function riceLine(dishes: readonly Dish[]): SaleLine {
  const rice = dishes.find((dish) => dish.id === 'rice')
  if (rice === undefined) throw new Error('the demo menu has no rice')
  const counted = countedLine({
    kind: 'portion',
    dish: rice,
    priceFen: fen(100),
    priceVersion: rice.priceVersion,
    quantity: 1,
  })
  if (counted.kind === 'refused') throw new Error('one portion is refused')
  return counted.line
}

/** The next `most` items, leaving the source open for more. */
export function* nextOf<Item>(source: Iterator<Item>, most: number): Generator<Item> {
  for (let taken = 0; taken < most; taken += 1) {
    const next = source.next()
    if (next.done === true) return
    yield next.value
  }
}
