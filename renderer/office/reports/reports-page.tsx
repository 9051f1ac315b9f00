import { isDefinedError } from '@orpc/client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addDays } from '../../../shared/domain/calendar.ts'
import { station } from '../../stores/office.ts'
import { goTo, officeHash } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import { ReportView, type ExportState } from './report-view.tsx'

const DAYS_SHOWN = 30

interface ReportsPageProps {
  /** The date in the address; today's when there is none. */
  readonly detail: string | null
}

/** Asks for a day's report and its neighbours, and has files written. */
export function ReportsPage({ detail }: ReportsPageProps) {
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
  const [exportState, setExportState] = useState<ExportState>({ kind: 'none' })
  const write = useMutation(
    station.reports.export.mutationOptions({
      onMutate: ({ format }) => setExportState({ kind: 'writing', format }),
      onSuccess: ({ path }) => setExportState({ kind: 'written', path }),
      onError: (error) => setExportState({ kind: 'failed', reason: reasonOf(error) }),
    }),
  )
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

function reasonOf(error: Error): 'NO_PRINTER' | 'CANNOT_WRITE' | 'other' {
  if (!isDefinedError(error) || !('code' in error)) return 'other'
  return error.code === 'NO_PRINTER' || error.code === 'CANNOT_WRITE' ? error.code : 'other'
}
