import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayTotals, SaleSummary } from '../../../shared/contract/sales.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment, yuanText } from '../../ui/format.ts'
import { TodayFigures } from './today-figures.tsx'

interface SalesPanelProps {
  readonly recent: readonly SaleSummary[] | null
  readonly totals: DayTotals | null
  readonly menu: Menu | null
  readonly language: Language
  readonly onWhy: (saleId: string) => void
}

const TABS = ['recent', 'today'] as const
type Tab = (typeof TABS)[number]

/** What has been sold: the last ten, or the day in figures. */
export function SalesPanel(props: SalesPanelProps) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>('recent')
  return (
    <section className="panel sold">
      <div className="tabs" role="tablist">
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === name}
            data-tab={name}
            onClick={() => setTab(name)}
          >
            {t(`office.${name}.title`)}
          </button>
        ))}
      </div>
      {tab === 'recent' ? <Recent {...props} /> : <TodayFigures {...props} />}
    </section>
  )
}

function Recent({ recent, language, onWhy }: SalesPanelProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  if (recent === null || recent.length === 0) return <p className="empty">{t('office.recent.empty')}</p>
  return (
    <ol className="recent">
      {recent.map((sale) => (
        <li key={sale.saleId} className="recent-sale">
          <span className="recent-time">{writtenMoment(sale.atMs, language, timeZone).time}</span>
          <span className="recent-who">
            <strong>{sale.displayName ?? t('office.recent.guest')}</strong>
            <span>{t('office.recent.lines', { count: sale.lineCount })}</span>
          </span>
          <span className="recent-amount" data-voided={sale.voided}>
            {sale.voided ? t('office.recent.voided') : yuanText(sale.selfPayFen)}
          </span>
          <button type="button" className="why" data-why={sale.saleId} onClick={() => onWhy(sale.saleId)}>
            {t('office.recent.why')}
          </button>
        </li>
      ))}
    </ol>
  )
}
