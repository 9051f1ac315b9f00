import { BookOpenText, Settings as SettingsIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffKey } from '../../../shared/domain/checkout/state.ts'
import type { DayTotals, SaleExplained, SaleSummary } from '../../../shared/contract/sales.ts'
import type { StationHealth } from '../../../shared/contract/station.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import type { PressOutcome } from '../../stores/press.ts'
import type { Settings } from '../../stores/settings.ts'
import { useTimeZone } from '../../stores/station.ts'
import { writtenMoment } from '../../ui/format.ts'
import { TrialMark } from '../../ui/trial-mark.tsx'
import { ActionBar } from './action-bar.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { KeysPanel } from './keys-panel.tsx'
import { Lamps } from './lamps.tsx'
import { SalePanel } from './sale-panel.tsx'
import { SalesPanel } from './sales-panel.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import './staff.css'
import { useShortcuts } from './use-shortcuts.ts'
import { useStaffKeys } from './use-staff-keys.ts'
import { WhyDialog } from './why-dialog.tsx'

export interface StaffScreenProps {
  readonly view: CounterView
  readonly menu: Menu | null
  readonly health: StationHealth | null
  readonly recent: readonly SaleSummary[] | null
  readonly totals: DayTotals | null
  readonly settings: Settings
  /** Of the member on the screen; null without one, or when nobody is signed in here. */
  readonly photo: string | null
  readonly problem: string | null
  readonly nowMs: number
  readonly press: (key: StaffKey) => Promise<PressOutcome>
  readonly explain: (saleId: string) => Promise<SaleExplained | null>
  readonly onSettings: (change: Partial<Settings>) => void
  /** The key of the drawer, where the configuration has it here. */
  readonly onDrawer: () => void
  /** Staff's word for a large meal; without anybody signed in it leads to the sign-in. */
  readonly onConfirm: (saleId: string | null) => void
  /** Into the office: where it was left, or to the list of sales. */
  readonly onOffice: (page?: 'sales') => void
}

type Open =
  | { readonly dialog: 'settings' }
  | { readonly dialog: 'why'; readonly saleId: string }
  /** Only for the sale that was on the screen when staff asked. */
  | { readonly dialog: 'cancel'; readonly saleId: string | null }

/** The staff's screen at the counter: the sale, its keys, and what has been sold. */
export function StaffScreen(props: StaffScreenProps) {
  const { view, menu, settings, press, onConfirm, onDrawer } = props
  const { t } = useTranslation()
  const language = settings.officeLanguage
  const printer = props.health?.printer ?? null
  const keys = useStaffKeys(press, view.phase)
  const [open, setOpen] = useState<Open | null>(null)
  const [quantity, setQuantity] = useState(1)
  const close = () => setOpen(null)
  const askToCancel = () => {
    if (view.keys.includes('cancel')) setOpen({ dialog: 'cancel', saleId: view.saleId })
  }
  useShortcuts({
    menu,
    held: view.held,
    language,
    keys,
    quantity,
    resting: open !== null,
    setQuantity,
    askToCancel,
  })
  const cancelFits = open?.dialog === 'cancel' && open.saleId === view.saleId && view.keys.includes('cancel')
  return (
    <div
      className="staff"
      data-screen="staff"
      data-phase={view.phase}
      data-trouble={view.trouble ?? undefined}
      data-revision={view.revision}
      data-sale={view.saleId ?? undefined}
    >
      <StaffHeader {...props} onOpenSettings={() => setOpen({ dialog: 'settings' })} />
      <main className="staff-main">
        <SalePanel {...{ view, language, keys }} photo={props.photo} />
        {menu === null ? (
          <section className="panel" />
        ) : (
          <KeysPanel {...{ view, menu, language, keys, quantity }} onQuantity={setQuantity} />
        )}
        <SalesPanel
          recent={props.recent}
          totals={props.totals}
          menu={menu}
          language={language}
          onWhy={(saleId) => setOpen({ dialog: 'why', saleId })}
        />
      </main>
      <ActionBar {...{ view, keys, printer, onConfirm, onDrawer }} onCancel={askToCancel} />
      {cancelFits && (
        <CancelDialog
          view={view}
          onKeep={close}
          onCancel={(atMs) => {
            keys.touchKey({ kind: 'cancel' }, t('office.keys.cancel'), atMs)
            close()
          }}
        />
      )}
      {open?.dialog === 'why' && (
        <WhyDialog
          saleId={open.saleId}
          language={language}
          explain={props.explain}
          onClose={close}
          onVoid={() => props.onOffice('sales')}
        />
      )}
      {open?.dialog === 'settings' && (
        <SettingsDialog
          settings={settings}
          problem={props.problem}
          onChange={props.onSettings}
          onClose={close}
        />
      )}
    </div>
  )
}

function StaffHeader({
  view,
  health,
  settings,
  nowMs,
  onOffice,
  onOpenSettings,
}: StaffScreenProps & { readonly onOpenSettings: () => void }) {
  const { t } = useTranslation()
  const { date, time } = writtenMoment(nowMs, settings.officeLanguage, useTimeZone())
  return (
    <header className="staff-header">
      <p className="staff-place">
        <strong>{health?.canteenName ?? ''}</strong>
        <span>
          {t('office.title')} · {t(`common.mealPeriod.${view.mealPeriod}`)}
        </span>
      </p>
      {view.trial && <TrialMark />}
      <Lamps view={view} health={health} />
      <p className="staff-when">
        <strong>{time}</strong>
        <span>{date}</span>
      </p>
      <button type="button" className="key header-key" data-key="office" onClick={() => onOffice()}>
        <BookOpenText aria-hidden="true" />
        <span>{t('shell.open')}</span>
      </button>
      <button
        type="button"
        className="key header-key"
        data-key="settings"
        aria-label={t('office.settings.title')}
        title={t('office.settings.title')}
        onClick={onOpenSettings}
      >
        <SettingsIcon aria-hidden="true" />
      </button>
    </header>
  )
}
