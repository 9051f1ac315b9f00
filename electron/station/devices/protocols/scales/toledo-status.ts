import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/** Bit 6 is always 1 on real scales and "bad command" in some drivers: it decides nothing. */
const MOTION = 1 << 0
const OVER = 1 << 1
const UNDER = 1 << 2
const OUTSIDE_ZERO = 1 << 3
const CENTRE_OF_ZERO = 1 << 4
const NET_WEIGHT = 1 << 5

/** What stands for a weight in the answer of a Toledo 8217, and of others that took it over: why there is none. */
export function noWeight(status: number): Said {
  const net = (status & NET_WEIGHT) === 0 ? {} : { net: true }
  if ((status & OVER) !== 0) return { ...OVERLOAD, details: { ...OVERLOAD.details, ...net } }
  if ((status & UNDER) !== 0)
    return { ...UNDERLOAD, details: { ...UNDERLOAD.details, negative: true, ...net } }
  if ((status & OUTSIDE_ZERO) !== 0) return { kind: 'error', error: 'not_zeroed', details: net }
  const motion = (status & MOTION) === 0 ? { stable: true } : { stable: false, motion: true }
  const zero = (status & CENTRE_OF_ZERO) === 0 ? {} : { zero: true }
  return { kind: 'status', details: { ...motion, ...zero, ...net } }
}
