import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import { station } from '../../stores/office.ts'
import { Asked } from '../shell/asked.tsx'
import { ReceiptPicture } from '../shell/receipt-picture.tsx'

interface ReceiptDialogProps {
  readonly of: ReceiptOf
  readonly onClose: () => void
}

/** A receipt as it would come out on paper, and the key that prints it. */
export function ReceiptDialog({ of, onClose }: ReceiptDialogProps) {
  const { t } = useTranslation()
  const receipt = useQuery(station.receipts.read.queryOptions({ input: { of } }))
  return (
    <Modal
      open
      centered
      width={520}
      title={receipt.data?.title ?? t('receipts.title')}
      data-dialog="receipt"
      onCancel={onClose}
      footer={
        <Button size="large" data-action="close" onClick={onClose}>
          {t('receipts.close')}
        </Button>
      }
    >
      <Asked query={receipt}>{(paper) => <ReceiptPicture receipt={paper} of={of} />}</Asked>
    </Modal>
  )
}
