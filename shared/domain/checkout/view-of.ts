import { basketTotal } from '../pricing.ts'
import type { CounterMember } from '../member.ts'
import { grantsFen, type SaleDraft, type SaleLine } from '../sale.ts'
import { milligrams, sumFen, ZERO_FEN, type Fen } from '../units.ts'
import { linesNow, onScale, type OnScale } from './basket.ts'
import { payersUnder } from '../policy/payers.ts'
import { warningsWaiting } from './diet.ts'
import { keysNow } from './keys.ts'
import { isLoad, mustBeLifted } from './platform.ts'
import { quoteFor } from './quoting.ts'
import { PATIENCE, type CheckoutContext, type CheckoutState } from './state.ts'
import type { CounterPhase, CounterView, TroubleCode, ViewLine, ViewQuote, ViewWeighing } from './view.ts'

/** What both screens show. Revisions and trial mark are the station's to add. */
export type BareView = Omit<CounterView, 'revision' | 'menuRevision' | 'trial'>

/** Draws the whole counter from its state; pure, and the only source of what people see (SPEC CK-1). */
export function viewOf(state: CheckoutState, context: CheckoutContext): BareView {
  const { phase, trouble } = phaseOf(state, context)
  const common = {
    atMs: context.nowMs,
    businessDate: context.businessDate,
    mealPeriod: context.mealPeriod,
    phase,
    trouble,
    scale: {
      state: state.scale.state,
      grossMg: 'weightMg' in state.scale ? state.scale.weightMg : null,
    },
    reader: { connected: state.readerConnected },
    plateId: state.plateId,
    held: state.sale?.held ?? false,
    shortfallFen: state.shortfallFen,
    confirm: confirmView(state),
    warnings: state.settling === null ? warningsWaiting(state, context) : [],
    speech: state.speech,
    keys: keysNow(state, context),
  }
  const shown = phase === 'paid' ? state.paid : phase === 'checking' ? state.settling : null
  if (shown !== null) return { ...common, ...draftView(shown, balanceAfter(state, phase), context) }
  return { ...common, ...openSaleView(state, context) }
}

const confirmView = ({ confirmFen, bound }: CheckoutState): CounterView['confirm'] =>
  confirmFen === null || bound === null
    ? null
    : { amountFen: confirmFen, hasPin: bound.member.card?.hasPin ?? false }

function balanceAfter(state: CheckoutState, phase: CounterPhase): CounterView['shortfallFen'] {
  return phase === 'paid' ? (state.paid?.balanceAfterFen ?? null) : null
}

/** The first cause that stops the sale wins: one cause, one thing to do (SPEC CK-17). */
function phaseOf(
  state: CheckoutState,
  context: CheckoutContext,
): { phase: CounterPhase; trouble: TroubleCode | null } {
  const passing = state.notice?.code ?? null
  if (state.settling !== null) return { phase: 'checking', trouble: null }
  const nothingNew = state.sale === null || ['none', 'moving'].includes(onScale(state, context).kind)
  if (state.paid !== null && nothingNew) return { phase: 'paid', trouble: passing }
  const lasting = state.clockToConfirm ? 'clock-to-confirm' : state.bookTrouble
  const trouble = lasting ?? passing ?? scaleTrouble(state, context)
  if (trouble !== null) return { phase: 'trouble', trouble }
  return { phase: salePhase(state, context), trouble: null }
}

function salePhase(state: CheckoutState, context: CheckoutContext): CounterPhase {
  const scale = onScale(state, context)
  if (scale.kind === 'moving') return 'weighing'
  if (scale.kind === 'dish-unknown') return 'choose-dish'
  const priced = linesNow(state, context).length > 0
  if (priced && warningsWaiting(state, context).length > 0) return 'diet-warning'
  if (priced && state.confirmFen !== null) return 'confirm'
  if (priced) return state.shortfallFen === null ? 'ready' : 'insufficient'
  return state.bound === null ? 'idle' : 'awaiting-plate'
}

/** Why the scale cannot be sold from now, if it matters to this sale. */
function scaleTrouble(state: CheckoutState, context: CheckoutContext): TroubleCode | null {
  const { profile } = context
  if (profile === null) return null
  if (state.scaleInCheck && state.sale === null) return 'scale-in-check'
  const byState = STATE_TROUBLE[state.scale.state]
  const basketWaits = state.sale !== null && state.sale.basket.length > 0 && state.platform.at !== 'loaded'
  if (byState !== null) return basketWaits && byState !== 'scale-overload' ? null : byState
  const moving =
    state.unstableSinceMs !== null && context.nowMs - state.unstableSinceMs >= PATIENCE.unstableMs
  if (moving) return 'scale-unstable'
  if (mustBeLifted(state, context)) return isLoad(state.scale, profile) ? 'take-plate-away' : null
  return lineTrouble(onScale(state, context))
}

const STATE_TROUBLE: Record<CheckoutState['scale']['state'], TroubleCode | null> = {
  ok: null,
  unstable: null,
  negative: 'scale-negative',
  overload: 'scale-overload',
  underload: 'scale-underload',
  'not-zeroed': 'scale-not-zeroed',
  tared: 'scale-tared',
  stale: 'scale-stale',
  disconnected: 'scale-disconnected',
}

function lineTrouble(scale: OnScale): TroubleCode | null {
  if (scale.kind === 'below-minimum') return 'weight-below-minimum'
  if (scale.kind === 'above-maximum') return 'scale-overload'
  return scale.kind === 'locked' ? scale.because : null
}

type SalePart = Pick<
  CounterView,
  'saleId' | 'weighing' | 'lines' | 'totalFen' | 'member' | 'quote' | 'payment'
>

function openSaleView(state: CheckoutState, context: CheckoutContext): SalePart {
  const lines = linesNow(state, context)
  const member = state.bound?.member ?? null
  return {
    saleId: state.sale?.saleId ?? null,
    weighing: weighingView(onScale(state, context)),
    lines: lines.map(lineView),
    totalFen: lines.length === 0 ? ZERO_FEN : basketTotal(lines),
    member:
      member === null
        ? null
        : {
            displayName: member.displayName,
            balanceFen: member.balanceFen,
            ...grantsShown(member),
            ...photoShown(member),
          },
    quote:
      member === null || lines.length === 0 ? null : quoteView(quoteFor(lines, member, context), context),
    payment: null,
  }
}

function draftView(
  shown: NonNullable<CheckoutState['settling']>,
  balanceAfterFen: CounterView['shortfallFen'],
  context: CheckoutContext,
): SalePart {
  const { draft, displayName } = shown
  const member =
    displayName === null
      ? null
      : { displayName, balanceFen: balanceAfterFen ?? ZERO_FEN, ...photoShown(shown) }
  return {
    saleId: draft.saleId,
    weighing: null,
    lines: draft.lines.map(lineView),
    totalFen: draft.quote.priceFen,
    member,
    quote: quoteView(draft.quote, context),
    payment: paymentView(draft.tender, balanceAfterFen),
  }
}

function paymentView(
  tender: SaleDraft['tender'],
  balanceAfterFen: CounterView['shortfallFen'],
): CounterView['payment'] {
  const { walletFen, cashFen } = tender
  const paidByGrants = grantsFen(tender)
  const byGrants = paidByGrants === 0 ? {} : { grantsFen: paidByGrants }
  return { walletFen, cashFen, ...byGrants, balanceAfterFen }
}

function grantsShown({ grants = [] }: CounterMember): { readonly grantsFen?: Fen } {
  return grants.length === 0 ? {} : { grantsFen: sumFen(grants.map(({ leftFen }) => leftFen)) }
}

const photoShown = ({ photoId }: { readonly photoId?: string }): { readonly photoId?: string } =>
  photoId === undefined ? {} : { photoId }

const quoteView = (quote: SaleDraft['quote'], { pack }: CheckoutContext): ViewQuote => ({
  priceFen: quote.priceFen,
  discountFen: quote.discountFen,
  subsidyFen: quote.subsidyFen,
  selfPayFen: quote.selfPayFen,
  ...payersUnder(quote, pack),
  steps: quote.steps,
})

const lineView = (line: SaleLine, lineNo: number): ViewLine => ({
  lineNo,
  name: line.name,
  quantity: line.kind === 'weighed' ? null : line.quantity,
  netMg: line.kind === 'weighed' ? line.netMg : null,
  amountFen: line.amountFen,
})

function weighingView(scale: OnScale): ViewWeighing | null {
  switch (scale.kind) {
    case 'none':
      return null
    case 'line':
      return { name: scale.line.name, netMg: scale.line.netMg, stable: true, amountFen: scale.line.amountFen }
    case 'moving':
      return {
        name: scale.good?.dish.name ?? null,
        netMg: milligrams(scale.netMg),
        stable: false,
        amountFen: null,
      }
    case 'dish-unknown':
    case 'below-minimum':
    case 'above-maximum':
    case 'locked':
      return { name: null, netMg: scale.netMg, stable: true, amountFen: null }
  }
}
