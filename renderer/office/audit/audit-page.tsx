import { useInfiniteQuery } from '@tanstack/react-query'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { AuditView } from './audit-view.tsx'

const LINES = 50

/** Asks for the audit page by page. */
export function AuditPage() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const { data, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(
    station.staff.audit.infiniteOptions({
      input: (beforeMs: number | null) => ({ limit: LINES, beforeMs }),
      initialPageParam: null,
      getNextPageParam: (page) => (page.length < LINES ? undefined : page.at(-1)?.atMs),
    }),
  )
  return (
    <AuditView
      lines={data?.pages.flat() ?? []}
      loading={isPending}
      more={hasNextPage}
      language={language}
      onMore={() => void fetchNextPage()}
    />
  )
}
