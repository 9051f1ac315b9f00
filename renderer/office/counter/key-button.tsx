import type { ReactNode } from 'react'

interface KeyButtonProps {
  readonly className?: string
  readonly enabled: boolean
  readonly shortcut?: string | null
  readonly pressed?: boolean
  /** Gets the time of the touch, by the page's monotonic clock. */
  readonly onTouch: (atMs: number) => void
  readonly label?: string
  readonly name: string
  readonly children: ReactNode
}

/** One big key. What cannot be used now rests: flat, dashed, still readable. */
export function KeyButton(props: KeyButtonProps) {
  const { className = '', enabled, shortcut = null, pressed, onTouch, label, name, children } = props
  return (
    <button
      type="button"
      className={`key ${className}`}
      disabled={!enabled}
      aria-pressed={pressed}
      aria-label={label}
      data-key={name}
      onClick={(event) => onTouch(event.timeStamp)}
    >
      {children}
      {shortcut !== null && <kbd className="key-cap">{shortcut}</kbd>}
    </button>
  )
}
