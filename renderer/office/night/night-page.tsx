import { useMutation, useQuery } from '@tanstack/react-query'
import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import { roleReaches, type StaffRole } from '../../../shared/domain/staff.ts'
import { codeOf, station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStaff } from '../../stores/staff.ts'
import { dataOf, useProblemWords } from '../shell/problem-words.ts'
import { BackupCard } from './backup-card.tsx'
import { SyncCard } from './sync-card.tsx'

/** The night's work, to look at and to start by hand. */
export default function NightPage() {
  const { t } = useTranslation()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const role = useStaff(({ view }) => view?.signedIn?.role ?? null)
  const may = (needed: StaffRole) => role !== null && roleReaches(role, needed)
  const sync = useQuery(station.sync.watch.experimental_liveOptions({}))
  const backups = useQuery(station.backups.watch.experimental_liveOptions({}))
  const syncNow = useMutation(station.sync.now.mutationOptions())
  const backupNow = useMutation(station.backups.now.mutationOptions())
  const enrol = useMutation(station.sync.enrol.mutationOptions())
  const { error } = enrol
  const words = useProblemWords()
  const enrolProblem = (): string | null => {
    if (error === null) return null
    if (codeOf(error) === 'CODE_REFUSED') return t('night.sync.codeRefused')
    if (codeOf(error) === 'UNREACHABLE')
      return t('night.sync.unreachable', { detail: String(dataOf(error)['detail']) })
    return words(error)
  }
  return (
    <div className="page night" data-page="night">
      <div className="day-columns">
        {sync.data === undefined ? (
          <Spin size="large" className="page-wait" />
        ) : (
          <SyncCard
            view={sync.data}
            language={language}
            mayStart={may('manager')}
            mayEnrol={may('admin')}
            problem={enrolProblem()}
            onNow={() => syncNow.mutate(undefined)}
            onEnrol={(url, code) => enrol.mutate({ url, code })}
          />
        )}
        {backups.data !== undefined && (
          <BackupCard
            view={backups.data}
            language={language}
            mayStart={may('manager')}
            onNow={() => backupNow.mutate(undefined)}
          />
        )}
      </div>
    </div>
  )
}
