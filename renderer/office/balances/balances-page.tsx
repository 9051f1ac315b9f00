import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress, Table } from 'antd'
import { FileSpreadsheet, HandCoins } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Balances, PayOutView } from '../../../shared/contract/wallets.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Amount } from '../../ui/amount.tsx'
import { yuanText } from '../../ui/format.ts'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import './balances.css'
import { PayOutDialog } from './pay-out-dialog.tsx'

/** What the canteen owes its members, as a list to keep and to sign, and the one step that pays it out when it closes. */
export default function BalancesPage() {
  const balances = useQuery(station.wallets.balances.queryOptions())
  const payOut = useQuery(station.wallets.watchPayOut.experimental_liveOptions({}))
  return (
    <Asked query={balances}>{(found) => <BalancesView found={found} going={payOut.data ?? null} />}</Asked>
  )
}

function BalancesView({ found, going }: { readonly found: Balances; readonly going: PayOutView | null }) {
  const { t } = useTranslation()
  const { done, told, refused } = useNotice()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const write = useMutation(
    station.wallets.exportBalances.mutationOptions({
      onSuccess: ({ path }) => done(t('balances.exported', { path })),
      onError: (error) =>
        codeOf(error) === 'CANNOT_WRITE' ? told(t('balances.cannotWrite')) : refused(error),
    }),
  )
  const actions = (
    <>
      <Button
        size="large"
        icon={<FileSpreadsheet aria-hidden="true" />}
        data-action="export"
        disabled={found.members === 0}
        loading={write.isPending}
        onClick={() => write.mutate(undefined)}
      >
        {t('balances.export')}
      </Button>
      <Button
        size="large"
        danger
        icon={<HandCoins aria-hidden="true" />}
        data-action="pay-out"
        disabled={found.cashFen <= 0 || going !== null}
        onClick={() => setAsking(true)}
      >
        {t('balances.payOut')}
      </Button>
    </>
  )
  return (
    <PageFrame title={t('balances.title')} lead={t('balances.lead')} actions={actions}>
      {going !== null && <Going going={going} />}
      {found.members === 0 ? <p className="page-empty">{t('balances.none')}</p> : <List found={found} />}
      {asking && (
        <PayOutDialog
          found={found}
          onClose={() => {
            setAsking(false)
            void cache.invalidateQueries({ queryKey: station.wallets.key() })
          }}
        />
      )}
    </PageFrame>
  )
}

function Going({ going }: { readonly going: PayOutView }) {
  const { t } = useTranslation()
  return (
    <section className="panel balances-going" data-going>
      <strong>{t('balances.going', { done: going.done, of: going.of })}</strong>
      <Progress percent={Math.round((going.done / Math.max(1, going.of)) * 100)} />
    </section>
  )
}

const money = { align: 'right' as const, className: 'amount-cell' }

function List({ found }: { readonly found: Balances }) {
  const { t } = useTranslation()
  const { members, cashFen, depositFen, grantsFen, rows } = found
  return (
    <div className="balances">
      <dl className="balances-sums">
        <div data-sum="cash">
          <dt>{t('balances.cash')}</dt>
          <dd>
            <Amount fen={cashFen} size="large" />
          </dd>
        </div>
        <div>
          <dt>{t('balances.members')}</dt>
          <dd>{members}</dd>
        </div>
        <div>
          <dt>{t('balances.deposits')}</dt>
          <dd>{yuanText(depositFen)}</dd>
        </div>
        <div>
          <dt>{t('balances.grants')}</dt>
          <dd>{yuanText(grantsFen)}</dd>
        </div>
      </dl>
      <Table
        size="small"
        pagination={false}
        rowKey="memberId"
        dataSource={[...rows]}
        columns={[
          { title: t('balances.name'), render: (_, { name, memberId }) => name || memberId },
          { title: t('balances.cash'), ...money, render: (_, row) => yuanText(row.cashFen) },
          { title: t('balances.deposits'), ...money, render: (_, row) => yuanText(row.depositFen) },
          { title: t('balances.grants'), ...money, render: (_, row) => yuanText(row.grantsFen) },
        ]}
      />
      {rows.length < members && (
        <p className="balances-foot">{t('balances.more', { shown: rows.length, members })}</p>
      )}
    </div>
  )
}
