import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { NamedReplay } from '../../../shared/contract/policy.ts'
import type { Compared, ComparedMember } from '../../../shared/domain/policy/replay-sums.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { yuanText } from '../../ui/format.ts'
import { signedText } from './signed-text.ts'

interface ReplayTablesProps {
  readonly replay: NamedReplay
  readonly language: Language
}

/** The figures to the fen: who pays, and whose month changes most. */
export function ReplayTables({ replay, language }: ReplayTablesProps) {
  const { t } = useTranslation()
  const { largest, names } = replay
  return (
    <>
      <Payers replay={replay} language={language} />
      <Members title={t('policy.table.more')} name="more" members={largest.more} names={names} />
      <Members title={t('policy.table.less')} name="less" members={largest.less} names={names} />
    </>
  )
}

function useComparedColumns() {
  const { t } = useTranslation()
  const money = { align: 'right' as const, className: 'amount-cell' }
  return [
    {
      title: t('policy.replay.before'),
      ...money,
      render: (_: unknown, row: Compared) => yuanText(row.beforeFen),
    },
    {
      title: t('policy.replay.after'),
      ...money,
      render: (_: unknown, row: Compared) => yuanText(row.afterFen),
    },
    {
      title: t('policy.replay.difference'),
      ...money,
      render: (_: unknown, row: Compared) => signedText(row.differenceFen),
    },
  ]
}

type Payer = Compared & { readonly key: string; readonly name: string }

function Payers({ replay, language }: ReplayTablesProps) {
  const { t } = useTranslation()
  const columns = useComparedColumns()
  const rows: readonly Payer[] = [
    ...replay.funders.map((funder) => ({
      ...funder,
      key: funder.funderId,
      name: inWords(funder.name, language),
    })),
    { ...replay.subsidy, key: '=subsidy', name: t('policy.table.subsidy') },
    { ...replay.discount, key: '=discount', name: t('policy.table.discount') },
    { ...replay.selfPay, key: '=self-pay', name: t('policy.replay.selfPay') },
    ...replay.providerPayments.map((funder) => ({
      ...funder,
      key: `provider:${funder.funderId}`,
      name: t('policy.table.provider', { funder: inWords(funder.name, language) }),
    })),
  ]
  return (
    <section className="report-table" data-table="payers">
      <h3>{t('policy.table.payers')}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={rows}
        columns={[{ title: t('policy.table.payer'), dataIndex: 'name' }, ...columns]}
      />
    </section>
  )
}

interface MembersProps {
  readonly title: string
  readonly name: 'more' | 'less'
  readonly members: readonly ComparedMember[]
  readonly names: NamedReplay['names']
}

/** Somebody who was erased is told by her id. */
function Members({ title, name, members, names }: MembersProps) {
  const { t } = useTranslation()
  const columns = useComparedColumns()
  if (members.length === 0) return null
  return (
    <section className="report-table" data-table={name}>
      <h3>{title}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="memberId"
        dataSource={members}
        columns={[
          { title: t('policy.table.member'), render: (_, { memberId }) => names[memberId] ?? memberId },
          { title: t('reports.figures.meals'), dataIndex: 'meals', align: 'right', className: 'amount-cell' },
          ...columns,
        ]}
      />
    </section>
  )
}
