import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { typed } from '../../ui/amount-pad.tsx'

/** A keyboard does what the keys of an amount do: digits while it is typed, Enter to go on. */
export function useAmountKeys(
  typing: boolean,
  onText: (change: (text: string) => string) => void,
  next: () => void,
): void {
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      if (event.key === 'Enter') {
        event.preventDefault()
        next()
      } else if (typing) {
        // At once, so that Enter right after a digit means all of them.
        if (event.key === 'Backspace') flushSync(() => onText((text) => text.slice(0, -1)))
        else if (/^[\d.]$/.test(event.key)) flushSync(() => onText((text) => typed(text, event.key)))
      }
    }
    window.addEventListener('keydown', follow)
    return () => window.removeEventListener('keydown', follow)
  })
}
