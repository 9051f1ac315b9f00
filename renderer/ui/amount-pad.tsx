import { Delete } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import './pin-pad.css'
import { fenOfText } from './yuan.ts'

/** One more key on an amount: what would make it no amount any more is not taken. */
export function typed(text: string, key: string): string {
  const next = key === '.' && text === '' ? '0.' : text === '0' && key !== '.' ? key : `${text}${key}`
  return fenOfText(next) === null ? text : next
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0'] as const

interface AmountPadProps {
  readonly text: string
  readonly onText: (text: string) => void
}

/** Big keys for an amount of money. */
export function AmountPad({ text, onText }: AmountPadProps) {
  const { t } = useTranslation()
  return (
    <div className="pin-keys">
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          className={key === '.' ? 'pin-key pin-key-quiet' : 'pin-key'}
          data-amount-key={key}
          onClick={() => onText(typed(text, key))}
        >
          {key}
        </button>
      ))}
      <button
        type="button"
        className="pin-key pin-key-quiet"
        data-amount-key="back"
        aria-label={t('signIn.pad.back')}
        disabled={text === ''}
        onClick={() => onText(text.slice(0, -1))}
      >
        <Delete aria-hidden="true" />
      </button>
    </div>
  )
}
