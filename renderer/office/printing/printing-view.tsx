import { Alert, Button, Space, Table } from 'antd'
import { LockOpen, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PrintingView as PrintingNow, WaitingReceipt } from '../../../shared/contract/printing.ts'
import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import type { Language } from '../../i18n/language.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'
import { PageFrame } from '../shell/page-frame.tsx'

interface PrintingViewProps {
  readonly view: PrintingNow
  readonly language: Language
  readonly onNow: () => void
  readonly onDrop: (jobId: string) => void
  readonly onDrawer: () => void
  readonly onShow: (of: ReceiptOf) => void
}

/** How the printer is, in words, and the receipts that wait for it, the next one first. */
export function PrintingView(props: PrintingViewProps) {
  const { t } = useTranslation()
  const { view, onNow, onDrawer } = props
  if (!view.configured)
    return (
      <PageFrame title={t('printing.title')}>
        <p data-printer="none">{t('printing.none')}</p>
      </PageFrame>
    )
  const drawer = view.hasDrawer && (
    <Button size="large" icon={<LockOpen aria-hidden="true" />} data-action="open-drawer" onClick={onDrawer}>
      {t('printing.openDrawer')}
    </Button>
  )
  return (
    <PageFrame
      title={t('printing.title')}
      actions={
        <Space>
          {drawer}
          {view.waiting.length > 0 && (
            <Button
              type="primary"
              size="large"
              icon={<Printer aria-hidden="true" />}
              data-action="print-now"
              onClick={onNow}
            >
              {t('printing.now')}
            </Button>
          )}
        </Space>
      }
    >
      <Space orientation="vertical" size="middle" style={WHOLE_WIDTH}>
        <Standing view={view} />
        <Waiting {...props} />
      </Space>
    </PageFrame>
  )
}

const WHOLE_WIDTH = { width: '100%' } as const

function Standing({ view }: { readonly view: PrintingNow }) {
  const { t } = useTranslation()
  const { waiting, letGo } = view
  const trouble = view.connected ? view.trouble : 'unplugged'
  const words = waiting.length > 0 ? t('printing.waits', { count: waiting.length }) : ''
  return (
    <>
      {trouble === null ? (
        <Alert
          type="success"
          showIcon
          title={t(waiting.length > 0 ? 'printing.busy' : 'printing.ready')}
          data-printer="well"
        />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={t(`printing.trouble.${trouble}`)}
          description={words}
          data-printer={trouble}
        />
      )}
      {letGo > 0 && <Alert type="warning" showIcon title={t('printing.letGo', { count: letGo })} />}
    </>
  )
}

function Waiting({ view, language, onDrop, onShow }: PrintingViewProps) {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  return (
    <Table<WaitingReceipt>
      rowKey="jobId"
      data-waiting={view.waiting.length}
      pagination={{ pageSize: 8, hideOnSinglePage: true }}
      locale={{ emptyText: t('printing.empty') }}
      dataSource={[...view.waiting]}
      columns={[
        { title: t('printing.what'), render: (_, { of }) => t(`printing.kind.${of.kind}`) },
        {
          title: t('printing.since'),
          render: (_, { queuedAtMs }) => {
            const { date, time } = writtenMoment(queuedAtMs, language, timeZone)
            return `${date} ${time}`
          },
        },
        {
          align: 'right',
          render: (_, { jobId, of }) => (
            <Space>
              <Button data-action="show" onClick={() => onShow(of)}>
                {t('printing.show')}
              </Button>
              <Button danger data-action="drop" onClick={() => onDrop(jobId)}>
                {t('printing.drop')}
              </Button>
            </Space>
          ),
        },
      ]}
    />
  )
}
