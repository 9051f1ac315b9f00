import { useQuery } from '@tanstack/react-query'
import { Button, Card, DatePicker, Empty, Progress, Space } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NamedReplay } from '../../../shared/contract/policy.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import type { Language } from '../../i18n/language.ts'
import { station } from '../../stores/office.ts'
import { Chart } from '../../ui/chart.tsx'
import { yuanText } from '../../ui/format.ts'
import { replayChart } from './replay-chart.ts'
import { ReplayTables } from './replay-tables.tsx'
import { signedText } from './signed-text.ts'

interface ReplayPanelProps {
  readonly language: Language
  readonly today: string
  /** Null before it was asked for. */
  readonly replay: NamedReplay | null
  readonly running: boolean
  readonly onMonth: (month: string) => void
}

/** A past month under the draft: sums, a picture of who pays, tables. */
export function ReplayPanel({ language, today, replay, running, onMonth }: ReplayPanelProps) {
  const { t } = useTranslation()
  const [month, setMonth] = useState(addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7))
  return (
    <>
      <Space>
        <DatePicker
          size="large"
          picker="month"
          allowClear={false}
          aria-label={t('policy.replay.month')}
          value={dayjs(`${month}-01`)}
          onChange={(day: Dayjs | null) => {
            if (day !== null) setMonth(day.format('YYYY-MM'))
          }}
        />
        <Button
          size="large"
          type="primary"
          data-action="replay"
          loading={running}
          onClick={() => onMonth(month)}
        >
          {t(running ? 'policy.replay.running' : 'policy.replay.start')}
        </Button>
      </Space>
      {running && <Standing />}
      {replay === null ? (
        <p className="policy-hint">{t('policy.replay.hint')}</p>
      ) : (
        <Result replay={replay} language={language} />
      )}
    </>
  )
}

const ASK_EVERY_MS = 250

/** How far it is, as long as it takes. */
function Standing() {
  const { t } = useTranslation()
  const { data } = useQuery(station.policy.replayStanding.queryOptions({ refetchInterval: ASK_EVERY_MS }))
  const { done, total } = data ?? { done: 0, total: 0 }
  return (
    <Progress
      aria-label={t('policy.replay.running')}
      percent={total === 0 ? 0 : Math.floor((100 * done) / total)}
    />
  )
}

const CHART_HEIGHT = 260

function Result({ replay, language }: { readonly replay: NamedReplay; readonly language: Language }) {
  const { t } = useTranslation()
  const option = useMemo(
    () =>
      replayChart(replay, language, {
        before: t('policy.replay.before'),
        after: t('policy.replay.after'),
        selfPay: t('policy.replay.selfPay'),
      }),
    [replay, language, t],
  )
  if (replay.meals === 0)
    return <Empty className="page-empty" description={t('policy.replay.empty', { month: replay.month })} />
  const { meals, subsidy, selfPay, members } = replay
  const figures = [
    ['meals', String(meals), yuanText(replay.priceFen)],
    ['subsidy', signedText(subsidy.differenceFen), yuanText(subsidy.afterFen)],
    ['selfPay', signedText(selfPay.differenceFen), yuanText(selfPay.afterFen)],
    ['more', String(members.more), null],
    ['less', String(members.less), null],
    ['same', String(members.same), null],
  ] as const
  return (
    <div data-replayed={replay.month} className="policy-result">
      <div className="report-figures">
        {figures.map(([name, value, below]) => (
          <Card key={name} size="small" className="report-figure" data-figure={name}>
            <span>{t(`policy.figures.${name}`)}</span>
            <strong>{value}</strong>
            {below !== null && <span>{t(`policy.below.${name}`, { amount: below })}</span>}
          </Card>
        ))}
      </div>
      <Card size="small" title={t('policy.replay.chart')}>
        <Chart label={t('policy.replay.chart')} option={option} height={CHART_HEIGHT} />
      </Card>
      <ReplayTables replay={replay} language={language} />
    </div>
  )
}
