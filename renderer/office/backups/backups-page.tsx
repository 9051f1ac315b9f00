import { useMutation, useQuery } from '@tanstack/react-query'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStaff } from '../../stores/staff.ts'
import { Asked } from '../shell/asked.tsx'
import { BackupsView } from './backups-view.tsx'

/** The copies of the book: to look at, and to have one made. */
export default function BackupsPage() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const role = useStaff(({ view }) => view?.signedIn?.role ?? null)
  const backups = useQuery(station.backups.watch.experimental_liveOptions({}))
  const now = useMutation(station.backups.now.mutationOptions())
  return (
    <Asked query={backups}>
      {(view) => (
        <BackupsView
          view={view}
          language={language}
          mayStart={role !== null && roleReaches(role, 'manager')}
          onNow={() => now.mutate(undefined)}
        />
      )}
    </Asked>
  )
}
