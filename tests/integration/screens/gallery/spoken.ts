import type { Speech } from '../../../../shared/domain/checkout/view.ts'
import { fen } from '../../../../shared/domain/units.ts'

/** What the gallery's voice says. */
export const SPOKEN = {
  total: { sequence: 1, kind: 'total', amountFen: fen(12_805) },
  paid: { sequence: 2, kind: 'paid', subsidyFen: fen(300), selfPayFen: fen(660), balanceFen: fen(8_240) },
} as const satisfies Record<string, Speech>
