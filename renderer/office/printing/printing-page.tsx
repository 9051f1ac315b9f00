import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import { codeOf, station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { ReceiptDialog } from '../receipts/receipt-dialog.tsx'
import { Asked } from '../shell/asked.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { PrintingView } from './printing-view.tsx'

/** The receipt printer by hand: what waits, and the drawer that hangs on it. */
export default function PrintingPage() {
  const { t } = useTranslation()
  const notice = useNotice()
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const printing = useQuery(station.printing.watch.experimental_liveOptions({}))
  const [shown, setShown] = useState<ReceiptOf | null>(null)
  const onError = (error: unknown) =>
    codeOf(error) === 'NO_PRINTER' ? notice.told(t('printing.noPrinter')) : notice.refused(error)
  const now = useMutation(station.printing.now.mutationOptions({ onError }))
  const drop = useMutation(
    station.printing.drop.mutationOptions({ onError, onSuccess: () => notice.done(t('printing.dropped')) }),
  )
  const drawer = useMutation(
    station.printing.openDrawer.mutationOptions({
      onError,
      onSuccess: () => notice.done(t('printing.opened')),
    }),
  )
  return (
    <Asked query={printing}>
      {(view) => (
        <>
          <PrintingView
            view={view}
            language={language}
            onNow={() => now.mutate(undefined)}
            onDrop={(jobId) => drop.mutate({ jobId })}
            onDrawer={() => drawer.mutate(undefined)}
            onShow={setShown}
          />
          {shown !== null && <ReceiptDialog of={shown} onClose={() => setShown(null)} />}
        </>
      )}
    </Asked>
  )
}
