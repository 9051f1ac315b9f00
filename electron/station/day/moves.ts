import type { Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import { drawerNow } from './drawer.ts'

/** Change money on its way between safe and drawer. */
export interface DrawerMove {
  /** Made by whoever starts the move: the same id never counts twice. */
  readonly moveId: string
  /** Into the drawer positive, out of it negative. */
  readonly amountFen: Fen
  readonly note: string
  /** The staff id of the manager who agreed. */
  readonly approvedBy: string
}

export type MoveOutcome =
  /** With what the drawer should hold now. */
  | { readonly kind: 'moved'; readonly expectedFen: number }
  | { readonly kind: 'not-that-much'; readonly expectedFen: number }

interface MoveRow {
  readonly amount_fen: number
  readonly note: string
}

/**
 * Notes money put into the drawer or taken out of it, inside a `book.write`; nothing when it was noted before.
 *
 * @throws BookError `broken-invariant` for a known id with another amount or note
 */
export function moveDrawer(file: BookFile, append: Append, move: DrawerMove, actor: string): MoveOutcome {
  const { expectedFen } = drawerNow(file)
  const earlier = file
    .statement<[string], MoveRow>('SELECT amount_fen, note FROM drawer_moves WHERE move_id = ?')
    .get(move.moveId)
  if (earlier !== undefined) {
    if (earlier.amount_fen !== move.amountFen || earlier.note !== move.note)
      throw new BookError('broken-invariant', `drawer move ${move.moveId} is in the book with another body`)
    return { kind: 'moved', expectedFen }
  }
  if (expectedFen + move.amountFen < 0 && move.amountFen < 0) return { kind: 'not-that-much', expectedFen }
  append({ kind: 'drawer.moved', body: { ...move } }, actor)
  return { kind: 'moved', expectedFen: expectedFen + move.amountFen }
}
