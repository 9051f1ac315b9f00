import { useEffect, useRef, type ReactNode } from 'react'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly name: string
}

/** A question or an explanation over the screen; Esc closes it, and the keyboard stays inside. */
export function Dialog({ title, onClose, children, name }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      data-dialog={name}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 className="dialog-title">{title}</h2>
      {children}
    </dialog>
  )
}
