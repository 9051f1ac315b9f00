import type { ReactNode } from 'react'

interface FieldProps {
  readonly label: string
  readonly children: ReactNode
  readonly hint?: ReactNode
  /** What is wrong, in words, right at the field; null when nothing is. */
  readonly problem?: string | null
}

/** A field of a form with its name above, and beneath it what is wrong or what it is for. */
export function Field({ label, children, hint, problem = null }: FieldProps) {
  return (
    <label className="field" data-wrong={problem !== null}>
      <span className="field-label">{label}</span>
      {children}
      {problem !== null ? (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      ) : (
        hint !== undefined && <span className="field-hint">{hint}</span>
      )}
    </label>
  )
}
