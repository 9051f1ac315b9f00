import { useTranslation } from 'react-i18next'
import type { LibraryDish } from '../../../shared/contract/menus.ts'
import type { DishPricing } from '../../../shared/domain/menu.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment, yuanText } from '../../ui/format.ts'

export interface PriceWords {
  /** `4.00 元 / 每 100 克`; a dish without a price says so. */
  readonly price: (pricing: DishPricing | null) => string
  /** What is announced, with its moment; null when nothing is. */
  readonly announced: (dish: LibraryDish) => string | null
}

/** Prices as the office writes them. */
export function usePriceWords(): PriceWords {
  const { t, i18n } = useTranslation()
  const timeZone = useTimeZone()
  const price = (pricing: DishPricing | null): string => {
    if (pricing === null) return t('menus.noPrice')
    const [fen, unit] =
      pricing.kind === 'weight'
        ? [pricing.price.fen, t(`common.perWeight.${pricing.price.per}`)]
        : [pricing.priceFen, t('common.perPortion')]
    return t('menus.price', { amount: yuanText(fen), unit })
  }
  const announced = ({ nextPrice }: LibraryDish): string | null => {
    if (nextPrice === null) return null
    const { date, time } = writtenMoment(nextPrice.fromMs, i18n.language, timeZone)
    return t('menus.announced', { date, time, price: price(nextPrice.pricing) })
  }
  return { price, announced }
}
