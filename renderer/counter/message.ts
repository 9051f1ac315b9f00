import type { CounterView, TroubleCode } from '../../shared/domain/checkout/view.ts'
import type { SignKind } from '../ui/sign.tsx'
import { TROUBLE_TONE } from '../ui/trouble.ts'

type PhaseWords =
  | 'idle'
  | 'weighing'
  | 'choosing'
  | 'ready'
  | 'held'
  | 'awaiting'
  | 'checking'
  | 'paid'
  | 'insufficient'
  | 'enterPin'
  | 'staffConfirms'
  | 'dietWarning'

/** The one thought of a moment: a sign, and whose words say it. */
export type Message =
  | { readonly sign: SignKind; readonly words: PhaseWords }
  | { readonly sign: SignKind; readonly trouble: TroubleCode }

/** What the senior is told now. A trouble comes first, also while the last sale still stands as paid. */
export function messageOf(view: CounterView): Message {
  if (view.trouble !== null) return { sign: TROUBLE_TONE[view.trouble], trouble: view.trouble }
  switch (view.phase) {
    case 'idle':
      return { sign: 'act', words: 'idle' }
    case 'weighing':
      return { sign: 'wait', words: 'weighing' }
    case 'choose-dish':
      return { sign: 'wait', words: 'choosing' }
    case 'ready':
      return view.held ? { sign: 'wait', words: 'held' } : { sign: 'act-card', words: 'ready' }
    case 'awaiting-plate':
      return { sign: 'act', words: 'awaiting' }
    case 'checking':
      return { sign: 'wait', words: 'checking' }
    case 'paid':
      return { sign: 'good', words: 'paid' }
    case 'insufficient':
      return { sign: 'stop', words: 'insufficient' }
    case 'diet-warning':
      return { sign: 'stop', words: 'dietWarning' }
    case 'confirm':
      return { sign: 'wait', words: view.confirm?.hasPin === true ? 'enterPin' : 'staffConfirms' }
    // Without a cause there is nothing to say but to wait.
    case 'trouble':
      return { sign: 'wait', words: 'checking' }
  }
}

export interface TicketFigure {
  readonly label: 'total' | 'youPay' | 'paid' | 'short'
  readonly amountFen: number
}

/** The amount of this moment, always in the same place; null while there is none. */
export function figureOf(view: CounterView): TicketFigure | null {
  if (view.phase === 'paid' && view.quote !== null) return { label: 'paid', amountFen: view.quote.selfPayFen }
  if (view.phase === 'insufficient' && view.shortfallFen !== null)
    return { label: 'short', amountFen: view.shortfallFen }
  if (view.lines.length === 0) return null
  if (view.quote !== null) return { label: 'youPay', amountFen: view.quote.selfPayFen }
  return { label: 'total', amountFen: view.totalFen }
}
