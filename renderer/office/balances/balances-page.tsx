import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress, Table } from 'antd'
import { FileSpreadsheet, HandCoins, Printer } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Balances, BalancesFormat, ListingView, PayOutView } from '../../../shared/contract/wallets.ts'
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
  const listing = useQuery(station.wallets.watchListing.experimental_liveOptions({}))
  return (
    <Asked query={balances}>
      {(found) => <BalancesView found={found} going={payOut.data ?? null} listing={listing.data ?? null} />}
    </Asked>
  )
}

interface BalancesViewProps {
  readonly found: Balances
  readonly going: PayOutView | null
  readonly listing: ListingView | null
}

function BalancesView({ found, going, listing }: BalancesViewProps) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { write, writing } = useListing()
  const listed = (format: BalancesFormat, icon: ReactNode) => (
    <Button
      size="large"
      icon={icon}
      data-action={`export-${format}`}
      disabled={found.members === 0 || listing !== null || writing !== null}
      loading={writing === format}
      onClick={() => write(format)}
    >
      {t(`balances.export.${format}`)}
    </Button>
  )
  const actions = (
    <>
      {listed('pdf', <Printer aria-hidden="true" />)}
      {listed('xlsx', <FileSpreadsheet aria-hidden="true" />)}
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
      {going !== null && (
        <Progressing {...going} words={t('balances.going', { done: going.done, of: going.of })} />
      )}
      {listing !== null && (
        <Progressing
          {...listing}
          words={t(`balances.listing.${listing.what}`, { done: listing.done, of: listing.of })}
        />
      )}
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

interface ProgressingProps {
  readonly done: number
  readonly of: number
  readonly words: string
}

function Progressing({ done, of, words }: ProgressingProps) {
  return (
    <section className="panel balances-going" data-going>
      <strong>{words}</strong>
      <Progress percent={Math.round((done / Math.max(1, of)) * 100)} />
    </section>
  )
}

/** Has the list written, and says where it lies. */
function useListing() {
  const { t } = useTranslation()
  const { done, told, refused } = useNotice()
  const writing = useMutation(
    station.wallets.exportBalances.mutationOptions({
      onSuccess: ({ path, files }) =>
        done(t(files === 1 ? 'balances.exported' : 'balances.exportedAll', { path, files })),
      onError: (error) => {
        switch (codeOf(error)) {
          case 'CANNOT_WRITE':
            return told(t('balances.cannotWrite'))
          case 'NO_PRINTER':
            return told(t('balances.noPrinter'))
          case 'BUSY':
            return told(t('balances.listingBusy'))
          default:
            return refused(error)
        }
      },
    }),
  )
  return {
    write: (format: BalancesFormat) => writing.mutate({ format }),
    writing: writing.isPending ? writing.variables.format : null,
  }
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
