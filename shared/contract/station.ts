import { eventIterator, oc, type } from '@orpc/contract'
import type { ScaleAdvice, WeighingLock } from '../domain/metrology/standing.ts'
import type { PrintTrouble } from './printing.ts'
import { staffErrors } from './refusals.ts'
import type { ScaleState } from '../domain/scale.ts'

export interface StationHealth {
  readonly stationId: string
  readonly canteenName: string
  /** IANA name of the zone that the canteen's clocks show. */
  readonly timeZone: string
  readonly trial: boolean
  readonly version: string
  readonly book: {
    readonly state: 'open' | 'reopening' | 'read-only' | 'disk-full' | 'unavailable'
    readonly entries: number
    readonly headHash: string
    readonly synchronous: number
    readonly sqliteVersion: string
  }
  readonly scale: {
    readonly state: ScaleState
    readonly protocol: string
    readonly port: string | null
    readonly verifiedUntil: string
    /** Why nothing may be sold from it by weight; null when it may. */
    readonly lock: WeighingLock | null
    readonly advice: readonly ScaleAdvice[]
  } | null
  readonly reader: {
    readonly connected: boolean
    readonly protocol: string
    readonly port: string | null
  } | null
  /** Null where none is configured. */
  readonly idReader: { readonly connected: boolean } | null
  /** Null in a canteen without bays. */
  readonly bays: {
    readonly stations: readonly {
      readonly bayId: string
      /** Null before its scale was heard. */
      readonly state: ScaleState | null
      readonly readerConnected: boolean
      readonly verifiedUntil: string
      readonly lock: WeighingLock | null
      readonly advice: readonly ScaleAdvice[]
    }[]
    /** Null where there is none. */
    readonly exitReaderConnected: boolean | null
    /** Trays that are not paid yet; of them those that wait for staff, and when the oldest was last touched. */
    readonly trays: {
      readonly open: number
      readonly stopped: number
      readonly oldestLastAtMs: number | null
    }
  } | null
  /** Null where receipts are pictures and PDF. */
  readonly printer: {
    readonly connected: boolean
    readonly trouble: PrintTrouble | null
    readonly waiting: number
    readonly letGo: number
    /** Whether the staff's screen has a key that opens the drawer. */
    readonly drawerKey: boolean
  } | null
  /** `behind`: the clock stands before the book's newest entry; `to-confirm`: selling waits for staff (SPEC CK-16). */
  readonly clock: 'ok' | 'behind' | 'to-confirm'
}

/** Why the station does not restart at once: something that a person would notice is under way (SPEC ST-10). */
export type RestartHindrance = 'sale' | 'bays' | 'import' | 'backup'

/** What a wish to restart has come to. */
export type RestartEvent =
  | { readonly kind: 'waiting'; readonly hindrance: RestartHindrance }
  /** The connection ends next; the screens find the new station by themselves. */
  | { readonly kind: 'restarting' }

export const stationContract = {
  health: oc.output(type<StationHealth>()),
  watchHealth: oc.output(eventIterator(type<StationHealth>())),
  /** Starts the station again as soon as nothing is under way; whoever leaves the stream before takes the wish back. */
  restart: oc.output(eventIterator(type<RestartEvent>())).errors({
    ...staffErrors,
    /** Nobody stands behind this station who would start it again. */
    NOBODY_TO_START_IT: { status: 409 },
  }),
}
