import type { PolicyPack } from './types.ts'

const known = new WeakMap<PolicyPack, boolean>()

/** Does the pack ask for the time of a meal? Then a sale keeps it, so that its quote can be made again. */
export function asksForTime(pack: PolicyPack): boolean {
  const answered = known.get(pack)
  if (answered !== undefined) return answered
  // Words of a pack cannot say this: a quotation mark within them is written with a backslash.
  const asks = JSON.stringify(pack).includes('"time":{')
  known.set(pack, asks)
  return asks
}
