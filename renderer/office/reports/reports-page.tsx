import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { addDays } from '../../../shared/domain/calendar.ts'
import { station } from '../../stores/office.ts'
import { goTo, officeHash } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import type { PageProps } from '../shell/pages.ts'
import { useExportState } from './export.tsx'
import { ReportView } from './report-view.tsx'

const DAYS_SHOWN = 30

/** A day's report, its neighbours and its files; the date stands in the address, today's when there is none. */
export default function ReportsPage({ detail }: PageProps) {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const today = useStation(({ view }) => view?.businessDate ?? null)
  const businessDate = detail ?? today
  if (businessDate === null) return null
  return <OneDay key={businessDate} businessDate={businessDate} language={language} />
}

function OneDay({
  businessDate,
  language,
}: {
  readonly businessDate: string
  readonly language: Parameters<typeof ReportView>[0]['language']
}) {
  const report = useQuery(station.reports.day.queryOptions({ input: { businessDate } }))
  const days = useQuery(
    station.reports.days.queryOptions({
      input: { from: addDays(businessDate, 1 - DAYS_SHOWN), to: businessDate },
      placeholderData: keepPreviousData,
    }),
  )
  const { state: exportState, telling } = useExportState()
  const write = useMutation(station.reports.export.mutationOptions(telling))
  return (
    <ReportView
      businessDate={businessDate}
      report={report.data ?? null}
      days={days.data ?? []}
      language={language}
      exportState={exportState}
      onDate={(date) => goTo(officeHash('reports', date))}
      onExport={(format) => write.mutate({ businessDate, format })}
    />
  )
}
