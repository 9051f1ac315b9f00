import { Input } from 'antd'
import { useState } from 'react'
import { yuanText } from './format.ts'
import { fenOfYuan } from './yuan.ts'

interface YuanInputProps {
  /** Names the field for tests and for the browser. */
  readonly name: string
  readonly label: string
  /** Null while nothing, or nothing that is money, stands in it. */
  readonly valueFen: number | null
  readonly onChange: (valueFen: number | null) => void
}

/** A field for money: what stands in it is taken as it is written, never rounded. */
export function YuanInput({ name, label, valueFen, onChange }: YuanInputProps) {
  const [text, setText] = useState(valueFen === null ? '' : yuanText(valueFen))
  const wrong = text.trim() !== '' && fenOfYuan(text) === null
  return (
    <label className="field">
      <span>{label}</span>
      <Input
        size="large"
        inputMode="decimal"
        suffix="元"
        value={text}
        status={wrong ? 'error' : ''}
        aria-invalid={wrong}
        data-field={name}
        onChange={(event) => {
          setText(event.target.value)
          onChange(fenOfYuan(event.target.value))
        }}
      />
    </label>
  )
}
