import type { CorrectionReason, JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { walletOf } from '../book/members.ts'
import { balanceAfter } from '../members/movements.ts'

type CorrectionBody = JournalBodies['wallet.corrected']

export interface CorrectionRequest {
  /** Made by whoever starts it: the same id never counts twice. */
  readonly correctionId: string
  readonly memberId: string
  /** Added to her wallet, or taken from it when negative. */
  readonly amountFen: Fen
  readonly reason: Exclude<CorrectionReason, 'undone'>
  readonly corrects: string | null
  readonly note: string
  readonly approvedBy: string
}

export interface UndoRequest {
  readonly correctionId: string
  /** The correction that is taken back. */
  readonly undoes: string
  readonly note: string
  readonly approvedBy: string
}

export type CorrectionOutcome =
  /** Also when the same request stood in the book already: nothing was moved again. */
  | { readonly kind: 'corrected'; readonly balanceAfterFen: Fen }
  | {
      readonly kind:
        | 'no-such-member'
        | 'no-such-correction'
        | 'made-elsewhere'
        | 'already-undone'
        /** What it corrects is nothing that moved her wallet. */
        | 'no-such-entry'
    }
  | { readonly kind: 'too-much'; readonly balanceFen: number }

/**
 * Puts what a wallet holds right, inside the caller's transaction, by an entry against it that says what it corrects and
 * why; what it corrects is an entry that moved her own wallet, or none at all. It never leaves a wallet below zero (SPEC LG-37).
 *
 * @throws BookError `broken-invariant` for an id that corrected something else.
 */
export function correctInside(
  file: BookFile,
  append: Append,
  request: CorrectionRequest,
  actor: string,
): CorrectionOutcome {
  const { correctionId, memberId, corrects } = request
  if (file.queries.member.get(memberId) === undefined) return { kind: 'no-such-member' }
  const isNew = correctionEntry(file, correctionId) === null
  if (isNew && corrects !== null && !movedWallet(file, memberId, corrects)) return { kind: 'no-such-entry' }
  return written(file, append, { ...request, undoes: null }, actor)
}

/**
 * Takes a correction back, once and where it was made, by another one (SPEC LG-37); one that took another back stands.
 *
 * @throws BookError as `correctInside`
 */
export function undoInside(
  file: BookFile,
  append: Append,
  request: UndoRequest,
  actor: string,
): CorrectionOutcome {
  const { undoes } = request
  const wrong = correctionEntry(file, undoes)
  if (wrong === null || wrong.body.undoes !== null) return { kind: 'no-such-correction' }
  if (stationOf(wrong.entry.origin) !== stationOf(file.originId)) return { kind: 'made-elsewhere' }
  const { memberId, amountFen, corrects } = wrong.body
  const body = { ...request, memberId, amountFen: fen(-amountFen), reason: 'undone', corrects } as const
  const known = file
    .statement<[string], { correction_id: string }>('SELECT correction_id FROM corrections WHERE undoes = ?')
    .get(undoes)
  if (known !== undefined && known.correction_id !== request.correctionId) return { kind: 'already-undone' }
  return written(file, append, body, actor)
}

function written(file: BookFile, append: Append, body: CorrectionBody, actor: string): CorrectionOutcome {
  const { correctionId, memberId, amountFen } = body
  const earlier = correctionEntry(file, correctionId)
  if (earlier !== null) {
    if (!isSame(earlier.body, body))
      throw new BookError('broken-invariant', `correction ${correctionId} is in the book with another body`)
    return { kind: 'corrected', balanceAfterFen: fen(balanceAfter(file, memberId, earlier.entry)) }
  }
  const balanceFen = walletOf(file, memberId)
  if (amountFen < 0 && balanceFen + amountFen < 0) return { kind: 'too-much', balanceFen }
  append({ kind: 'wallet.corrected', body: { ...body } }, actor)
  const balanceAfterFen = fen(balanceFen + amountFen)
  if (walletOf(file, memberId) !== balanceAfterFen)
    throw new BookError(
      'broken-invariant',
      `wallet of ${memberId} is not ${balanceAfterFen} after the correction`,
    )
  return { kind: 'corrected', balanceAfterFen }
}

/** Whether it is a meal that her wallet paid, a top-up, a refund or a correction of hers. */
const movedWallet = (file: BookFile, memberId: string, id: string): boolean =>
  file
    .statement<[{ memberId: string; id: string }]>(
      `SELECT 1 FROM sales WHERE sale_id = :id AND member_id = :memberId AND wallet_fen > 0
       UNION ALL SELECT 1 FROM top_ups WHERE top_up_id = :id AND member_id = :memberId
       UNION ALL SELECT 1 FROM refunds WHERE refund_id = :id AND member_id = :memberId
       UNION ALL SELECT 1 FROM corrections WHERE correction_id = :id AND member_id = :memberId`,
    )
    .get({ memberId, id }) !== undefined

/** A correction that stands in the book, with its entry; null for an unknown one. */
function correctionEntry(
  file: BookFile,
  correctionId: string,
): { readonly entry: StoredEntry; readonly body: CorrectionBody } | null {
  const place = file
    .statement<[string], { origin: string; seq: number }>(
      'SELECT origin, seq FROM corrections WHERE correction_id = ?',
    )
    .get(correctionId)
  const entry = place === undefined ? undefined : file.journal.bySeq(place.origin, place.seq)
  return entry === undefined ? null : { entry, body: JSON.parse(entry.bodyText) as CorrectionBody }
}

/** Who approved may differ, as for a refund. */
const isSame = (one: CorrectionBody, other: CorrectionBody): boolean =>
  one.memberId === other.memberId &&
  one.amountFen === other.amountFen &&
  one.reason === other.reason &&
  one.corrects === other.corrects &&
  one.undoes === other.undoes &&
  one.note === other.note
