import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { fenOfText } from './yuan.ts'

interface YuanInputProps {
  readonly id?: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly label: string
  readonly onEnter?: () => void
  /** True once the person has tried to go on: then an empty field is wrong too. */
  readonly strict?: boolean
}

/** A field for an amount of money. It keeps what was written; `fenOfText` says what that is, to the fen. */
export function YuanInput(props: YuanInputProps) {
  const { id, text, onText, label, onEnter, strict = false } = props
  const { t } = useTranslation()
  const wrong = fenOfText(text) === null && (strict || text.trim() !== '')
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      className="yuan-input"
      size="large"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={wrong}
      status={wrong ? 'error' : ''}
      suffix={t('common.yuanMark')}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onPressEnter={() => onEnter?.()}
    />
  )
}
