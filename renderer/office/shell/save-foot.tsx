import { Button } from 'antd'
import type { ReactNode } from 'react'

interface SaveFootProps {
  /** Why it was not saved, in words; empty when nothing went wrong. */
  readonly problem: string
  readonly saving: boolean
  readonly save: string
  readonly cancel: string
  readonly onSave: () => void
  readonly onCancel: () => void
  /** What stands at the other end: an act of its own. */
  readonly children?: ReactNode
}

/** The foot of a dialog that saves: what went wrong, the way back, the one thing to do. */
export function SaveFoot({ problem, saving, save, cancel, onSave, onCancel, children }: SaveFootProps) {
  return (
    <div className="dialog-foot">
      {children}
      <span className="dialog-problem" role="alert">
        {problem}
      </span>
      <Button size="large" onClick={onCancel}>
        {cancel}
      </Button>
      <Button size="large" type="primary" loading={saving} data-action="save" onClick={onSave}>
        {save}
      </Button>
    </div>
  )
}
