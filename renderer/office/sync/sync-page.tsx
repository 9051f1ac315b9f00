import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { roleReaches, type StaffRole } from '../../../shared/domain/staff.ts'
import { codeOf, station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStaff } from '../../stores/staff.ts'
import { Asked } from '../shell/asked.tsx'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { SyncView } from './sync-view.tsx'

/** The way of the book to the community server: to look at, and to start by hand. */
export default function SyncPage() {
  const { t } = useTranslation()
  const words = useProblemWords()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const role = useStaff(({ view }) => view?.signedIn?.role ?? null)
  const may = (needed: StaffRole) => role !== null && roleReaches(role, needed)
  const sync = useQuery(station.sync.watch.experimental_liveOptions({}))
  const now = useMutation(station.sync.now.mutationOptions())
  const enrol = useMutation(station.sync.enrol.mutationOptions())
  const problemOf = (error: unknown): string | null => {
    if (error === null) return null
    if (codeOf(error) === 'CODE_REFUSED') return t('sync.codeRefused')
    if (codeOf(error) === 'UNREACHABLE')
      return t('sync.unreachable', { detail: String(dataOf(error)['detail']) })
    return words(error)
  }
  return (
    <Asked query={sync}>
      {(view) => (
        <SyncView
          view={view}
          language={language}
          mayStart={may('manager')}
          mayEnrol={may('admin')}
          busy={enrol.isPending}
          problem={problemOf(enrol.error) ?? problemOf(now.error)}
          onNow={() => now.mutate(undefined)}
          onEnrol={(url, code) => enrol.mutate({ url, code })}
        />
      )}
    </Asked>
  )
}
