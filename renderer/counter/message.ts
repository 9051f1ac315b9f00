import type { CounterView, TroubleCode } from '../../shared/domain/checkout/view.ts'
import type { SignKind } from '../ui/sign.tsx'
import { TROUBLE_TONE } from '../ui/trouble.ts'

type PhaseWords =
  'idle' | 'weighing' | 'choosing' | 'ready' | 'held' | 'awaiting' | 'checking' | 'paid' | 'insufficient'

/** The one thought of a moment: a sign, and whose words say it. */
export type Message =
  | { readonly sign: SignKind; readonly words: PhaseWords }
  | { readonly sign: SignKind; readonly trouble: TroubleCode }

/** What the senior is told now. */
export function messageOf(view: CounterView): Message {
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
    case 'trouble':
      return view.trouble === null
        ? { sign: 'wait', words: 'checking' }
        : { sign: TROUBLE_TONE[view.trouble], trouble: view.trouble }
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
