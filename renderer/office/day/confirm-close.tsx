import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

interface ConfirmCloseProps {
  readonly date: string
  readonly onYes: () => void
  readonly onNo: () => void
}

/** A locked day cannot be opened again: it is asked about in words. */
export function ConfirmClose({ date, onYes, onNo }: ConfirmCloseProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      centered
      title={t('day.confirm.title', { date })}
      onCancel={onNo}
      data-dialog="confirm-close"
      footer={[
        <Button key="no" size="large" data-action="not-yet" onClick={onNo}>
          {t('day.confirm.no')}
        </Button>,
        <Button key="yes" type="primary" size="large" data-action="confirm-close" onClick={onYes}>
          {t('day.confirm.yes')}
        </Button>,
      ]}
    >
      <p>{t('day.confirm.words')}</p>
    </Modal>
  )
}
