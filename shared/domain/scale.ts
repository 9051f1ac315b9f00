import type { Milligrams } from './units.ts'

/**
 * What a scale can say (SPEC DV-1). Weight is present only with `ok` and `unstable`, and signed with `negative`;
 * a state without weight is never a zero.
 */
export type ScaleReading =
  | { readonly state: 'ok' | 'unstable' | 'negative'; readonly weightMg: Milligrams; readonly rawHex: string }
  | { readonly state: 'overload' | 'underload' | 'not-zeroed'; readonly rawHex: string }
  /** The scale took something off by its own tare key: what it shows is no gross weight, so it is none here (SPEC MT-12). */
  | { readonly state: 'tared'; readonly rawHex: string }
  | { readonly state: 'stale' | 'disconnected'; readonly rawHex?: undefined }

export type ScaleState = ScaleReading['state']

/** The metrology of one scale: from its plate and its verification certificate. */
export interface ScaleProfile {
  readonly scaleId: string
  /** Largest load, in milligrams (Max on the plate). */
  readonly maxMg: Milligrams
  /** Smallest load that may be sold: 20 e for class III (Min on the plate). */
  readonly minMg: Milligrams
  /** Verification scale interval e, in milligrams. */
  readonly divisionMg: Milligrams
  /** Last day of the verification certificate, YYYY-MM-DD. */
  readonly verifiedUntil: string
}

/** What a card reader can say. `removed` ends one presence; a card left lying is one `present` (SPEC DV-7). */
export type CardEvent =
  | { readonly kind: 'present'; readonly uid: string; readonly rawHex: string }
  | { readonly kind: 'removed'; readonly uid: string }
  | { readonly kind: 'several'; readonly uids: readonly string[] }
  | { readonly kind: 'connected' | 'disconnected' }
