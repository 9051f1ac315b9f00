import { useTranslation } from 'react-i18next'
import type { DayTotals } from '../../../shared/contract/sales.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'

interface TodayFiguresProps {
  readonly totals: DayTotals | null
  readonly menu: Menu | null
  readonly language: Language
}

const SHOWN_DISHES = 6

/** The day in figures, as the book adds them up. */
export function TodayFigures({ totals, menu, language }: TodayFiguresProps) {
  const { t } = useTranslation()
  if (totals === null || totals.meals === 0) return <p className="empty">{t('office.today.empty')}</p>
  const figures = [
    ['takings', totals.priceFen],
    ['subsidy', totals.subsidyFen],
    ['wallet', totals.walletFen],
    ['cash', totals.cashFen],
  ] as const
  return (
    <div className="today">
      <p className="today-meals">
        <strong>{totals.meals}</strong> {t('office.today.meals')}
      </p>
      <dl className="today-figures">
        {figures.map(([label, fen]) => (
          <div key={label} className="figure">
            <dt>{t(`office.today.${label}`)}</dt>
            <dd>{yuanText(fen)}</dd>
          </div>
        ))}
      </dl>
      <BestSold totals={totals} menu={menu} language={language} />
    </div>
  )
}

/** The dishes sold most often; each bar says its number. */
function BestSold({ totals, menu, language }: TodayFiguresProps & { readonly totals: DayTotals }) {
  const { t } = useTranslation()
  const best = totals.byDish.toSorted((a, b) => b.count - a.count).slice(0, SHOWN_DISHES)
  const most = best[0]?.count ?? 1
  const nameOf = (dishId: string): string => {
    const dish = menu?.dishes.find((each) => each.id === dishId)
    return dish === undefined ? dishId : inWords(dish.name, language)
  }
  return (
    <figure className="chart">
      <figcaption>{t('office.today.chart')}</figcaption>
      <ul>
        {best.map((dish) => (
          <li key={dish.dishId} className="chart-row">
            <span className="chart-name">{nameOf(dish.dishId)}</span>
            <svg className="chart-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className="chart-ground" width="100" height="10" rx="1" />
              <rect className="chart-filled" width={(100 * dish.count) / most} height="10" rx="1" />
            </svg>
            <span className="chart-count">{t('office.today.count', { count: dish.count })}</span>
          </li>
        ))}
      </ul>
    </figure>
  )
}
