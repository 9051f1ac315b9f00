import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditLine } from '../../../shared/contract/staff.ts'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { AuditView } from './audit-view.tsx'

const LINES = 50

interface Place {
  readonly origin: string
  readonly seq: number
}

function placeAfter(page: readonly AuditLine[]): Place | null {
  const last = page.at(-1)
  return last === undefined ? null : { origin: last.origin, seq: last.seq }
}

/** Asks for the audit page by page. */
export default function AuditPage() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const { data, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(
    station.staff.audit.infiniteOptions({
      input: (before: Place | null) => ({ limit: LINES, before }),
      initialPageParam: null as Place | null,
      getNextPageParam: (page) => (page.length < LINES ? null : placeAfter(page)),
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
