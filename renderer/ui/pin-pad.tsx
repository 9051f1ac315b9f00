import { Delete } from 'lucide-react'
import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import './pin-pad.css'

interface PinPadProps {
  readonly pin: string
  readonly onPin: (pin: string) => void
  readonly onDone: () => void
  readonly disabled?: boolean
  /** What the last key is for: sign in, approve. */
  readonly done: string
}

/** Shortest and longest PIN that the station takes. */
const PIN_LENGTH = { least: 4, most: 8 } as const
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Big keys for a PIN; a keyboard's digits, Backspace and Enter do the same. The digits themselves are never shown. */
export function PinPad({ pin, onPin, onDone, disabled = false, done }: PinPadProps) {
  const { t } = useTranslation()
  const ready = pin.length >= PIN_LENGTH.least && !disabled
  const add = (digit: string) => {
    if (!disabled && pin.length < PIN_LENGTH.most) onPin(pin + digit)
  }
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || disabled) return
      // A text field or a button in focus keeps its own keys.
      if (event.target instanceof HTMLInputElement) return
      // At once, so that the next key of a fast hand finds this one there.
      if (/^\d$/.test(event.key)) flushSync(() => add(event.key))
      else if (event.key === 'Backspace') flushSync(() => onPin(pin.slice(0, -1)))
      else if (event.key === 'Enter' && ready) {
        event.preventDefault()
        onDone()
      }
    }
    window.addEventListener('keydown', follow)
    return () => window.removeEventListener('keydown', follow)
  })
  const key = (digit: string) => (
    <button
      key={digit}
      type="button"
      className="pin-key"
      data-pin-key={digit}
      disabled={disabled}
      onClick={() => add(digit)}
    >
      {digit}
    </button>
  )
  return (
    <div className="pin-pad">
      <PinDots length={pin.length} />
      <div className="pin-keys">
        {DIGITS.map(key)}
        <button
          type="button"
          className="pin-key pin-key-quiet"
          data-pin-key="back"
          aria-label={t('signIn.pad.back')}
          disabled={disabled || pin === ''}
          onClick={() => onPin(pin.slice(0, -1))}
        >
          <Delete aria-hidden="true" />
        </button>
        {key('0')}
        <button
          type="button"
          className="pin-key pin-key-done"
          data-pin-key="done"
          disabled={!ready}
          onClick={onDone}
        >
          {done}
        </button>
      </div>
    </div>
  )
}

function PinDots({ length }: { readonly length: number }) {
  const { t } = useTranslation()
  const places = Math.max(length, PIN_LENGTH.least)
  return (
    <p className="pin-dots" role="status" aria-label={t('signIn.pad.entered', { count: length })}>
      {Array.from({ length: places }, (_, place) => (
        <span key={place} className={place < length ? 'pin-dot pin-dot-full' : 'pin-dot'} />
      ))}
    </p>
  )
}
