import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { yuanText } from '../../ui/format.ts'

interface CancelDialogProps {
  readonly view: CounterView
  readonly onKeep: () => void
  readonly onCancel: (atMs: number) => void
}

/** Asks in words before a sale is dropped. Keeping it is the first key. */
export function CancelDialog({ view, onKeep, onCancel }: CancelDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog name="cancel" title={t('office.cancel.title')} onClose={onKeep}>
      <p className="dialog-words">
        {t('office.cancel.sale', {
          who: view.member?.displayName ?? t('office.guest'),
          count: view.lines.length,
          amount: yuanText(view.totalFen),
        })}
      </p>
      <p className="dialog-words">{t('office.cancel.nothingCharged')}</p>
      <div className="dialog-buttons">
        <button type="button" className="key key-plain" data-key="keep" onClick={onKeep}>
          {t('office.cancel.keep')}
        </button>
        <button
          type="button"
          className="key key-stop"
          data-key="confirm-cancel"
          onClick={(event) => onCancel(event.timeStamp)}
        >
          {t('office.cancel.confirm')}
        </button>
      </div>
    </Dialog>
  )
}
