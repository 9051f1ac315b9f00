import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { BayKey } from '../../../shared/domain/bays/state.ts'
import { codeOf, station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { Asked } from '../shell/asked.tsx'
import { PageFrame } from '../shell/page-frame.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { BaysView } from './bays-view.tsx'

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
  const cancel = useMutation(station.bays.cancel.mutationOptions({ onError }))
  const onKey = (key: BayKey) => {
    if (key.kind === 'cancel-line' || key.kind === 'cancel-tray') cancel.mutate({ key })
    else press.mutate({ key })
  }
  if (setUp.isSuccess && !set)
    return (
      <PageFrame title={t('shell.pages.bays')}>
        <p>{t('bays.office.none')}</p>
      </PageFrame>
    )
  return <Asked query={bays}>{(view) => <BaysView view={view} language={language} onKey={onKey} />}</Asked>
}
