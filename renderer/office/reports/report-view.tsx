import { Button, Card, DatePicker, Empty, Skeleton, Space, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayInBrief, DayReport, ReportFormat } from '../../../shared/contract/reports.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import type { Language } from '../../i18n/language.ts'
import { Chart } from '../../ui/chart.tsx'
import { yuanText } from '../../ui/format.ts'
import { PageFrame } from '../shell/page-frame.tsx'
import { daysChart, dishesChart, paymentsChart, periodsChart, type ChartWords } from './day-charts.ts'
import { ExportButtons, ExportNotice, type ExportState } from './export.tsx'
import { ReportTables } from './report-tables.tsx'

interface ReportViewProps {
  readonly businessDate: string
  /** Null while it is on its way. */
  readonly report: DayReport | null
  readonly days: readonly DayInBrief[]
  readonly language: Language
  readonly exportState: ExportState
  readonly onDate: (businessDate: string) => void
  readonly onExport: (format: ReportFormat) => void
}

/** A day in figures, pictures and files. */
export function ReportView(props: ReportViewProps) {
  const { t } = useTranslation()
  const { report, exportState } = props
  return (
    <PageFrame title={t('reports.title')} actions={<Bar {...props} />}>
      <ExportNotice state={exportState} />
      {report === null ? <Skeleton active={false} /> : <Body {...props} report={report} />}
    </PageFrame>
  )
}

function Bar({ businessDate, report, exportState, onDate, onExport }: ReportViewProps) {
  const { t } = useTranslation()
  return (
    <>
      <Space>
        <Button
          size="large"
          aria-label={t('reports.before')}
          icon={<ChevronLeft aria-hidden size={20} />}
          onClick={() => onDate(addDays(businessDate, -1))}
        />
        <DatePicker
          size="large"
          allowClear={false}
          aria-label={t('reports.day')}
          value={dayjs(businessDate)}
          onChange={(day: Dayjs | null) => {
            if (day !== null) onDate(day.format('YYYY-MM-DD'))
          }}
        />
        <Button
          size="large"
          aria-label={t('reports.after')}
          icon={<ChevronRight aria-hidden size={20} />}
          onClick={() => onDate(addDays(businessDate, 1))}
        />
        {report !== null && (
          <Tag className="state-tag" data-closed={report.close !== null}>
            {report.close === null ? `… ${t('reports.open')}` : `✓ ${t('reports.closed')}`}
          </Tag>
        )}
      </Space>
      <ExportButtons state={exportState} ready={report !== null} onExport={onExport} />
    </>
  )
}

function Body({ report, days, language }: ReportViewProps & { readonly report: DayReport }) {
  const { t } = useTranslation()
  const words = useMemo(
    (): ChartWords => ({
      meals: t('reports.chart.meals'),
      yuan: t('reports.chart.yuan'),
      wallet: t('reports.figures.wallet'),
      cash: t('reports.figures.cash'),
      period: {
        breakfast: t('reports.period.breakfast'),
        lunch: t('reports.period.lunch'),
        dinner: t('reports.period.dinner'),
      },
    }),
    [t],
  )
  const { total, topUps, voids, notSold } = report
  const nothing = [topUps, voids, notSold].every((part) => part.length === 0) && total.sold.meals === 0
  const { net } = report.total
  const { deposits } = report
  const figures = [
    ['meals', String(net.meals)],
    ['price', yuanText(net.priceFen)],
    ['subsidy', yuanText(net.subsidyFen)],
    ['wallet', yuanText(net.walletFen)],
    ['cash', yuanText(net.cashFen)],
    ['liability', yuanText(report.walletLiability.afterFen)],
    ...(deposits.afterFen === 0 ? [] : [['deposits', yuanText(deposits.afterFen)] as const]),
  ] as const
  return (
    <>
      <div className="report-figures">
        {figures.map(([name, value]) => (
          <Card key={name} size="small" className="report-figure" data-figure={name}>
            <span>{t(`reports.figures.${name}`)}</span>
            <strong>{value}</strong>
          </Card>
        ))}
      </div>
      {nothing ? (
        <Empty className="page-empty" description={t('reports.empty')} />
      ) : (
        <div className="report-charts">
          <Picture label={t('reports.chart.periods')} option={periodsChart(report, words)} />
          <Picture label={t('reports.chart.payments')} option={paymentsChart(report, words, language)} />
          <Picture label={t('reports.chart.dishes')} option={dishesChart(report, words, language)} />
          <Picture label={t('reports.chart.days')} option={daysChart(days, words)} />
        </div>
      )}
      {!nothing && <ReportTables report={report} language={language} />}
    </>
  )
}

const CHART_HEIGHT = 240

function Picture({
  label,
  option,
}: {
  readonly label: string
  readonly option: ReturnType<typeof periodsChart>
}) {
  return (
    <Card size="small" title={label}>
      <Chart label={label} option={option} height={CHART_HEIGHT} />
    </Card>
  )
}
