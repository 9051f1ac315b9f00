import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Claims, ClaimSums } from '../../../shared/contract/claims.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'

interface TableProps {
  readonly claims: Claims
  readonly language: Language
}

const money = { align: 'right' as const, className: 'amount-cell' }

function useSumColumns() {
  const { t } = useTranslation()
  return (['subsidy', 'provider', 'grants', 'total'] as const).map((name) => ({
    title: t(`claims.${name}`),
    ...money,
    render: (_: unknown, row: ClaimSums) => yuanText(row[`${name}Fen`]),
  }))
}

/** Whom to claim of, how much, by when. */
export function FunderTable({ claims: { funders, period }, language }: TableProps) {
  const { t } = useTranslation()
  const sums = useSumColumns()
  return (
    <section className="report-table" data-table="claims">
      <h3>{t('claims.byFunder')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="funderId"
        dataSource={[...funders]}
        columns={[
          { title: t('claims.funder'), render: (_, { name }) => inWords(name, language) },
          ...sums,
          {
            title: t('claims.advance'),
            ...money,
            render: (_, { settlement }) => (settlement === null ? '—' : yuanText(settlement.advanceFen)),
          },
          {
            title: t('claims.claim'),
            ...money,
            render: (_, { toClaimFen }) => (
              <strong>{toClaimFen === null ? '—' : yuanText(toClaimFen)}</strong>
            ),
          },
          {
            title: t('claims.owedBack'),
            ...money,
            render: (_, { settlement }) => yuanText(settlement?.owedBackFen ?? 0),
          },
          {
            title: t('claims.due'),
            render: (_, { settlement, claimedBy }) =>
              settlement?.dueOn ??
              (claimedBy === null || claimedBy === period
                ? '—'
                : t('claims.otherPeriod', { period: t(`claims.kinds.${claimedBy}`) })),
          },
        ]}
      />
    </section>
  )
}

/** The days that a claim is made of. */
export function DayTable({ claims: { days, funders }, language }: TableProps) {
  const { t } = useTranslation()
  const sums = useSumColumns()
  const names = new Map(funders.map(({ funderId, name }) => [funderId, inWords(name, language)]))
  return (
    <section className="report-table" data-table="claim-days">
      <h3>{t('claims.byDay')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey={({ businessDate, funderId }) => `${businessDate} ${funderId}`}
        dataSource={[...days]}
        columns={[
          { title: t('claims.day'), dataIndex: 'businessDate' },
          { title: t('claims.funder'), render: (_, { funderId }) => names.get(funderId) ?? funderId },
          ...sums,
        ]}
      />
    </section>
  )
}
