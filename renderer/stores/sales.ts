import { create } from 'zustand'
import type { DayTotals, SaleSummary } from '../../shared/contract/sales.ts'
import type { StationClient } from './client.ts'
import { withStation } from './with-station.ts'

export interface SalesState {
  readonly recent: readonly SaleSummary[] | null
  readonly totals: DayTotals | null
}

/** The last sales and the day's totals, as the book last said. */
export const useSales = create<SalesState>(() => ({ recent: null, totals: null }))

const SHOWN = 10

/** Asks the book again. What cannot be asked now stays as it was. */
export async function refreshSales(client: StationClient, businessDate: string): Promise<void> {
  const [recent, totals] = await Promise.all([
    withStation(client.sales.recent({ limit: SHOWN })),
    withStation(client.sales.dayTotals({ businessDate })),
  ])
  if (recent !== null) useSales.setState({ recent })
  if (totals !== null) useSales.setState({ totals })
}
