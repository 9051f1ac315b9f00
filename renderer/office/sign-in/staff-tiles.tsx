import { LockKeyhole } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StaffMember } from '../../../shared/contract/staff.ts'
import { useNow } from '../../ui/use-now.ts'

interface StaffTilesProps {
  readonly staff: readonly StaffMember[]
  readonly chosen: string | null
  readonly onChoose: (staffId: string) => void
}

/** One tile a person: name, role, and whether wrong PINs keep her out for now. */
export function StaffTiles({ staff, chosen, onChoose }: StaffTilesProps) {
  const { t } = useTranslation()
  const nowMs = useNow()
  return (
    <div className="tiles">
      {staff.map(({ staffId, name, role, lockedUntilMs }) => {
        const locked = lockedUntilMs !== null && lockedUntilMs > nowMs
        return (
          <button
            key={staffId}
            type="button"
            className="tile"
            aria-pressed={staffId === chosen}
            data-staff={staffId}
            onClick={() => onChoose(staffId)}
          >
            <span className="tile-face" aria-hidden="true">
              {Array.from(name)[0]}
            </span>
            <span className="tile-words">
              <strong>{name}</strong>
              <span>
                {locked && <LockKeyhole aria-hidden="true" />}
                {locked
                  ? t('signIn.lockedFor', { wait: waitText(lockedUntilMs - nowMs) })
                  : t(`shell.role.${role}`)}
              </span>
            </span>
          </button>
        )
      })}
    </div>
  )
}

const SECOND_MS = 1_000

/** Minutes and seconds as on a kitchen clock: 4:05. */
export function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / SECOND_MS)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
