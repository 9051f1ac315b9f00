import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { CLAIM_PERIODS, type ClaimPeriodKind } from '../../../shared/domain/policy/claims.ts'
import { station } from '../../stores/office.ts'
import { goTo, officeHash } from '../../stores/place.ts'
import { useStation } from '../../stores/station.ts'
import { useExportState } from '../reports/export.tsx'
import { Asked } from '../shell/asked.tsx'
import type { PageProps } from '../shell/pages.ts'
import { ClaimsView } from './claims-view.tsx'

interface PeriodAsked {
  /** Absent: the one that the pack names. */
  readonly period?: ClaimPeriodKind | undefined
  readonly date: string
}

/** `quarter~2026-10-01` in the address: the period of this kind that holds the date. */
function askedIn(detail: string | null): PeriodAsked | null {
  const [kind, date] = detail?.split('~') ?? []
  const period = CLAIM_PERIODS.find((each) => each === kind)
  return period === undefined || date === undefined ? null : { period, date }
}

/** What the canteen claims of each funder; the period stands in the address, today's when there is none. */
export default function ClaimsPage({ detail }: PageProps) {
  const today = useStation(({ view }) => view?.businessDate ?? null)
  if (today === null) return null
  return <OnePeriod asked={askedIn(detail) ?? { date: today }} today={today} />
}

function OnePeriod({ asked, today }: { readonly asked: PeriodAsked; readonly today: string }) {
  const claims = useQuery(
    station.claims.get.queryOptions({ input: asked, placeholderData: keepPreviousData }),
  )
  const { state, telling } = useExportState()
  const write = useMutation(station.claims.export.mutationOptions(telling))
  return (
    <Asked query={claims}>
      {(found) => (
        <ClaimsView
          claims={found}
          today={today}
          exportState={state}
          onPeriod={(period, date) => goTo(officeHash('claims', `${period}~${date}`))}
          onExport={(format) => write.mutate({ period: found.period, date: found.from, format })}
        />
      )}
    </Asked>
  )
}
