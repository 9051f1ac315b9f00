import { drawerOf } from '../../../shared/domain/ledger/accounts.ts'
import type { BookReader } from './reader.ts'

/** What the book says lies in this station's drawer, in fen. */
export function drawerBalance(reader: BookReader): number {
  const owed = reader.queries.balance.get(drawerOf(reader.originId))?.balance_fen ?? 0
  // Never minus nothing.
  return owed === 0 ? 0 : -owed
}
