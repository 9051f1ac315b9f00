import type { Menu, MealPeriod } from '../menu.ts'
import type { CounterMember } from '../member.ts'
import type { WeighingLock } from '../metrology/standing.ts'
import type { PolicyPack } from '../policy/types.ts'
import type { RoundingRule } from '../rounding.ts'
import type { CardTerms } from '../members/card-rules.ts'
import type { SaleConfirmation, SaleDraft, SaleLine, SettleOutcome } from '../sale.ts'
import type { ScaleProfile, ScaleReading } from '../scale.ts'
import type { CardLookup } from '../member.ts'
import type { Fen } from '../units.ts'
import type { Speech, TroubleCode } from './view.ts'

/** What lies on the scale, as far as the next sale is concerned (SPEC CK-3). */
export type Platform =
  | { readonly at: 'clear' }
  | { readonly at: 'loaded' }
  /** Something lies there that no sale may weigh again: it has to be lifted first. */
  | { readonly at: 'must-clear'; readonly because: 'started' | 'paid' | 'added' | 'cancelled' | 'checked' }

export interface OpenSale {
  readonly saleId: string
  /** The menu in force when the plate landed prices the whole sale (SPEC PR-5). */
  readonly menu: Menu
  /** Lines that no longer depend on the scale. */
  readonly basket: readonly SaleLine[]
  /** The dish that lies on the scale, by a staff key. */
  readonly dishId: string | null
  readonly held: boolean
}

export interface BoundMember {
  readonly member: CounterMember
  readonly tappedAtMs: number
}

export interface PaidSale {
  readonly draft: SaleDraft
  readonly displayName: string | null
  readonly photoId?: string
  readonly balanceAfterFen: Fen | null
  readonly paidAtMs: number
}

export interface ConfirmedSale {
  readonly saleId: string
  readonly cardUid: string
  readonly upToFen: Fen
  readonly confirmation: SaleConfirmation
}

export interface CheckoutState {
  readonly scale: ScaleReading
  readonly unstableSinceMs: number | null
  readonly readerConnected: boolean
  readonly platform: Platform
  readonly plateId: string
  readonly sale: OpenSale | null
  readonly bound: BoundMember | null
  /** The one settlement in flight (SPEC CK-1, CK-11). */
  readonly settling: Omit<PaidSale, 'balanceAfterFen' | 'paidAtMs'> | null
  readonly shortfallFen: Fen | null
  /** What she would pay: her PIN or staff's word is waited for (SPEC CK-20). */
  readonly confirmFen: Fen | null
  /** A word that was given: for one sale, one card, and no more than this. */
  readonly confirmed: ConfirmedSale | null
  readonly paid: PaidSale | null
  /** A trouble that passes by itself, such as an unknown card. */
  readonly notice: { readonly code: TroubleCode; readonly untilMs: number } | null
  /** A trouble that lasts until its cause is gone. */
  readonly bookTrouble: TroubleCode | null
  readonly clockToConfirm: boolean
  /** The scale is being checked with a known weight: what lies on it is no plate (SPEC MT-11). */
  readonly scaleInCheck: boolean
  readonly speech: Speech | null
  readonly announcedLine: string | null
  /** For which sale, card and dishes staff acknowledged a warning, and for which it was said (SPEC CK-24). */
  readonly dietAccepted: string | null
  readonly dietSaid: string | null
  /** When to ask for the card, if nobody has tapped by then; null once asked. */
  readonly askForCardAtMs: number | null
}

/** One touch of a staff key; validated at the contract. */
export type StaffKey =
  | { readonly kind: 'choose-dish'; readonly dishId: string }
  | { readonly kind: 'add-portion'; readonly dishId: string; readonly quantity: number }
  | { readonly kind: 'remove-line'; readonly lineNo: number }
  | { readonly kind: 'choose-plate'; readonly plateId: string }
  | {
      readonly kind:
        | 'add-plate'
        | 'hold'
        | 'release'
        | 'take-cash'
        | 'guest-cash'
        | 'cancel'
        | 'confirm-clock'
        | 'accept-warning'
    }

export type CheckoutInput =
  | { readonly kind: 'reading'; readonly reading: ScaleReading }
  | { readonly kind: 'card'; readonly lookup: CardLookup }
  | { readonly kind: 'several-cards' }
  | { readonly kind: 'reader'; readonly connected: boolean }
  | { readonly kind: 'key'; readonly key: StaffKey }
  | { readonly kind: 'outcome'; readonly outcome: SettleOutcome }
  | { readonly kind: 'confirmed'; readonly confirmed: ConfirmedSale }
  | { readonly kind: 'book'; readonly trouble: TroubleCode | null }
  | { readonly kind: 'clock'; readonly toConfirm: boolean }
  /** A check of the scale began or ended. */
  | { readonly kind: 'scale-check'; readonly underWay: boolean }
  /** A sale that the book shows as settled just before this station started (SPEC CK-12). */
  | { readonly kind: 'restored'; readonly paid: PaidSale }
  /** A sale was taken back by staff (SPEC LG-24). */
  | { readonly kind: 'voided'; readonly saleId: string }
  | { readonly kind: 'tick' }

/** What the checkout may look at besides its own state. */
export interface CheckoutContext {
  readonly nowMs: number
  /** Used, and then replaced by a fresh one, when a sale opens. */
  readonly nextSaleId: string
  readonly menu: Menu
  /** Null: no pack in force, everyone pays the full price. */
  readonly pack: PolicyPack | null
  /** Null: a counter without a scale sells portions only. */
  readonly profile: ScaleProfile | null
  /** Why the scale may sell nothing today; null when it may. */
  readonly weighingLock: WeighingLock | null
  readonly rounding: RoundingRule
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly workingDay: boolean
  readonly canteenArea: string
  /** What the canteen allows of its cards now. */
  readonly cardTerms: CardTerms
  /** Minutes since midnight on the canteen's clock. */
  readonly minuteOfDay: number
}

export type CheckoutEffect =
  { readonly kind: 'settle'; readonly draft: SaleDraft } | { readonly kind: 'confirm-clock' }

export type KeyRefusal = { readonly code: 'NOT_NOW' } | { readonly code: 'NOT_ON_MENU'; readonly id: string }

export interface Advance {
  readonly state: CheckoutState
  readonly effects: readonly CheckoutEffect[]
  /** Why a key did nothing (SPEC CK-13). */
  readonly refusal?: KeyRefusal
}

/** How long things last at the counter, in milliseconds. */
export const PATIENCE = {
  /** A card waits this long for its plate (SPEC CK-10). */
  boundCardMs: 30_000,
  /** "Paid" stays this long after the plate has left: long enough to be read twice. */
  paidMs: 8_000,
  /** And this long at least, however soon the next plate is put down. */
  paidAtLeastMs: 2_000,
  noticeMs: 6_000,
  /** A priced basket is left in peace this long before the card is asked for: the amount has to be heard first. */
  askForCardMs: 6_000,
  /** Motion longer than this is a trouble with its own words. */
  unstableMs: 6_000,
} as const

export function initialState(plateId: string): CheckoutState {
  return {
    scale: { state: 'disconnected' },
    unstableSinceMs: null,
    readerConnected: false,
    platform: { at: 'must-clear', because: 'started' },
    plateId,
    sale: null,
    bound: null,
    settling: null,
    shortfallFen: null,
    confirmFen: null,
    confirmed: null,
    paid: null,
    notice: null,
    bookTrouble: null,
    clockToConfirm: false,
    scaleInCheck: false,
    speech: null,
    announcedLine: null,
    dietAccepted: null,
    dietSaid: null,
    askForCardAtMs: null,
  }
}
