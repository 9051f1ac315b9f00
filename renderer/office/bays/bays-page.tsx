import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { useApproval } from '../shell/use-approval.tsx'
import { BaysView } from './bays-view.tsx'
import { CancelFood, type ToCancel } from './cancel-food.tsx'

/** All bays and open trays, with staff's keys. */
export default function BaysPage() {
  const { t } = useTranslation()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const notice = useNotice()
  const setUp = useQuery(station.bays.setUp.queryOptions())
  const set = (setUp.data?.bayIds.length ?? 0) > 0
  const bays = useQuery(station.bays.watch.experimental_liveOptions({ enabled: set }))
  const onError = (error: unknown) =>
    codeOf(error) === 'NOT_NOW' ? notice.told(t('bays.office.notNow')) : notice.refused(error)
  const press = useMutation(station.bays.press.mutationOptions({ onError }))
  const approval = useApproval()
  const [asked, setAsked] = useState<ToCancel | null>(null)
  const cancel = async ({ key, words }: ToCancel) => {
    setAsked(null)
    const outcome = await approval.ask(words, (given) => stationNow.bays.cancel({ key, approval: given }))
    if (outcome.kind === 'refused') onError(outcome.error)
  }
  if (setUp.isSuccess && !set)
    return (
      <PageFrame title={t('shell.pages.bays')}>
        <p>{t('bays.office.none')}</p>
      </PageFrame>
    )
  return (
    <>
      <Asked query={bays}>
        {(view) => (
          <BaysView
            view={view}
            language={language}
            onKey={(key) => press.mutate({ key })}
            onCancel={setAsked}
          />
        )}
      </Asked>
      {asked !== null && (
        <CancelFood asked={asked} onKeep={() => setAsked(null)} onCancel={() => void cancel(asked)} />
      )}
      {approval.dialog}
    </>
  )
}
