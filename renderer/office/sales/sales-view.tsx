import { Alert, Button, DatePicker, Space, Table, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { SaleListed } from '../../../shared/contract/sales.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment, yuanText } from '../../ui/format.ts'
import { PageFrame } from '../shell/page-frame.tsx'

interface SalesViewProps {
  readonly businessDate: string
  readonly sales: readonly SaleListed[]
  readonly loading: boolean
  readonly more: boolean
  readonly language: Language
  /** What was just done, in words. */
  readonly notice: string | null
  readonly onDate: (businessDate: string) => void
  readonly onMore: () => void
  readonly onWhy: (sale: SaleListed) => void
  readonly onReceipt: (sale: SaleListed) => void
  readonly onVoid: (sale: SaleListed) => void
}

/** A day's sales, newest first, each with its why, its receipt and its void. */
export function SalesView(props: SalesViewProps) {
  const { t } = useTranslation()
  const { businessDate, sales, loading, more, notice } = props
  return (
    <PageFrame
      title={t('salesList.title')}
      actions={
        <DatePicker
          size="large"
          allowClear={false}
          aria-label={t('salesList.day')}
          value={dayjs(businessDate)}
          onChange={(day: Dayjs | null) => {
            if (day !== null) props.onDate(day.format('YYYY-MM-DD'))
          }}
        />
      }
    >
      {notice !== null && <Alert type="success" showIcon title={notice} data-notice />}
      <Table
        size="small"
        rowKey="saleId"
        loading={loading}
        pagination={false}
        locale={{ emptyText: t('salesList.empty') }}
        dataSource={[...sales]}
        columns={useColumns(props)}
      />
      {more && (
        <Button size="large" block data-action="more" onClick={props.onMore}>
          {t('salesList.more')}
        </Button>
      )}
    </PageFrame>
  )
}

function useColumns({ language, onWhy, onReceipt, onVoid }: SalesViewProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  const money = (name: 'price' | 'subsidy' | 'wallet' | 'cash', of: (sale: SaleListed) => number) => ({
    title: t(`salesList.column.${name}`),
    align: 'right' as const,
    className: 'amount-cell',
    render: (_: unknown, sale: SaleListed) => yuanText(of(sale)),
  })
  return [
    {
      title: t('salesList.column.time'),
      render: (_: unknown, { atMs }: SaleListed) => writtenMoment(atMs, language, timeZone).time,
    },
    {
      title: t('salesList.column.who'),
      render: (_: unknown, { displayName }: SaleListed) => displayName ?? t('salesList.guest'),
    },
    money('price', ({ priceFen }) => priceFen),
    money('subsidy', ({ subsidyFen }) => subsidyFen),
    money('wallet', ({ walletFen }) => walletFen),
    money('cash', ({ cashFen }) => cashFen),
    {
      title: t('salesList.column.state'),
      render: (_: unknown, { voidedAs, partsBackFen }: SaleListed) =>
        voidedAs === null ? (
          <Tag color={partsBackFen > 0 ? 'warning' : 'default'}>
            {partsBackFen > 0
              ? `! ${t('salesList.partBack', { price: yuanText(partsBackFen) })}`
              : `✓ ${t('salesList.paid')}`}
          </Tag>
        ) : (
          <Tag color="error" title={voidedAs.note}>
            {`× ${t('salesList.voided')} · ${t(`salesList.reason.${voidedAs.reason}`)}`}
          </Tag>
        ),
    },
    {
      title: '',
      align: 'right' as const,
      render: (_: unknown, sale: SaleListed) => (
        <Space>
          <Button data-why={sale.saleId} onClick={() => onWhy(sale)}>
            {t('salesList.why')}
          </Button>
          <Button data-receipt={sale.saleId} onClick={() => onReceipt(sale)}>
            {t('salesList.receipt')}
          </Button>
          <Button danger data-void={sale.saleId} disabled={sale.voided} onClick={() => onVoid(sale)}>
            {t('salesList.void')}
          </Button>
        </Space>
      ),
    },
  ]
}
