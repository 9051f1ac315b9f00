import { LockKeyhole, LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StaffView } from '../../../shared/contract/staff.ts'
import { stationNow } from '../../stores/office.ts'
import { COUNTER_HASH, goTo } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStaff } from '../../stores/staff.ts'
import { useStation, useTimeZone } from '../../stores/station.ts'
import { withStation } from '../../stores/with-station.ts'
import { writtenMoment } from '../../ui/format.ts'
import { TrialMark } from '../../ui/trial-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { CounterBadge } from './counter-badge.tsx'
import { waitText } from '../sign-in/staff-tiles.tsx'

/** From when on the coming lock is announced, in milliseconds. */
const LOCK_SOON_MS = 30_000

interface TopBarProps {
  readonly signedIn: StaffView['signedIn']
  /** The person has signed out by her own key. */
  readonly onLeave: () => void
}

/** Where this is, what time it is and who is here. */
export function TopBar({ signedIn, onLeave }: TopBarProps) {
  const { t } = useTranslation()
  const health = useStation((station) => station.health)
  const trial = useStation(({ view }) => view?.trial ?? false)
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const { date, time } = writtenMoment(useNow(), language, useTimeZone())
  return (
    <header className="bar">
      <p className="bar-place">
        <strong>{health?.canteenName ?? ''}</strong>
        <span>{t('shell.title')}</span>
      </p>
      {trial && <TrialMark />}
      <CounterBadge />
      <p className="bar-when">
        <span>{date}</span>
        <strong>{time}</strong>
      </p>
      {signedIn === null ? (
        <button type="button" className="bar-key" data-key="to-counter" onClick={() => goTo(COUNTER_HASH)}>
          {t('shell.toCounter')}
        </button>
      ) : (
        <>
          <p className="bar-who">
            <strong>{signedIn.name}</strong>
            <span>{t(`shell.role.${signedIn.role}`)}</span>
          </p>
          <LockSoon />
          <button
            type="button"
            className="bar-key"
            data-key="sign-out"
            onClick={() =>
              void withStation(stationNow.staff.signOut()).then((out) => {
                if (out !== null) onLeave()
              })
            }
          >
            <LogOut aria-hidden="true" />
            {t('shell.signOut')}
          </button>
        </>
      )}
    </header>
  )
}

/** Says that the window is about to lock itself, so that nobody is surprised. */
function LockSoon() {
  const { t } = useTranslation()
  const nowMs = useNow()
  const locksAtMs = useStaff(({ view }) => view?.locksAtMs ?? null)
  const leftMs = locksAtMs === null ? null : locksAtMs - nowMs
  if (leftMs === null || leftMs > LOCK_SOON_MS || leftMs < 0) return null
  return (
    <p className="bar-lock" role="status">
      <LockKeyhole aria-hidden="true" />
      {t('shell.locksIn', { wait: waitText(leftMs) })}
    </p>
  )
}
