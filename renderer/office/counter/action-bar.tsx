import {
  Ban,
  Banknote,
  CalendarCheck,
  CirclePlus,
  CreditCard,
  Hand,
  HandCoins,
  ShieldCheck,
  TriangleAlert,
  UserRound,
  type LucideIcon,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StationHealth } from '../../../shared/contract/station.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { yuanText } from '../../ui/format.ts'
import { KeyButton } from './key-button.tsx'
import { ACTION_KEYS } from './shortcuts.ts'
import type { StaffKeys } from './use-staff-keys.ts'

type Action = 'add-plate' | 'hold' | 'release' | 'guest-cash' | 'take-cash' | 'confirm-clock' | 'cancel'

const ICONS: Readonly<Record<Action, LucideIcon>> = {
  'add-plate': CirclePlus,
  hold: Hand,
  release: CreditCard,
  'guest-cash': UserRound,
  'take-cash': Banknote,
  'confirm-clock': CalendarCheck,
  cancel: Ban,
}

interface ActionBarProps {
  readonly view: CounterView
  readonly keys: StaffKeys
  readonly printer: StationHealth['printer']
  readonly onConfirm: (saleId: string | null) => void
  readonly onCancel: () => void
  readonly onDrawer: () => void
}

/** What staff does with the sale as a whole. Money is taken by one key, and dropping a sale is asked about. */
export function ActionBar({ view, keys, printer, onConfirm, onCancel, onDrawer }: ActionBarProps) {
  const { t } = useTranslation()
  const actions: readonly Action[] = [
    'add-plate',
    view.held ? 'release' : 'hold',
    'guest-cash',
    'take-cash',
    ...(view.keys.includes('confirm-clock') ? (['confirm-clock'] as const) : []),
    'cancel',
  ]
  const labelOf = (action: Action): string =>
    action === 'take-cash' && view.shortfallFen !== null
      ? t('office.keys.take-cash-amount', { amount: yuanText(view.shortfallFen) })
      : t(`office.keys.${action}`)
  return (
    <nav className="actions">
      {actions.map((action) => {
        const Icon = ICONS[action]
        return (
          <KeyButton
            key={action}
            className={`key-action key-${action}`}
            name={action}
            enabled={view.keys.includes(action)}
            shortcut={action === 'confirm-clock' ? null : ACTION_KEYS[action]}
            onTouch={(atMs) =>
              action === 'cancel' ? onCancel() : keys.touchKey({ kind: action }, labelOf(action), atMs)
            }
          >
            <Icon aria-hidden="true" />
            <span>{labelOf(action)}</span>
          </KeyButton>
        )
      })}
      {view.keys.includes('accept-warning') && (
        <KeyButton
          className="key-action key-take-cash"
          name="accept-warning"
          enabled
          shortcut={null}
          onTouch={(atMs) => keys.touchKey({ kind: 'accept-warning' }, t('office.keys.accept-warning'), atMs)}
        >
          <TriangleAlert aria-hidden="true" />
          <span>{t('office.keys.accept-warning')}</span>
        </KeyButton>
      )}
      {view.confirm !== null && (
        <KeyButton
          className="key-action key-take-cash"
          name="confirm-sale"
          enabled
          shortcut={null}
          onTouch={() => onConfirm(view.saleId)}
        >
          <ShieldCheck aria-hidden="true" />
          <span>{t('office.keys.confirm-sale', { amount: yuanText(view.confirm.amountFen) })}</span>
        </KeyButton>
      )}
      {printer?.drawerKey === true && (
        <KeyButton
          className="key-action key-drawer"
          name="drawer"
          enabled={printer.connected}
          shortcut={null}
          onTouch={onDrawer}
        >
          <HandCoins aria-hidden="true" />
          <span>{t('office.keys.drawer')}</span>
        </KeyButton>
      )}
    </nav>
  )
}
