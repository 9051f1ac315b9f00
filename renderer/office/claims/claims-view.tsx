import { Alert, Button, Card, Empty, Segmented, Space } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Claims } from '../../../shared/contract/claims.ts'
import type { ReportFormat } from '../../../shared/contract/reports.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { CLAIM_PERIODS, type ClaimPeriodKind } from '../../../shared/domain/policy/claims.ts'
import { useSettings } from '../../stores/settings.ts'
import { Chart } from '../../ui/chart.tsx'
import { yuanText } from '../../ui/format.ts'
import { ExportButtons, ExportNotice, type ExportState } from '../reports/export.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { claimDaysChart } from './claim-days-chart.ts'
import { DayTable, FunderTable } from './claims-tables.tsx'

interface ClaimsViewProps {
  readonly claims: Claims
  /** The business date, YYYY-MM-DD. */
  readonly today: string
  readonly exportState: ExportState
  /** The period of this kind that holds the date is wanted. */
  readonly onPeriod: (period: ClaimPeriodKind, date: string) => void
  readonly onExport: (format: ReportFormat) => void
}

/** What was advanced in a period, of whom it is claimed and by when, in figures, pictures and files. */
export function ClaimsView(props: ClaimsViewProps) {
  const { t } = useTranslation()
  const { claims, today, exportState, onExport } = props
  const actions = <ExportButtons state={exportState} ready={claims.days.length > 0} onExport={onExport} />
  return (
    <PageFrame title={t('claims.title')} lead={t('claims.lead')} actions={actions}>
      <Period {...props} />
      <ExportNotice state={exportState} />
      {claims.days.length === 0 ? (
        <Empty className="page-empty" description={t('claims.none')} />
      ) : (
        <Figures claims={claims} today={today} />
      )}
    </PageFrame>
  )
}

function Period({ claims, onPeriod }: ClaimsViewProps) {
  const { t } = useTranslation()
  const { period, from, to } = claims
  const name = usePeriodName(claims)
  return (
    <Space size="large" wrap>
      <Segmented<ClaimPeriodKind>
        size="large"
        aria-label={t('claims.period')}
        value={period}
        options={CLAIM_PERIODS.map((value) => ({ value, label: t(`claims.kinds.${value}`) }))}
        onChange={(chosen) => onPeriod(chosen, to)}
      />
      <Space>
        <Button
          size="large"
          aria-label={t('claims.before')}
          icon={<ChevronLeft aria-hidden size={20} />}
          onClick={() => onPeriod(period, addDays(from, -1))}
        />
        <strong className="claims-period" data-period={from}>
          {name}
        </strong>
        <Button
          size="large"
          aria-label={t('claims.after')}
          icon={<ChevronRight aria-hidden size={20} />}
          onClick={() => onPeriod(period, addDays(to, 1))}
        />
      </Space>
    </Space>
  )
}

const MONTHS_OF_HALF_YEAR = 6
const MONTHS_OF_QUARTER = 3

function usePeriodName({ period, from }: Pick<Claims, 'period' | 'from'>): string {
  const { t } = useTranslation()
  const month = Number(from.slice(5, 7))
  const number = period === 'quarter' ? Math.ceil(month / MONTHS_OF_QUARTER) : month
  const half = t(`claims.halves.${month > MONTHS_OF_HALF_YEAR ? 'second' : 'first'}`)
  return t(`claims.names.${period}`, { year: from.slice(0, 4), number, half })
}

/** As many dates as fit into a sentence. */
const DATES_NAMED = 3

function Figures({ claims, today }: Pick<ClaimsViewProps, 'claims' | 'today'>) {
  const { t } = useTranslation()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const { to, openDates, total, toClaimFen } = claims
  const figures = [
    ['claim', toClaimFen],
    ['total', total.totalFen],
    ['subsidy', total.subsidyFen],
    ['provider', total.providerFen],
    ['grants', total.grantsFen],
  ] as const
  const named = openDates.slice(0, DATES_NAMED).map((date) => date.slice(5))
  const dates = openDates.length > DATES_NAMED ? [...named, '…'] : named
  const label = t('claims.byDay')
  return (
    <>
      {to >= today && <Alert type="info" showIcon title={t('claims.notOver', { to })} />}
      {openDates.length > 0 && (
        <Alert
          type="warning"
          showIcon
          data-open-days={openDates.length}
          title={t('claims.open', { count: openDates.length, dates: dates.join(', ') })}
        />
      )}
      <div className="report-figures">
        {figures.map(([name, fen]) => (
          <Card key={name} size="small" className="report-figure" data-figure={name}>
            <span>{t(`claims.${name}`)}</span>
            <strong>{yuanText(fen)}</strong>
          </Card>
        ))}
      </div>
      <FunderTable claims={claims} language={language} />
      <Chart label={label} option={claimDaysChart(claims, language, t('claims.yuan'))} height={260} />
      <DayTable claims={claims} language={language} />
    </>
  )
}
