import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BayKey } from '../../../shared/domain/bays/state.ts'

/** Food that staff is about to let go unpaid. */
export interface ToCancel {
  readonly key: Extract<BayKey, { kind: 'cancel-line' | 'cancel-tray' }>
  /** Whose it is, what, and what it would have cost. */
  readonly words: string
}

interface CancelFoodProps {
  readonly asked: ToCancel
  readonly onKeep: () => void
  readonly onCancel: () => void
}

/** Asks in words before food goes unpaid. Keeping it is the first key. */
export function CancelFood({ asked, onKeep, onCancel }: CancelFoodProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      centered
      title={t(`bays.office.cancel.${asked.key.kind}`)}
      onCancel={onKeep}
      data-dialog="cancel-food"
      footer={[
        <Button key="keep" size="large" data-action="keep" onClick={onKeep}>
          {t('bays.office.cancel.keep')}
        </Button>,
        <Button key="cancel" danger size="large" data-action="cancel-food" onClick={onCancel}>
          {t('bays.office.cancel.confirm')}
        </Button>,
      ]}
    >
      <p>{asked.words}</p>
      <p>{t('bays.office.cancel.canteenBears')}</p>
    </Modal>
  )
}
