import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import type { DisplayConfig } from '../deps.ts'
import { DISPLAY_CLEAR, led8Lamp, led8Text } from '../devices/protocols/led8.ts'
import { vfdLine, vfdRow } from '../devices/protocols/vfd.ts'
import { amountText } from '../receipts/paper.ts'

/** What the customer reads: what it costs, and in the end what she paid. Null: nothing is being sold. */
export type Shown =
  | { readonly kind: 'price'; readonly priceFen: number; readonly selfPayFen: number | null }
  | { readonly kind: 'paid'; readonly priceFen: number; readonly selfPayFen: number }
  | null

/** Follows from the view that both screens draw (SPEC PT-4). */
export function shownOf({ phase, totalFen, quote }: CounterView): Shown {
  if (phase === 'paid' && quote !== null)
    return { kind: 'paid', priceFen: quote.priceFen, selfPayFen: quote.selfPayFen }
  return totalFen > 0 ? { kind: 'price', priceFen: totalFen, selfPayFen: quote?.selfPayFen ?? null } : null
}

type Draw = (shown: Shown) => Uint8Array

/** Eight digits have room for one number: the price, and once it is paid what she paid. */
const led8: Draw = (shown) => {
  if (shown === null) return Buffer.concat([DISPLAY_CLEAR, led8Lamp('off')])
  const [lamp, fen] =
    shown.kind === 'paid' ? (['paid', shown.selfPayFen] as const) : (['total', shown.priceFen] as const)
  return Buffer.concat([led8Lamp(lamp), led8Text(amountText(fen))])
}

const vfd: Draw = (shown) => {
  if (shown === null) return DISPLAY_CLEAR
  const { kind, priceFen, selfPayFen } = shown
  const below = selfPayFen === null ? '' : vfdRow(kind === 'paid' ? 'PAID' : 'TO PAY', amountText(selfPayFen))
  return Buffer.concat([vfdLine(1, vfdRow('TOTAL', amountText(priceFen))), vfdLine(2, below)])
}

/** The bytes that put it on each kind of display, whatever stood there before. */
export const DRAW: Readonly<Record<DisplayConfig['protocol'], Draw>> = { led8, 'vfd-2x20': vfd }
