import type { LibraryDish } from '../../../shared/contract/menus.ts'
import type { DishPricing, WeightPrice, Words } from '../../../shared/domain/menu.ts'
import { fen, fenPer100g, fenPer500g, fenPer50g, fenPerKg } from '../../../shared/domain/units.ts'
import { yuanText } from '../../ui/format.ts'
import { fenOfText } from '../../ui/yuan.ts'

/** What a price is for: a weight, a portion, a set meal. */
export const PRICE_UNITS = ['50g', '100g', '500g', 'kg', 'portion', 'set-meal'] as const
export type PriceUnit = (typeof PRICE_UNITS)[number]

/** A dish as it is being written; amounts are still text. */
export interface DishDraft {
  readonly zh: string
  readonly en: string
  readonly emoji: string
  readonly tags: readonly string[]
  readonly unit: PriceUnit
  readonly amount: string
  /** The parts of a set meal, one a line, in Chinese. */
  readonly parts: string
}

export const NEW_DISH: DishDraft = {
  zh: '',
  en: '',
  emoji: '',
  tags: [],
  unit: '100g',
  amount: '',
  parts: '',
}

export function draftOf({ name, emoji, tags, pricing }: LibraryDish): DishDraft {
  const common = { ...NEW_DISH, zh: name.zh, en: name.en, emoji, tags }
  if (pricing === null) return common
  if (pricing.kind === 'weight')
    return { ...common, unit: pricing.price.per, amount: yuanText(pricing.price.fen) }
  const amount = yuanText(pricing.priceFen)
  if (pricing.kind === 'portion') return { ...common, unit: 'portion', amount }
  return { ...common, unit: 'set-meal', amount, parts: pricing.parts.map(partText).join('\n') }
}

const partText = ({ zh, en }: Words): string => (en === '' || en === zh ? zh : `${zh} / ${en}`)

/** One part a line; English after a stroke, if anybody wrote it. */
function partsOf(text: string): readonly Words[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [zh = '', en = ''] = line.split('/').map((half) => half.trim())
      return { zh, en: en === '' ? zh : en }
    })
}

const PER_WEIGHT: Readonly<Record<WeightPrice['per'], (value: number) => WeightPrice>> = {
  '50g': (value) => ({ per: '50g', fen: fenPer50g(value) }),
  '100g': (value) => ({ per: '100g', fen: fenPer100g(value) }),
  '500g': (value) => ({ per: '500g', fen: fenPer500g(value) }),
  kg: (value) => ({ per: 'kg', fen: fenPerKg(value) }),
}

/** The price that the draft says; null while the amount is no amount. */
export function pricingOf({ unit, amount, parts }: DishDraft): DishPricing | null {
  const value = fenOfText(amount)
  if (value === null) return null
  if (unit === 'portion') return { kind: 'portion', priceFen: fen(value) }
  if (unit === 'set-meal') return { kind: 'set-meal', priceFen: fen(value), parts: partsOf(parts) }
  return { kind: 'weight', price: PER_WEIGHT[unit](value) }
}

/** True when two prices say the same. */
export const isSamePricing = (one: DishPricing | null, other: DishPricing | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
