import { demoMenu } from '../../electron/trial/demo/menu.ts'
import { trialConfig } from '../../electron/trial/config.ts'
import type { ScaleConfig, StationConfig } from '../../electron/station/deps.ts'
import type { Dish, DishPricing, Menu, WeighingMode, WeightPrice } from '../../shared/domain/menu.ts'
import { USUAL_CARDS } from '../../shared/domain/members/card-rules.ts'
import { fen, fenPer100g, fenPer500g, fenPer50g, fenPerKg } from '../../shared/domain/units.ts'
import type { Random } from '../fixtures/random.ts'
import { READER_USB_PATH } from './reader.ts'
import { SCALE_USB_PATH } from './scale.ts'

/** One regular of the simulated canteen. */
export interface Senior {
  readonly memberId: string
  /** In her hand. */
  cardUid: string
  readonly bornOn: string
  readonly name: string
  /** Reported lost; its owner still tries it now and then. */
  cardLost: boolean
}

const SENIOR_COUNT = 28
export const UNKNOWN_CARD_UID = '2C0FFFFF01'
const LOST_CARDS = 2
/** Taken in cash for each card that the office hands out. */
export const DEPOSIT_FEN = fen(1_000)

const FIRST_SENIORS = Array.from({ length: SENIOR_COUNT }, (_, index) => ({
  memberId: `senior-${String(index).padStart(2, '0')}`,
  cardUid: cardUid(index),
  bornOn: `${1934 + ((index * 7) % 32)}-${String(1 + (index % 12)).padStart(2, '0')}-15`,
  name: `长者${index}`,
  cardLost: index >= SENIOR_COUNT - LOST_CARDS,
}))

function cardUid(index: number): string {
  return `2C000A${String(index).padStart(4, '0')}`
}

/** Who comes to eat, and whose each card is. */
export class Roll {
  seniors: Senior[] = []
  /** When everybody was born who ever was on it, by member id. */
  readonly bornOn = new Map<string, string>()
  #cards = 0

  constructor() {
    this.fresh()
  }

  /** As a new book begins: those who always come, with their first cards. */
  fresh(): void {
    this.seniors = FIRST_SENIORS.map((senior) => ({ ...senior }))
    for (const senior of this.seniors) this.expect(senior)
    this.#cards = SENIOR_COUNT
  }

  /** Somebody may become a member: the book knows of her before the office is told. */
  expect({ memberId, bornOn }: Pick<Senior, 'memberId' | 'bornOn'>): void {
    this.bornOn.set(memberId, bornOn)
  }

  /** A card that nobody holds yet. */
  nextCard(): string {
    this.#cards += 1
    return cardUid(this.#cards)
  }

  member(memberId: string | null): Senior | undefined {
    return this.seniors.find((senior) => senior.memberId === memberId)
  }

  holderOf(uid: string | null): Senior | undefined {
    return this.seniors.find((senior) => senior.cardUid === uid)
  }
}

/** The trial counter's configuration with meals by the hour, and ports found by their USB paths. */
export function simulatedConfig(
  protocol: ScaleConfig['protocol'],
  stationId: string,
  backupFolder: string,
): StationConfig & { scale: ScaleConfig } {
  const config = trialConfig({ scalePath: '', readerPath: '' })
  if (config.scale === null || config.reader === null) throw new Error('the trial counter has both devices')
  return {
    ...config,
    stationId,
    backupFolder,
    cards: { ...USUAL_CARDS, depositFen: DEPOSIT_FEN },
    canteen: {
      ...config.canteen,
      mealPeriods: [
        { period: 'breakfast', from: '06:00' },
        { period: 'lunch', from: '10:00' },
        { period: 'dinner', from: '16:00' },
      ],
    },
    scale: { ...config.scale, protocol, port: { usbPath: SCALE_USB_PATH } },
    reader: { ...config.reader, port: { usbPath: READER_USB_PATH } },
  }
}

const UNITS = ['50g', '100g', '500g', 'kg'] as const
const MG_PER_UNIT = { '50g': 50_000, '100g': 100_000, '500g': 500_000, kg: 1_000_000 } as const

/** The same price level in one of the four units of price. */
function weightPrice(fenPerKilogram: number, per: WeightPrice['per']): WeightPrice {
  const amount = Math.round((fenPerKilogram * MG_PER_UNIT[per]) / MG_PER_UNIT.kg)
  switch (per) {
    case '50g':
      return { per, fen: fenPer50g(amount) }
    case '100g':
      return { per, fen: fenPer100g(amount) }
    case '500g':
      return { per, fen: fenPer500g(amount) }
    case 'kg':
      return { per, fen: fenPerKg(amount) }
  }
}

const changed = (amountFen: number, random: Random): number =>
  Math.max(10, Math.round((amountFen * random.integer(85, 120)) / 100))

export function newPricing(pricing: DishPricing, random: Random): DishPricing {
  if (pricing.kind !== 'weight') return { ...pricing, priceFen: fen(changed(pricing.priceFen, random)) }
  const perKilogram = (pricing.price.fen * MG_PER_UNIT.kg) / MG_PER_UNIT[pricing.price.per]
  return { kind: 'weight', price: weightPrice(changed(perKilogram, random), random.pick(UNITS)) }
}

/** The next menu: some prices have changed. */
export function nextMenu(menu: Menu, random: Random): Menu {
  const dishes = menu.dishes.map((dish): Dish => {
    if (!random.chance(0.5)) return dish
    return { ...dish, priceVersion: dish.priceVersion + 1, pricing: newPricing(dish.pricing, random) }
  })
  const { weighing } = menu
  const uniform = weighing.kind === 'uniform'
  const next: WeighingMode = uniform
    ? {
        ...weighing,
        price: weightPrice(random.integer(2000, 4800), random.pick(UNITS)),
        priceVersion: weighing.priceVersion + 1,
      }
    : weighing
  return { ...menu, version: menu.version + 1, dishes, weighing: next }
}

/** The demo menu in one of the three ways to weigh. */
export function firstMenu(random: Random): Menu {
  const kind = random.pick(['dish-keys', 'dish-keys', 'fixed-dish', 'uniform'] as const)
  const weighing: WeighingMode =
    kind === 'dish-keys'
      ? { kind }
      : kind === 'fixed-dish'
        ? { kind, dishId: random.pick(demoMenu.dishes.filter(isWeighed)).id }
        : {
            kind,
            name: { zh: '自选', en: 'Buffet' },
            price: weightPrice(random.integer(2000, 4800), random.pick(UNITS)),
            priceVersion: 1,
          }
  return { ...demoMenu, weighing }
}

export const isWeighed = (dish: Dish): boolean => dish.pricing.kind === 'weight'
