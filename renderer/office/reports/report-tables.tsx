import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DayReport } from '../../../shared/contract/reports.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { gramsText, writtenMoment, yuanText } from '../../ui/format.ts'
import { kilogramsText } from './kilograms.ts'

interface TablesProps {
  readonly report: DayReport
  readonly language: Language
}

const NOT_SOLD_PARTS = [
  'unattributedMg',
  'belowMinimumMg',
  'takeRefusedMg',
  'lineCancelledMg',
  'totalMg',
] as const

const money = { align: 'right' as const, className: 'amount-cell' }

/** The report's figures as they stand in its files. */
export function ReportTables(props: TablesProps) {
  return (
    <>
      <Periods {...props} />
      <Funders {...props} />
      <Dishes {...props} />
      {props.report.notSold.length > 0 && <NotSold {...props} />}
      <TopUps {...props} />
      <Given {...props} />
      <Grants {...props} />
      {props.report.voids.length > 0 && <Voids {...props} />}
    </>
  )
}

function Periods({ report }: TablesProps) {
  const { t } = useTranslation()
  const rows = [
    ...report.byPeriod.map((each) => ({ ...each, name: t(`reports.period.${each.mealPeriod}`) })),
    { ...report.total, mealPeriod: 'total', name: t('reports.table.total') },
  ]
  return (
    <section className="report-table" data-table="periods">
      <h3>{t('reports.table.periods')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="mealPeriod"
        dataSource={rows}
        columns={[
          { title: '', dataIndex: 'name' },
          { title: t('reports.figures.meals'), ...money, render: (_, { net }) => net.meals },
          { title: t('reports.figures.price'), ...money, render: (_, { net }) => yuanText(net.priceFen) },
          {
            title: t('reports.figures.discount'),
            ...money,
            render: (_, { net }) => yuanText(net.discountFen),
          },
          { title: t('reports.figures.subsidy'), ...money, render: (_, { net }) => yuanText(net.subsidyFen) },
          { title: t('reports.figures.wallet'), ...money, render: (_, { net }) => yuanText(net.walletFen) },
          { title: t('reports.figures.cash'), ...money, render: (_, { net }) => yuanText(net.cashFen) },
          { title: t('reports.figures.voids'), ...money, render: (_, { voided }) => voided.meals },
        ]}
      />
    </section>
  )
}

function Funders({ report, language }: TablesProps) {
  const { t } = useTranslation()
  return (
    <section className="report-table" data-table="funders">
      <h3>{t('reports.table.funders')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="funderId"
        dataSource={[...report.byFunder]}
        columns={[
          { title: t('reports.table.funder'), render: (_, { name }) => inWords(name, language) },
          { title: t('reports.table.claimed'), ...money, render: (_, row) => yuanText(row.claimedFen) },
          { title: t('reports.table.voided'), ...money, render: (_, row) => yuanText(row.voidedFen) },
          { title: t('reports.table.net'), ...money, render: (_, row) => yuanText(row.netFen) },
          { title: t('reports.table.provider'), ...money, render: (_, row) => yuanText(row.providerFen) },
        ]}
      />
    </section>
  )
}

function Dishes({ report, language }: TablesProps) {
  const { t } = useTranslation()
  return (
    <section className="report-table" data-table="dishes">
      <h3>{t('reports.table.dishes')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="dishId"
        dataSource={[...report.byDish]}
        columns={[
          { title: t('reports.table.dish'), render: (_, { name }) => inWords(name, language) },
          { title: t('reports.table.count'), ...money, render: (_, row) => row.count - row.voidedCount },
          {
            title: t('reports.table.weight'),
            ...money,
            render: (_, row) => kilogramsText(row.netMg - row.voidedMg),
          },
          {
            title: t('reports.table.amount'),
            ...money,
            render: (_, row) => yuanText(row.amountFen - row.voidedFen),
          },
        ]}
      />
    </section>
  )
}

/** What left the bays' pans and was charged to nobody, in grams and by why. */
function NotSold({ report, language }: TablesProps) {
  const { t } = useTranslation()
  return (
    <section className="report-table" data-table="not-sold">
      <h3>{t('reports.table.notSold')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey={({ bayId, dishId }) => `${bayId}/${dishId}`}
        dataSource={[...report.notSold]}
        columns={[
          { title: t('reports.notSold.bay'), dataIndex: 'bayId' },
          { title: t('reports.table.dish'), render: (_, { name }) => inWords(name, language) },
          ...NOT_SOLD_PARTS.map((part) => ({
            title: t(`reports.notSold.${part}`),
            ...money,
            render: (_: unknown, row: DayReport['notSold'][number]) => gramsText(row[part]),
          })),
        ]}
      />
    </section>
  )
}

function TopUps({ report }: TablesProps) {
  const { t } = useTranslation()
  return (
    <section className="report-table" data-table="top-ups">
      <h3>{t('reports.table.topUps')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="source"
        dataSource={[...report.topUps]}
        columns={[
          { title: t('reports.table.source'), render: (_, { source }) => t(`reports.source.${source}`) },
          { title: t('reports.table.times'), ...money, render: (_, row) => row.count - row.reversedCount },
          { title: t('reports.table.amount'), ...money, render: (_, row) => yuanText(row.amountFen) },
          { title: t('reports.table.reversed'), ...money, render: (_, row) => yuanText(row.reversedFen) },
        ]}
      />
    </section>
  )
}

/** What was given back to seniors, put right in their wallets, and came and went for cards; nothing where nothing was. */
function Given({ report }: TablesProps) {
  const { t } = useTranslation()
  const { refunds, corrections, deposits } = report
  const rows = [
    ...refunds.map(({ method, count, amountFen }) => ({
      what: 'refund',
      name: `${t('reports.given.refund')} · ${t(`reports.source.${method}`)}`,
      count,
      inFen: 0,
      outFen: amountFen,
    })),
    {
      what: 'correction',
      name: t('reports.given.correction'),
      count: corrections.count,
      inFen: corrections.addedFen,
      outFen: corrections.takenFen,
    },
    {
      what: 'deposit',
      name: t('reports.given.deposit'),
      count: deposits.takenCount + deposits.returnedCount,
      inFen: deposits.takenFen,
      outFen: deposits.returnedFen,
    },
  ].filter(({ count }) => count > 0)
  if (rows.length === 0) return null
  return (
    <section className="report-table" data-table="given">
      <h3>{t('reports.table.givenBack')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="name"
        dataSource={rows}
        columns={[
          { title: t('reports.given.what'), dataIndex: 'name' },
          { title: t('reports.table.times'), ...money, dataIndex: 'count' },
          { title: t('reports.given.in'), ...money, render: (_, row) => yuanText(row.inFen) },
          { title: t('reports.given.out'), ...money, render: (_, row) => yuanText(row.outFen) },
        ]}
      />
    </section>
  )
}

/** Money that funds gave for meals; nothing where none does. */
function Grants({ report, language }: TablesProps) {
  const { t } = useTranslation()
  if (report.grants.length === 0) return null
  return (
    <section className="report-table" data-table="grants">
      <h3>{t('reports.table.grants')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="funderId"
        dataSource={[...report.grants]}
        columns={[
          { title: t('reports.table.funder'), render: (_, { name }) => inWords(name, language) },
          { title: t('reports.table.given'), ...money, render: (_, row) => yuanText(row.givenFen) },
          {
            title: t('reports.table.spent'),
            ...money,
            render: (_, row) => yuanText(row.spentFen - row.returnedFen),
          },
          { title: t('reports.table.expired'), ...money, render: (_, row) => yuanText(row.expiredFen) },
          { title: t('reports.table.left'), ...money, render: (_, row) => yuanText(row.leftFen) },
        ]}
      />
    </section>
  )
}

function Voids({ report, language }: TablesProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  return (
    <section className="report-table" data-table="voids">
      <h3>{t('reports.table.voids')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="voidId"
        dataSource={[...report.voids]}
        columns={[
          {
            title: t('reports.table.time'),
            render: (_, { atMs }) => writtenMoment(atMs, language, timeZone).time,
          },
          { title: t('reports.table.soldOn'), dataIndex: 'soldOn' },
          { title: t('reports.figures.price'), ...money, render: (_, row) => yuanText(row.priceFen) },
          { title: t('reports.figures.subsidy'), ...money, render: (_, row) => yuanText(row.subsidyFen) },
          { title: t('reports.table.reason'), render: (_, { reason }) => t(`salesList.reason.${reason}`) },
          { title: t('reports.table.approvedBy'), dataIndex: 'approvedByName' },
        ]}
      />
    </section>
  )
}
