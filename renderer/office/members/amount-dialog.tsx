import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'

interface AmountDialogProps {
  readonly title: string
  readonly at: 'amount' | 'confirm' | 'done'
  /** Why it was refused, in words; nothing while it was not. */
  readonly problem: ReactNode
  readonly busy: boolean
  /** Whether the amount that was keyed in can be. */
  readonly fits: boolean
  readonly words: { readonly back: string; readonly next: string }
  readonly onBack: () => void
  readonly onNext: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Money in or out by hand: an amount, the same said back, then its slip; one key leads on, another one back. */
export function AmountDialog(props: AmountDialogProps) {
  const { title, at, problem, busy, fits, words, onBack, onNext, onClose, children } = props
  return (
    <Modal
      open
      centered
      width={640}
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <div className="dialog-foot">
          <span className="dialog-problem" role="alert">
            {problem}
          </span>
          {at === 'confirm' && (
            <Button size="large" onClick={onBack}>
              {words.back}
            </Button>
          )}
          <Button
            type="primary"
            size="large"
            loading={busy}
            disabled={at === 'amount' && !fits}
            data-action="next"
            onClick={onNext}
          >
            {words.next}
          </Button>
        </div>
      }
    >
      {children}
    </Modal>
  )
}
