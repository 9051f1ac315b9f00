import { create } from 'zustand'
import type { StaffView } from '../../shared/contract/staff.ts'
import { useStation } from './station.ts'

export interface StaffState {
  /** As this connection last said; null before it has. */
  readonly view: StaffView | null
  readonly connectionNo: number
}

/** Who stands behind this window, as the station last said. */
export const useStaff = create<StaffState>(() => ({ view: null, connectionNo: 0 }))

/** Takes what the present connection says of its staff; an older one says nothing any more. */
export function staffHeard(connectionNo: number, view: StaffView): void {
  if (connectionNo === useStation.getState().connectionNo) useStaff.setState({ view, connectionNo })
}

/** The station asked for a sign-in before its view could say so. */
export function signedOutMeanwhile(): void {
  useStaff.setState(({ view }) => ({
    view: view === null ? null : { ...view, signedIn: null, locksAtMs: null },
  }))
}
