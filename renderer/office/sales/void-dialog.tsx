import { Alert, Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaleListed } from '../../../shared/contract/sales.ts'
import { VOID_REASONS, type VoidReason } from '../../../shared/domain/sale.ts'
import { yuanText } from '../../ui/format.ts'

export interface VoidWish {
  readonly reason: VoidReason
  readonly note: string
}

interface VoidDialogProps {
  readonly sale: SaleListed
  readonly busy: boolean
  readonly problem: string | null
  readonly onVoid: (wish: VoidWish) => void
  readonly onCancel: () => void
}

/** Says what goes back to whom before anything does. */
export function VoidDialog({ sale, busy, problem, onVoid, onCancel }: VoidDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<VoidReason | null>(null)
  const [note, setNote] = useState('')
  const amounts = {
    wallet: yuanText(sale.walletFen),
    cash: yuanText(sale.cashFen),
    subsidy: yuanText(sale.subsidyFen),
  }
  return (
    <Modal
      open
      centered
      title={t('salesList.dialog.title')}
      onCancel={onCancel}
      footer={[
        <Button key="no" size="large" data-action="keep" onClick={onCancel}>
          {t('salesList.dialog.no')}
        </Button>,
        <Button
          key="yes"
          danger
          type="primary"
          size="large"
          data-action="void"
          loading={busy}
          disabled={reason === null}
          onClick={() => {
            if (reason !== null) onVoid({ reason, note: note.trim() })
          }}
        >
          {t('salesList.dialog.yes')}
        </Button>,
      ]}
    >
      <p>{t('salesList.dialog.words', amounts)}</p>
      <fieldset className="reasons">
        <legend>{t('salesList.dialog.reason')}</legend>
        <Radio.Group
          value={reason}
          onChange={(event) => {
            const chosen = VOID_REASONS.find((each) => each === event.target.value)
            if (chosen !== undefined) setReason(chosen)
          }}
        >
          {VOID_REASONS.map((each) => (
            <Radio.Button key={each} value={each} data-reason={each}>
              {t(`salesList.reason.${each}`)}
            </Radio.Button>
          ))}
        </Radio.Group>
      </fieldset>
      <label className="field">
        <span>{t('salesList.dialog.note')}</span>
        <Input size="large" maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {problem !== null && <Alert type="error" showIcon title={problem} data-problem />}
    </Modal>
  )
}
