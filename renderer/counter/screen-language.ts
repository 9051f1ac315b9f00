import { useCallback, useEffect, useRef, useState } from 'react'
import type { CounterPhase } from '../../shared/domain/checkout/view.ts'
import type { Language } from '../i18n/language.ts'

/** Nobody is in front of the screen any more after so long without a sale. */
const LEFT_ALONE_MS = 60_000

/**
 * The seniors' screen speaks the canteen's language; a guest may switch it, and the next one finds it as it was.
 *
 * @returns the language now, and what switches it
 */
export function useScreenLanguage(
  own: Language,
  phase: CounterPhase | null,
): readonly [Language, () => void] {
  const [switched, setSwitched] = useState(false)
  const before = useRef(phase)
  useEffect(() => {
    if (phase === 'idle' && before.current === 'paid') setSwitched(false)
    before.current = phase
    if (phase !== 'idle' || !switched) return undefined
    const leaving = setTimeout(() => setSwitched(false), LEFT_ALONE_MS)
    return () => clearTimeout(leaving)
  }, [phase, switched])
  const other: Language = own === 'en' ? 'zh-CN' : 'en'
  const toggle = useCallback(() => setSwitched((is) => !is), [])
  return [switched ? other : own, toggle]
}
