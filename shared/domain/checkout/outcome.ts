import { grantsFen, type SettleOutcome, type SettleRefusal } from '../sale.ts'
import { payersUnder, type NamedPayer } from '../policy/payers.ts'
import type { Quote } from '../policy/types.ts'
import { notify } from './cards.ts'
import { announce } from './speech.ts'
import type { CheckoutContext, CheckoutState } from './state.ts'
import type { TroubleCode } from './view.ts'

/** What the book answered to the one settlement in flight (SPEC CK-11). */
export function takeOutcome(
  state: CheckoutState,
  outcome: SettleOutcome,
  context: CheckoutContext,
): CheckoutState {
  const { settling } = state
  if (settling === null) throw new Error('an outcome without a settlement in flight')
  switch (outcome.kind) {
    case 'unknown':
      return announce(state, { kind: 'please-wait' })
    case 'refused':
      return refused({ ...state, settling: null }, outcome.reason, context)
    case 'settled':
    case 'exists':
      return paid(state, settling, outcome, context)
  }
}

function paid(
  state: CheckoutState,
  settling: NonNullable<CheckoutState['settling']>,
  outcome: SettleOutcome & { kind: 'settled' | 'exists' },
  context: CheckoutContext,
): CheckoutState {
  const { draft } = settling
  const loaded = state.platform.at !== 'clear'
  const done: CheckoutState = {
    ...state,
    settling: null,
    sale: null,
    bound: null,
    shortfallFen: null,
    confirmFen: null,
    notice: null,
    announcedLine: null,
    // The next plate is weighed with the usual tare, whatever this one stood on.
    plateId: context.menu.defaultPlateId,
    platform: loaded ? { at: 'must-clear', because: 'paid' } : state.platform,
    paid: { ...settling, balanceAfterFen: outcome.balanceAfterFen, paidAtMs: context.nowMs },
  }
  const paidByGrants = grantsFen(draft.tender)
  return announce(done, {
    kind: 'paid',
    subsidyFen: draft.quote.subsidyFen,
    ...payersSaid(draft.quote, context),
    selfPayFen: draft.quote.selfPayFen,
    ...(paidByGrants === 0 ? {} : { grantsFen: paidByGrants }),
    balanceFen: outcome.balanceAfterFen,
  })
}

/** Whose money it was is said where it was several people's. */
function payersSaid(quote: Quote, { pack }: CheckoutContext): { readonly payers?: readonly NamedPayer[] } {
  const { payers = [] } = payersUnder(quote, pack)
  return payers.length > 1 ? { payers } : {}
}

const WORDS: Record<SettleRefusal, TroubleCode> = {
  'insufficient-balance': 'balance-changed',
  'card-not-valid': 'card-lost',
  'grant-changed': 'balance-changed',
  'subsidy-used': 'subsidy-used',
  'daily-limit': 'daily-limit',
  'not-confirmed': 'balance-changed',
  'day-closed': 'day-closed',
  'disk-full': 'disk-full',
  'read-only': 'book-read-only',
  'book-unavailable': 'book-unavailable',
}

/**
 * Nothing was charged. The card is let go, so that nothing is tried again without a person's act; the basket stays, and
 * the next tap tries again by itself (SPEC LG-17).
 */
function refused(state: CheckoutState, reason: SettleRefusal, context: CheckoutContext): CheckoutState {
  const emptied = state.platform.at === 'clear' && state.sale?.basket.length === 0
  const released: CheckoutState = {
    ...state,
    sale: emptied ? null : state.sale,
    bound: null,
    shortfallFen: null,
    confirmFen: null,
  }
  return notify(released, WORDS[reason], context)
}
