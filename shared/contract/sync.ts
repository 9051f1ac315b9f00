import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { staffErrors } from './refusals.ts'

/** Why the last try to reach the community server came to nothing; each has its own words on the screen. */
export type SyncTrouble =
  /** No network, no server, no answer in time. It is tried again by itself. */
  | 'unreachable'
  /** The server asked to wait, or had a fault of its own. It is tried again by itself. */
  | 'server-busy'
  /** The server does not know this station, or no longer trusts its key. */
  | 'not-accepted'
  /** The server speaks a language of the future or the past. */
  | 'version'
  /**
   * The server holds entries of this station that its book has not, and they cannot be put back by themselves: `missing`
   * says how many. An older book was put in its place, or a disk lied.
   */
  | 'book-behind-server'
  /** Two books write under one name: a copied disk. */
  | 'fork'
  | 'damaged-answer'
  /** The book could not be read or written just now. It is tried again by itself. */
  | 'book-unavailable'

export interface SyncView {
  /** Where the server is; null before the station was enrolled. */
  readonly server: { readonly url: string; readonly canteenName: string } | null
  readonly state: 'not-enrolled' | 'resting' | 'running' | 'waiting-to-retry'
  /** Entries of this station, and how many of them the server has acknowledged. */
  readonly entries: number
  readonly acknowledged: number
  /** Entries of this station that only the server has: 0 unless the trouble is `book-behind-server`. */
  readonly missing: number
  /**
   * What the book had lost and the server gave back, the last time that this happened; null when it never did. After a
   * restore that is as it should be; at any other time the disk wants looking at.
   */
  readonly fetched: { readonly entries: number; readonly atMs: number } | null
  readonly lastSuccessMs: number | null
  readonly nextTryMs: number | null
  readonly trouble: SyncTrouble | null
  readonly troubleDetail: string | null
}

export const syncContract = {
  watch: oc.output(eventIterator(type<SyncView>())).errors(staffErrors),
  /** With the one-time code that the server's people handed out. */
  enrol: oc
    .input(
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }).max(200),
        code: z.string().trim().min(1).max(64),
      }),
    )
    .output(type<SyncView>())
    .errors({
      ...staffErrors,
      CODE_REFUSED: { status: 403 },
      /** The canteen has a station of this name with another key: its people hand out a code that replaces it. */
      STATION_EXISTS: { status: 409 },
      UNREACHABLE: { status: 503, data: z.object({ detail: z.string() }) },
    }),
  /** Starts now; progress is in `watch`. Resolves when it is over. */
  now: oc.output(type<SyncView>()).errors({ ...staffErrors, NOT_ENROLLED: { status: 409 } }),
}
