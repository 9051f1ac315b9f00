import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import { codeOf, station } from '../../stores/office.ts'
import { Asked } from '../shell/asked.tsx'
import { useProblemWords } from '../shell/problem-words.ts'
import './receipts.css'

interface ReceiptDialogProps {
  readonly of: ReceiptOf
  readonly onClose: () => void
}

/** A receipt as it would come out on paper, and the key that prints it. */
export function ReceiptDialog({ of, onClose }: ReceiptDialogProps) {
  const { t } = useTranslation()
  const words = useProblemWords()
  const receipt = useQuery(station.receipts.read.queryOptions({ input: { of } }))
  const print = useMutation(station.receipts.print.mutationOptions())
  const problem =
    print.error === null
      ? null
      : codeOf(print.error) === 'NO_PRINTER'
        ? t('receipts.noPrinter')
        : words(print.error)
  return (
    <Modal
      open
      centered
      width={520}
      title={receipt.data?.title ?? t('receipts.title')}
      data-dialog="receipt"
      onCancel={onClose}
      footer={[
        <Button key="close" size="large" data-action="close" onClick={onClose}>
          {t('receipts.close')}
        </Button>,
        <Button
          key="print"
          type="primary"
          size="large"
          data-action="print"
          loading={print.isPending}
          onClick={() => print.mutate({ of })}
        >
          {t('receipts.print')}
        </Button>,
      ]}
    >
      <Asked query={receipt}>
        {({ svg, title }) => (
          <div className="receipt-paper">
            <img alt={title} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} />
          </div>
        )}
      </Asked>
      {print.data !== undefined && (
        <Alert type="success" showIcon title={t('receipts.printed', { path: print.data.path })} />
      )}
      {problem !== null && <Alert type="error" showIcon title={problem} />}
    </Modal>
  )
}
