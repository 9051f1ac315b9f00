import { create } from 'zustand'
import type { RestartHindrance } from '../../shared/contract/station.ts'
import { stationNow } from './office.ts'
import { useStation } from './station.ts'

/** What this window's wish to restart the station has come to. It outlives the desk, which is locked by the restart. */
export type RestartWish =
  | { readonly at: 'none' }
  | { readonly at: 'asked' }
  | { readonly at: 'waiting'; readonly hindrance: RestartHindrance }
  /** A later connection than this one is the new station's. */
  | { readonly at: 'restarting'; readonly connectionNo: number }
  | { readonly at: 'failed'; readonly error: unknown }

export const useRestartWish = create<{ readonly wish: RestartWish }>(() => ({ wish: { at: 'none' } }))

const say = (wish: RestartWish): void => useRestartWish.setState({ wish })
const isLeaving = (): boolean => useRestartWish.getState().wish.at === 'restarting'

let following: AbortController | null = null

/** Asks the station to restart as soon as nothing is under way, and follows what it waits for. */
export async function wishRestart(): Promise<void> {
  takeBackRestart()
  const own = new AbortController()
  following = own
  say({ at: 'asked' })
  try {
    for await (const event of await stationNow.station.restart(undefined, { signal: own.signal })) {
      if (own.signal.aborted) return
      say(
        event.kind === 'waiting'
          ? { at: 'waiting', hindrance: event.hindrance }
          : { at: 'restarting', connectionNo: useStation.getState().connectionNo },
      )
    }
  } catch (error) {
    // The end of the connection is what was asked for.
    if (!own.signal.aborted && !isLeaving()) say({ at: 'failed', error })
  }
}

/** The wish is taken back, or what came of it has been read. */
export function takeBackRestart(): void {
  following?.abort()
  following = null
  say({ at: 'none' })
}

/** The new station answers. */
export const hasRestarted = (wish: RestartWish, connectionNo: number): boolean =>
  wish.at === 'restarting' && connectionNo > wish.connectionNo
