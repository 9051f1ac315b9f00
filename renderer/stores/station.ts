import { create } from 'zustand'
import type { StationHealth } from '../../shared/contract/station.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Menu } from '../../shared/domain/menu.ts'
import type { StationClient } from './client.ts'

/**
 * `connecting` before the first view, `live` while views arrive, `checking` from the moment the station is lost until the new
 * one has shown its first view: what stands on the screen may be old (SPEC ST-2).
 */
export type Connection = 'connecting' | 'live' | 'checking'

export interface StationState {
  readonly connection: Connection
  /** Counts connections: what an older one still brings is dropped. */
  readonly connectionNo: number
  /** Views that this connection has brought. */
  readonly viewsSeen: number
  readonly client: StationClient | null
  readonly view: CounterView | null
  readonly menu: Menu | null
  readonly health: StationHealth | null
}

export const NO_STATION: StationState = {
  connection: 'connecting',
  connectionNo: 0,
  viewsSeen: 0,
  client: null,
  view: null,
  menu: null,
  health: null,
}

/** What the station says, as last heard. No rule and no sum of the screen's own. */
export const useStation = create<StationState>(() => NO_STATION)

/** A new connection. The old view stays, covered, until this connection brings one. */
export function connected(state: StationState, client: StationClient): StationState {
  return {
    ...state,
    client,
    connectionNo: state.connectionNo + 1,
    viewsSeen: 0,
    connection: state.view === null ? 'connecting' : 'checking',
  }
}

/** The station is gone: nothing on the screen may be trusted until it is back. */
export function lost(state: StationState): StationState {
  const connection = state.view === null ? 'connecting' : 'checking'
  return { ...state, client: null, health: null, connection, viewsSeen: 0 }
}

/**
 * Takes a view, unless it is of an older connection or older than what this connection has shown. A restarted station may
 * count its revisions anew.
 */
export function viewArrived(state: StationState, connectionNo: number, view: CounterView): StationState {
  if (connectionNo !== state.connectionNo) return state
  const isOld = state.viewsSeen > 0 && state.view !== null && view.revision < state.view.revision
  return isOld ? state : { ...state, view, viewsSeen: state.viewsSeen + 1, connection: 'live' }
}

/** Takes a menu or the health of the present connection. */
export function heard(
  state: StationState,
  connectionNo: number,
  news: Partial<Pick<StationState, 'menu' | 'health'>>,
): StationState {
  return connectionNo === state.connectionNo ? { ...state, ...news } : state
}

/** The canteen's zone; until the station has said it, the one that this product's canteens are in. */
export const useTimeZone = (): string => useStation(({ health }) => health?.timeZone ?? 'Asia/Shanghai')
