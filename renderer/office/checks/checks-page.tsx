import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { Asked } from '../shell/asked.tsx'
import { ChecksView } from './checks-view.tsx'

/** What the last look at the whole book found; a new one is made with a backup. */
export default function ChecksPage() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const queries = useQueryClient()
  const checks = useQuery(station.health.checks.queryOptions())
  const now = useMutation(
    station.backups.now.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: station.health.checks.key() }),
    }),
  )
  return (
    <Asked query={checks}>
      {(found) => (
        <ChecksView
          found={found}
          language={language}
          busy={now.isPending}
          onNow={() => now.mutate(undefined)}
        />
      )}
    </Asked>
  )
}
