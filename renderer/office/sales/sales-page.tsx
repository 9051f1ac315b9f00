import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SaleListed } from '../../../shared/contract/sales.ts'
import { station, stationNow } from '../../stores/office.ts'
import { goTo, officeHash } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStation } from '../../stores/station.ts'
import { withStation } from '../../stores/with-station.ts'
import { WhyDialog } from '../counter/why-dialog.tsx'
import { ReceiptDialog } from '../receipts/receipt-dialog.tsx'
import type { PageProps } from '../shell/pages.ts'
import { SalesView } from './sales-view.tsx'
import { VoidFlow } from './void-flow.tsx'

const LINES = 100

interface Doing {
  readonly what: 'why' | 'receipt' | 'void'
  readonly sale: SaleListed
}

/** A day's sales; the date stands in the address, today's when there is none. */
export default function SalesPage({ detail }: PageProps) {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const today = useStation(({ view }) => view?.businessDate ?? '')
  const businessDate = detail ?? today
  const [doing, setDoing] = useState<Doing | null>(null)
  const [notice, setNotice] = useState<string | null>(null)
  const sales = useInfiniteQuery(
    station.sales.list.infiniteOptions({
      enabled: businessDate !== '',
      input: (beforeSaleId: string | null) => ({ businessDate, limit: LINES, beforeSaleId }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => (page.more ? (page.sales.at(-1)?.saleId ?? null) : null),
    }),
  )
  const start = (what: Doing['what']) => (sale: SaleListed) => {
    setNotice(null)
    setDoing({ what, sale })
  }
  const stop = () => setDoing(null)
  return (
    <>
      <SalesView
        businessDate={businessDate}
        sales={sales.data?.pages.flatMap((page) => page.sales) ?? []}
        loading={sales.isPending}
        more={sales.hasNextPage}
        language={language}
        notice={notice}
        onDate={(date) => goTo(officeHash('sales', date))}
        onMore={() => void sales.fetchNextPage()}
        onWhy={start('why')}
        onReceipt={start('receipt')}
        onVoid={start('void')}
      />
      {doing?.what === 'why' && (
        <WhyDialog
          saleId={doing.sale.saleId}
          language={language}
          explain={(saleId) => withStation(stationNow.sales.explain({ saleId }))}
          onClose={stop}
        />
      )}
      {doing?.what === 'receipt' && (
        <ReceiptDialog
          of={{ kind: doing.sale.voided ? 'void' : 'sale', saleId: doing.sale.saleId }}
          onClose={stop}
        />
      )}
      {doing?.what === 'void' && (
        <VoidFlow
          sale={doing.sale}
          language={language}
          onCancel={stop}
          onDone={(words) => {
            stop()
            setNotice(words)
            void sales.refetch()
          }}
        />
      )}
    </>
  )
}
