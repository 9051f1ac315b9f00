import { Alert, Card, Table } from 'antd'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HealthLight } from '../../../shared/contract/health.ts'
import type { ScaleCheck, ScaleView as ScaleNow } from '../../../shared/contract/metrology.ts'
import { HEALTH_CODES, type HealthCode } from '../../../shared/domain/health-codes.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { Chart } from '../../ui/chart.tsx'
import { gramsText, shortMoment } from '../../ui/format.ts'
import { filled } from '../health/filled.ts'
import { HealthLamp } from '../health/lamp.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { CheckCard, Decision, type CheckCardProps } from './check-card.tsx'
import { driftChart } from './drift-chart.ts'
import './scale.css'

interface ScaleViewProps extends CheckCardProps {
  readonly problem: string | null
  /** Which scale the page is about, where there are several. */
  readonly choice: ReactNode
  readonly language: Language
}

/** A scale on one page: how it stands, its check, its drift, its certificate. */
export function ScaleView(props: ScaleViewProps) {
  const { t } = useTranslation()
  const { view, problem, language, result } = props
  const words = useMemo(() => ({ off: t('scale.drift.off'), allowed: t('scale.drift.allowed') }), [t])
  const option = useMemo(() => driftChart(view.checks, words), [view.checks, words])
  return (
    <PageFrame title={t('scale.title')} lead={t('scale.lead')} actions={props.choice}>
      <Standing view={view} language={language}>
        {result === null && view.underWay === null && <Decision view={view} onDecide={props.onDecide} />}
      </Standing>
      {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
      <div className="scale-columns">
        <div className="scale-check-and-drift">
          <CheckCard {...props} />
          {view.checks.length > 0 && (
            <Card size="small" title={t('scale.drift.title')} data-card="drift">
              <Chart option={option} label={t('scale.drift.label')} height={200} />
            </Card>
          )}
        </div>
        <Certificate view={view} />
      </div>
      <History checks={view.checks} language={language} />
    </PageFrame>
  )
}

const LOCK_CODE = {
  'scale-verification-expired': 'scale-verification-over',
  'scale-check-failed': 'scale-check-failed',
  'scale-check-due': 'scale-check-required',
} as const satisfies Readonly<Record<NonNullable<ScaleNow['lock']>, HealthCode>>

interface StandingProps {
  readonly view: ScaleNow
  readonly language: Language
  readonly children: ReactNode
}

/** The same words as on the health page: locked or not, and what to do. */
function Standing({ view, language, children }: StandingProps) {
  const { lock, advice, verifiedUntil, daysLeft } = view
  const codes: readonly HealthCode[] = [
    ...(lock === null ? [] : [LOCK_CODE[lock]]),
    ...advice.map((each) => `scale-${each}` as const),
  ]
  const light: HealthLight = lock !== null ? 'bad' : advice.length > 0 ? 'attention' : 'good'
  const shown = codes.length > 0 ? codes : (['scale-good'] as const)
  const values = { verifiedUntil, days: daysLeft }
  return (
    <div className="health-head scale-standing" data-light={light} data-lock={lock ?? ''}>
      <HealthLamp light={light} />
      <div>
        {shown.map((code) => (
          <div key={code} data-code={code}>
            <h2>{filled(HEALTH_CODES[code].title, values, language)}</h2>
            <p>{filled(HEALTH_CODES[code].todo, values, language)}</p>
          </div>
        ))}
      </div>
      {children}
    </div>
  )
}

const KILOGRAM_GRAMS = 1000

function Certificate({ view }: { readonly view: ScaleNow }) {
  const { t } = useTranslation()
  const { policy, minMg, maxMg, divisionMg, verifiedUntil, daysLeft } = view
  const range = {
    min: gramsText(minMg),
    // Grams of milligrams of Max are its kilograms.
    max: gramsText(maxMg / KILOGRAM_GRAMS),
    division: gramsText(divisionMg),
  }
  const until =
    daysLeft < 0
      ? t('scale.certificate.over', { date: verifiedUntil })
      : t('scale.certificate.untilText', { date: verifiedUntil, days: daysLeft })
  const rows = [
    [t('scale.certificate.scale'), view.scaleId],
    [t('scale.certificate.range'), t('scale.certificate.rangeText', range)],
    [t('scale.certificate.until'), until],
    [t('scale.certificate.opening'), t(`scale.certificate.openingText.${policy.openingCheck}`)],
    [t('scale.certificate.failed'), t(`scale.certificate.failedText.${policy.failedCheck}`)],
    [t('scale.certificate.expired'), t(`scale.certificate.expiredText.${policy.expiredVerification}`)],
  ] as const
  return (
    <Card size="small" title={t('scale.certificate.title')} data-card="certificate">
      <dl className="scale-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

interface HistoryProps {
  readonly checks: readonly ScaleCheck[]
  readonly language: Language
}

function History({ checks, language }: HistoryProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const weight = (milligrams: number) => t('scale.grams', { grams: gramsText(milligrams) })
  return (
    <section className="report-table" data-table="checks">
      <h3>{t('scale.history.title')}</h3>
      <Table<ScaleCheck>
        size="small"
        rowKey="checkId"
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        locale={{ emptyText: t('scale.history.empty') }}
        dataSource={[...checks]}
        columns={[
          {
            title: t('scale.history.when'),
            render: (_, { atMs }) => shortMoment(atMs, language, timeZone),
          },
          { title: t('scale.history.by'), dataIndex: 'byName' },
          {
            title: t('scale.history.weight'),
            align: 'right',
            render: (_, { nominalMg }) => weight(nominalMg),
          },
          {
            title: t('scale.history.shown'),
            align: 'right',
            render: (_, { measuredMg }) => weight(measuredMg),
          },
          {
            title: t('scale.history.off'),
            align: 'right',
            render: (_, { errorMg }) => `${errorMg > 0 ? '+' : ''}${weight(errorMg)}`,
          },
          {
            title: t('scale.history.verdict'),
            render: (_, { verdict, released }) => (
              <>
                {t(`scale.history.${verdict}`)}
                {released !== null && (
                  <div className="scale-released">
                    {t('scale.history.released', {
                      name: released.byName,
                      date: released.businessDate,
                      note: released.note,
                    })}
                  </div>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}
