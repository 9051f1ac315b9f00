import { isDefinedError, safe } from '@orpc/client'
import type { PinAnswer } from '../counter/pin-asked.tsx'
import type { StationClient } from './client.ts'

/** Sends a senior's PIN for the sale on the screen; the station alone decides what it is worth. */
export async function enterPin(
  client: StationClient | null,
  saleId: string | null,
  pin: string,
): Promise<PinAnswer> {
  if (client === null || saleId === null) return { kind: 'not-now' }
  const { error } = await safe(client.counter.enterPin({ saleId, pin }))
  if (error === null) return { kind: 'right' }
  if (!isDefinedError(error)) return { kind: 'not-now' }
  if (error.code === 'WRONG_PIN') return { kind: 'wrong', triesLeft: error.data.triesLeft }
  return { kind: error.code === 'LOCKED' ? 'locked' : 'not-now' }
}

/** Staff's word in place of the PIN. @returns false when nobody is signed in, or the sale no longer waits for it */
export async function confirmSale(client: StationClient | null, saleId: string | null): Promise<boolean> {
  if (client === null || saleId === null) return false
  const { error } = await safe(client.counter.confirmSale({ saleId }))
  return error === null
}
