import { ORPCError } from '@orpc/client'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { STAFF_ROLES, type StaffRole } from '../../../shared/domain/staff.ts'
import { codeOf, StationLost } from '../../stores/office.ts'
import { writtenMoment } from '../../ui/format.ts'
import { useTimeZone } from '../../stores/station.ts'

/** Says a refusal of the contract in words; refusals that only one page knows are that page's to say first. */
export function useProblemWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation()
  const timeZone = useTimeZone()
  return useCallback(
    (error) => {
      if (error instanceof StationLost) return t('shell.problem.lost')
      const data = dataOf(error)
      switch (codeOf(error)) {
        case 'BOOK_UNAVAILABLE':
          return t('shell.problem.book')
        case 'CLOCK_TO_CONFIRM':
          return t('shell.problem.clock')
        case 'SIGN_IN_REQUIRED':
          return t('shell.problem.signIn')
        case 'NOT_ALLOWED':
          return t('shell.problem.notAllowed', { role: t(`shell.role.${neededRole(data['needs'])}`) })
        case 'WRONG_PIN':
          return t('shell.problem.wrongPin', { count: Number(data['triesLeft']) })
        case 'LOCKED':
          return t('shell.problem.locked', {
            time: writtenMoment(Number(data['untilMs']), i18n.language, timeZone).time,
          })
        case 'PIN_TOO_SIMPLE':
          return t('shell.problem.pinTooSimple')
        default:
          return t('shell.problem.other')
      }
    },
    [t, i18n.language, timeZone],
  )
}

/** What a refusal carries besides its name; empty for anything else. */
export function dataOf(error: unknown): Readonly<Record<string, unknown>> {
  const data: unknown = error instanceof ORPCError && error.defined ? error.data : null
  return typeof data === 'object' && data !== null ? { ...data } : {}
}

const neededRole = (needs: unknown): StaffRole => STAFF_ROLES.find((role) => role === needs) ?? 'manager'
