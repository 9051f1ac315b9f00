import { useState } from 'react'
import { YuanInput } from './yuan-input.tsx'
import { fenOfText } from './yuan.ts'

interface MoneyFieldProps {
  /** Names the field for tests. */
  readonly name: string
  readonly label: string
  /** Called with fen, or with null while nothing that is money stands in the field. */
  readonly onChange: (valueFen: number | null) => void
}

/** A labelled field for money that keeps its own text. */
export function MoneyField({ name, label, onChange }: MoneyFieldProps) {
  const [text, setText] = useState('')
  return (
    <div className="field" data-field={name}>
      <span aria-hidden="true">{label}</span>
      <YuanInput
        label={label}
        text={text}
        onText={(written) => {
          setText(written)
          onChange(fenOfText(written))
        }}
      />
    </div>
  )
}
