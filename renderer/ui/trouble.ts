import type { TroubleCode } from '../../shared/domain/checkout/view.ts'

/** `wait`: it passes, or the senior can help it; `stop`: nothing goes on without a member of staff. */
export type TroubleTone = 'wait' | 'stop'

export const TROUBLE_TONE: Readonly<Record<TroubleCode, TroubleTone>> = {
  'card-unknown': 'stop',
  'card-lost': 'stop',
  'card-returned': 'stop',
  'two-cards': 'wait',
  'already-paid': 'wait',
  'take-plate-away': 'wait',
  'scale-unstable': 'wait',
  'scale-negative': 'wait',
  'scale-overload': 'wait',
  'scale-underload': 'wait',
  'scale-not-zeroed': 'wait',
  'scale-tared': 'wait',
  'scale-stale': 'wait',
  'scale-disconnected': 'stop',
  'scale-verification-expired': 'stop',
  'scale-check-due': 'stop',
  'scale-check-failed': 'stop',
  'scale-in-check': 'wait',
  'weight-below-minimum': 'wait',
  'daily-limit': 'stop',
  'subsidy-used': 'wait',
  'balance-changed': 'wait',
  'day-closed': 'wait',
  'disk-full': 'stop',
  'book-read-only': 'stop',
  'book-unavailable': 'stop',
  'clock-to-confirm': 'wait',
}
