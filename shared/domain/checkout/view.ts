import type { MealPeriod, Words } from '../menu.ts'
import type { DietWarning } from '../diet.ts'
import type { NamedPayer } from '../policy/payers.ts'
import type { QuoteStep } from '../policy/types.ts'
import type { ScaleState } from '../scale.ts'
import type { Fen, Milligrams } from '../units.ts'
import type { StaffKey } from './state.ts'

/** Where the sale stands, as both screens show it (SPEC CK-1). */
export type CounterPhase =
  | 'idle'
  | 'weighing'
  /** The weight is stable; staff still has to say which dish it is. */
  | 'choose-dish'
  /** Priced: the card is awaited. */
  | 'ready'
  /** The card came first: the plate is awaited. */
  | 'awaiting-plate'
  /** The sale is being written, or its outcome is being asked for. */
  | 'checking'
  | 'paid'
  | 'insufficient'
  /** So much takes her PIN or staff's word: see `confirm`. */
  | 'confirm'
  /** A dish does not suit her: staff has to acknowledge it, see `warnings`. */
  | 'diet-warning'
  /** One cause, one thing to do: see `trouble`. */
  | 'trouble'

/** Each has its own words in `renderer/i18n` and its own clip. */
export const TROUBLE_CODES = [
  'card-unknown',
  'card-lost',
  'card-returned',
  'two-cards',
  'already-paid',
  'take-plate-away',
  'scale-unstable',
  'scale-negative',
  'scale-overload',
  'scale-underload',
  'scale-not-zeroed',
  'scale-tared',
  'scale-stale',
  'scale-disconnected',
  'scale-verification-expired',
  'scale-check-due',
  'scale-check-failed',
  'scale-in-check',
  'weight-below-minimum',
  'subsidy-used',
  'daily-limit',
  'balance-changed',
  'day-closed',
  'disk-full',
  'book-read-only',
  'book-unavailable',
  'clock-to-confirm',
] as const
export type TroubleCode = (typeof TROUBLE_CODES)[number]

export interface ViewLine {
  readonly lineNo: number
  readonly name: Words
  readonly quantity: number | null
  readonly netMg: Milligrams | null
  readonly amountFen: Fen
}

/** What is on the scale now, before it is a line. */
export interface ViewWeighing {
  readonly name: Words | null
  readonly netMg: Milligrams
  readonly stable: boolean
  /** Absent until the weight is stable and the dish is known. */
  readonly amountFen: Fen | null
}

export interface ViewQuote {
  readonly priceFen: Fen
  readonly discountFen: Fen
  readonly subsidyFen: Fen
  readonly selfPayFen: Fen
  /** Whose money the subsidy is; absent when the pack that gave it is no longer in force. */
  readonly payers?: readonly NamedPayer[]
  readonly steps: readonly QuoteStep[]
}

/** One announcement; a new `sequence` means: say it (SPEC CK-15). */
export type Speech = { readonly sequence: number } & (
  | {
      readonly kind:
        | 'place-plate'
        | 'tap-card'
        | 'take-plate'
        | 'please-wait'
        | 'enter-pin'
        | 'staff-confirms'
        | 'diet-warning'
    }
  | {
      readonly kind: 'line'
      readonly name: Words
      readonly dishId: string
      readonly netMg: Milligrams
      readonly amountFen: Fen
    }
  | { readonly kind: 'total'; readonly amountFen: Fen }
  | {
      readonly kind: 'paid'
      readonly subsidyFen: Fen
      /** Of several payers each one's part; one alone pays all of the subsidy, and is absent. */
      readonly payers?: readonly NamedPayer[]
      readonly selfPayFen: Fen
      /** How much of it her grants paid; absent is nothing. */
      readonly grantsFen?: Fen
      readonly balanceFen: Fen | null
    }
  | { readonly kind: 'insufficient'; readonly shortfallFen: Fen }
  | { readonly kind: 'trouble'; readonly code: TroubleCode }
)

/** What a member of staff may press in this state; others are refused with NOT_NOW. */
export type StaffKeyKind = StaffKey['kind']

/** The whole counter at one moment: both screens draw this and nothing else. */
export interface CounterView {
  /** Rises with every change; a view with a lower revision of the same station is old. */
  readonly revision: number
  readonly atMs: number
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly phase: CounterPhase
  readonly saleId: string | null
  readonly scale: { readonly state: ScaleState; readonly grossMg: Milligrams | null }
  readonly reader: { readonly connected: boolean }
  /** Another number: the menu of the keys and of the idle screen has changed and is to be asked for again. */
  readonly menuRevision: number
  readonly plateId: string
  readonly held: boolean
  readonly weighing: ViewWeighing | null
  readonly lines: readonly ViewLine[]
  readonly totalFen: Fen
  readonly member: {
    readonly displayName: string
    /** Names her picture, which staff who are signed in may ask for; absent: there is none. */
    readonly photoId?: string
    /** Her own prepaid money. */
    readonly balanceFen: Fen
    /** What grants hold for her beside that; absent is nothing. */
    readonly grantsFen?: Fen
  } | null
  readonly quote: ViewQuote | null
  readonly payment: {
    readonly walletFen: Fen
    /** How much of it grants paid; absent is nothing. */
    readonly grantsFen?: Fen
    readonly cashFen: Fen
    readonly balanceAfterFen: Fen | null
  } | null
  readonly shortfallFen: Fen | null
  /** What a PIN or staff's word is waited for; without a PIN of her own only staff can give it. */
  /** Dishes that do not suit the senior whose card is known, as long as staff has not acknowledged it. */
  readonly warnings: readonly DietWarning[]
  readonly confirm: { readonly amountFen: Fen; readonly hasPin: boolean } | null
  readonly trouble: TroubleCode | null
  readonly speech: Speech | null
  readonly keys: readonly StaffKeyKind[]
  /** True while the counter runs on simulated devices. */
  readonly trial: boolean
}
