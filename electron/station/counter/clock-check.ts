import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'
import type { ClockState } from './clock-guard.ts'

/**
 * What may be asked while the device's date waits for a person: reading, signing in, a lost card, and looking after the
 * machine. Everything else would be dated by a clock that nobody trusts (SPEC CK-16).
 */
const WHATEVER_THE_DATE: ReadonlySet<string> = new Set([
  ...['library', 'plan'].map((name) => `menus.${name}`),
  ...['search', 'get', 'movements', 'showIdNumber', 'reportLost', 'tappedCards'].map(
    (name) => `members.${name}`,
  ),
  ...['recent', 'explain', 'dayTotals', 'list'].map((name) => `sales.${name}`),
  'day.state',
  'metrology.watch',
  'metrology.cancelCheck',
])

/** Areas of which nothing is dated business. */
const AREAS: ReadonlySet<string> = new Set(
  'counter station staff receipts reports sync backups health trial'.split(' '),
)

const isWhateverTheDate = (path: readonly string[]): boolean =>
  AREAS.has(path[0] ?? '') || WHATEVER_THE_DATE.has(path.join('.'))

/** Stands before every request of the office: under a date to confirm nothing is dated but the confirmation itself. */
export const clockCheck = (clockState: () => ClockState) =>
  station.middleware(({ path, next }) => {
    if (clockState() === 'to-confirm' && !isWhateverTheDate(path))
      throw new ORPCError('CLOCK_TO_CONFIRM', { status: 409 })
    return next()
  })
