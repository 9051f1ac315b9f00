import type { SyncTrouble } from '../../../shared/contract/sync.ts'
import type { WireError } from '../../../shared/contract/sync-wire.ts'
import { BookError } from '../book/errors.ts'

/** Why a run of sync ended before its end: expected, and told in the view. */
export class SyncStopped extends Error {
  override readonly name = 'SyncStopped'
  readonly trouble: SyncTrouble
  /** What the server asked to wait, or null. */
  readonly retryAfterMs: number | null
  /** Entries of this station that only the server has. */
  readonly missing: number

  constructor(
    trouble: SyncTrouble,
    detail: string,
    more: {
      readonly retryAfterMs?: number | null
      readonly missing?: number
      readonly cause?: unknown
    } = {},
  ) {
    super(detail, { cause: more.cause })
    this.trouble = trouble
    this.retryAfterMs = more.retryAfterMs ?? null
    this.missing = more.missing ?? 0
  }
}

/** The server answered that it will not: `error` says why. */
export class ServerRefused extends SyncStopped {
  readonly error: WireError['error']
  /** The number that the refusal is about, or null. */
  readonly seq: number | null

  constructor(refusal: WireError, status: number, retryAfterMs: number | null) {
    const detail = refusal.detail === undefined ? '' : `: ${refusal.detail}`
    super(TROUBLE_OF[refusal.error], `${status} ${refusal.error}${detail}`, { retryAfterMs })
    this.error = refusal.error
    this.seq = refusal.seq ?? null
  }
}

const TROUBLE_OF: { readonly [Error in WireError['error']]: SyncTrouble } = {
  VERSION: 'version',
  INVALID: 'damaged-answer',
  TOO_LARGE: 'damaged-answer',
  UNAUTHORIZED: 'not-accepted',
  CODE_REFUSED: 'not-accepted',
  STATION_EXISTS: 'not-accepted',
  UNKNOWN_STATION: 'not-accepted',
  // Used or over before it came: by the line, and not by who answered it.
  CHALLENGE_REFUSED: 'damaged-answer',
  SIGNATURE: 'not-accepted',
  NOT_YOURS: 'not-accepted',
  GAP: 'damaged-answer',
  FORK: 'fork',
  CHAIN: 'damaged-answer',
  BUSY: 'server-busy',
  NOT_FOUND: 'damaged-answer',
  FAULT: 'server-busy',
}

/** Troubles that pass by themselves: tried again with growing pauses. The others wait for a person, and for the night. */
export const passesByItself = (trouble: SyncTrouble): boolean =>
  trouble === 'unreachable' ||
  trouble === 'server-busy' ||
  trouble === 'damaged-answer' ||
  trouble === 'book-unavailable'

/** The book in trouble stops a run like anything else that is expected; a defect is passed on. */
export function asStopped(error: unknown): SyncStopped {
  if (error instanceof SyncStopped) return error
  if (error instanceof BookError && error.code !== 'broken-invariant')
    return new SyncStopped('book-unavailable', error.message, { cause: error })
  throw error
}
