import { isDefinedError, safe } from '@orpc/client'
import type { StaffKey } from '../../shared/domain/checkout/state.ts'
import type { StationClient } from './client.ts'

/** What became of a key: done, refused by the station, or never answered. */
export type PressOutcome = 'done' | 'NOT_NOW' | 'NOT_ON_MENU' | 'lost'

/** Sends one key to the station, which alone decides what it does. */
export async function pressKey(client: StationClient | null, key: StaffKey): Promise<PressOutcome> {
  if (client === null) return 'lost'
  const { error } = await safe(client.counter.press({ key }))
  if (error === null) return 'done'
  return isDefinedError(error) ? error.code : 'lost'
}
