import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'

interface ActDialogProps {
  readonly title: string
  /** In pixels. */
  readonly width?: number
  /** Why it was not done, in words; nothing while nothing went wrong. */
  readonly problem?: ReactNode
  /** The one thing to do here; `name` is its key's `data-action`. */
  readonly act: {
    readonly name: string
    readonly words: string
    readonly ready?: boolean
    readonly busy?: boolean
    readonly danger?: boolean
    readonly onAct: () => void
  }
  /** The way back, where the cross alone would not say it. */
  readonly back?: { readonly words: string; readonly onBack: () => void } | null
  /** What stands at the other end of the keys: an act of its own. */
  readonly aside?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog that does one thing: what it is about, what went wrong beside its keys, the way back and the one thing to do. */
export function ActDialog(props: ActDialogProps) {
  const { title, width = 640, problem, act, back = null, aside, onClose, children } = props
  const { name, words, ready = true, busy = false, danger = false, onAct } = act
  return (
    <Modal
      open
      centered
      width={width}
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <div className="dialog-foot">
          {aside}
          <span className="dialog-problem" role="alert">
            {problem}
          </span>
          {back !== null && (
            <Button size="large" onClick={back.onBack}>
              {back.words}
            </Button>
          )}
          <Button
            type="primary"
            size="large"
            danger={danger}
            disabled={!ready}
            loading={busy}
            data-action={name}
            onClick={onAct}
          >
            {words}
          </Button>
        </div>
      }
    >
      {children}
    </Modal>
  )
}
