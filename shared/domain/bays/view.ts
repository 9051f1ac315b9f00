import type { TroubleCode } from '../checkout/view.ts'
import type { WeightPrice, Words } from '../menu.ts'
import type { WeighingLock } from '../metrology/standing.ts'
import type { Fen, Milligrams } from '../units.ts'
import type { BayKey, BayNotice, BayNote, StopReason } from './state.ts'

/** Where a bay stands, as its screen shows it. */
export type BayPhase =
  /** Nobody is bound: a card is awaited. */
  | 'idle'
  /** A tray is bound: food taken is hers. */
  | 'taking'
  /** The pan moves, or somebody waits for it to come to rest. */
  | 'settling'
  | 'refilling'
  /** One cause, one thing to do: see `trouble`. */
  | 'trouble'

export type BayTrouble =
  | 'card-unknown'
  | 'card-lost'
  | 'card-returned'
  | 'two-cards'
  | 'one-moment'
  | 'diet-warning'
  | 'not-on-sale'
  | 'no-tray'
  /** Something heavy came into the pan: a hand, a ladle, food that nobody announced. */
  | 'weight-rose'
  /** More left the pan than one tray plausibly takes. */
  | 'large-take'
  /** Its scale may not sell: past its verification, not checked yet today, or off (SPEC BY-15). */
  | WeighingLock
  | 'scale-in-check'
  | 'scale-overload'
  | 'scale-not-ready'
  | 'scale-away'
  | 'book'

export interface BayView {
  readonly bayId: string
  readonly dishId: string
  /** Null when today's menu does not sell the dish by weight. */
  readonly dish: {
    readonly name: Words
    readonly tags: readonly string[]
    readonly price: WeightPrice
  } | null
  readonly phase: BayPhase
  readonly trouble: BayTrouble | null
  /** Who the bay is bound to. */
  readonly displayName: string | null
  readonly trayId: string | null
  /** What her tray took here, and what all of it costs so far, before any subsidy. */
  readonly netMg: Milligrams
  readonly amountFen: Fen
  readonly trayFen: Fen
  /** Too little to be sold by this scale yet. */
  readonly belowMinimum: boolean
  readonly readerConnected: boolean
}

/** A bay as staff sees it. */
export interface BayOverview extends BayView {
  readonly panMg: Milligrams | null
  /** How far the pan is from its level, while something odd stands there; positive is missing. */
  readonly oddMg: Milligrams | null
  readonly looseMg: Milligrams
  readonly keys: readonly BayKey['kind'][]
}

export interface TrayOverview {
  readonly trayId: string
  readonly displayName: string | null
  readonly openedAtMs: number
  readonly lastAtMs: number
  readonly state: 'open' | 'closing' | 'checking' | 'stopped'
  readonly because: StopReason | null
  readonly missingFen: Fen
  readonly totalFen: Fen
  readonly lines: readonly {
    readonly bayId: string
    readonly name: Words
    readonly netMg: Milligrams
    readonly amountFen: Fen
    readonly belowMinimum: boolean
  }[]
  readonly keys: readonly BayKey['kind'][]
}

export type ExitPhase = 'idle' | 'settling' | 'checking' | 'paid' | 'insufficient' | 'nothing' | 'trouble'

export interface ExitView {
  readonly phase: ExitPhase
  readonly trouble: BayNotice | 'ask-staff' | null
  readonly displayName: string | null
  readonly lines: readonly { readonly name: Words; readonly netMg: Milligrams; readonly amountFen: Fen }[]
  readonly totalFen: Fen
  readonly subsidyFen: Fen
  readonly selfPayFen: Fen
  readonly balanceAfterFen: Fen | null
  readonly missingFen: Fen
  readonly readerConnected: boolean
}

/** All bays at one moment. Screens draw their part of this and nothing else. */
export interface BaysView {
  /** Rises with every change; a view with a lower revision of the same station is old. */
  readonly revision: number
  readonly atMs: number
  readonly bays: readonly BayOverview[]
  readonly trays: readonly TrayOverview[]
  /** The newest notes since the business date began, newest first. */
  readonly notes: readonly NotedAt[]
  readonly bookTrouble: TroubleCode | null
}

export interface NotedAt extends BayNote {
  readonly atMs: number
}
