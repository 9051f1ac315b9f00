import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Menu } from '../../../shared/domain/menu.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { shortcutOf } from './shortcuts.ts'
import type { StaffKeys } from './use-staff-keys.ts'

interface ShortcutsOf {
  readonly menu: Menu | null
  readonly held: boolean
  readonly language: Language
  readonly keys: StaffKeys
  readonly quantity: number
  /** True while a dialog asks something: the keyboard is the dialog's then. */
  readonly resting: boolean
  readonly setQuantity: (quantity: number) => void
  readonly askToCancel: () => void
}

/** The keyboard does what the keys on the screen do; the station refuses in words what does not fit. */
export function useShortcuts(of: ShortcutsOf): void {
  const { t } = useTranslation()
  const { menu, held, language, keys, quantity, resting, setQuantity, askToCancel } = of
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      if (resting || event.ctrlKey || event.altKey || event.metaKey) return
      const shortcut = shortcutOf(event.key, menu, held)
      if (shortcut === null) return
      event.preventDefault()
      const { key, subject } = shortcut
      if (key.kind === 'cancel') askToCancel()
      else if (key.kind === 'add-portion' && subject !== null) {
        keys.touchKey({ ...key, quantity }, inWords(subject.name, language), event.timeStamp)
        setQuantity(1)
      } else {
        const label =
          subject === null ? t(`office.keys.${actionLabel(key.kind)}`) : inWords(subject.name, language)
        keys.touchKey(key, label, event.timeStamp)
      }
    }
    window.addEventListener('keydown', follow)
    return () => window.removeEventListener('keydown', follow)
  }, [t, menu, held, language, keys, quantity, resting, setQuantity, askToCancel])
}

type ActionLabel = 'add-plate' | 'hold' | 'release' | 'take-cash' | 'guest-cash' | 'cancel' | 'confirm-clock'

const ACTION_LABELS: readonly string[] = [
  'add-plate',
  'hold',
  'release',
  'take-cash',
  'guest-cash',
  'confirm-clock',
]

const actionLabel = (kind: string): ActionLabel => (isAction(kind) ? kind : 'cancel')
const isAction = (kind: string): kind is ActionLabel => ACTION_LABELS.includes(kind)
