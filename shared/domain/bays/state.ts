import type { CardLookup } from '../member.ts'
import type { CardTerms } from '../members/card-rules.ts'
import type { Menu } from '../menu.ts'
import type { WeighingLock } from '../metrology/standing.ts'
import type { PaidSale } from '../checkout/state.ts'
import type { QuoteContext } from '../checkout/quoting.ts'
import type { TroubleCode } from '../checkout/view.ts'
import type { RoundingRule } from '../rounding.ts'
import type { BayTake, SaleConfirmation, SaleDraft, SettleOutcome, StableWeight } from '../sale.ts'
import type { ScaleProfile, ScaleReading } from '../scale.ts'
import type { Milligrams } from '../units.ts'
import type { WeighedGood } from './good.ts'

/** One dish station as it is set up: a dish in a pan on a scale of its own. */
export interface BaySetup {
  readonly bayId: string
  readonly dishId: string
  readonly profile: ScaleProfile
  /** The most that one tray plausibly takes of this dish; beyond it staff is asked (SPEC BY-8). */
  readonly largestTakeMg: Milligrams
}

/** What one tray took at one bay. */
export interface BayLine {
  readonly bayId: string
  /** Dish and price as the bay showed them when this tray first took there (SPEC BY-3). */
  readonly good: WeighedGood
  readonly scale: Pick<ScaleProfile, 'scaleId' | 'minMg' | 'divisionMg' | 'verifiedUntil'>
  /** Each stretch in which only this tray changed the pan; together they are the line's weight. */
  readonly takes: readonly BayTake[]
  readonly netMg: Milligrams
}

/** The part of a tray that outlives a restart. It holds no name: people are ids outside the sealed persons. */
export interface KeptTray {
  /** The sale's id, made when the tray is opened (SPEC BY-11). */
  readonly trayId: string
  readonly cardUid: string
  readonly memberId: string
  readonly openedAtMs: number
  /** The last tap or change of a line; the tray closes by itself some time after it (SPEC BY-10). */
  readonly lastAtMs: number
  readonly lines: readonly BayLine[]
}

export type StopReason =
  /** The wallet does not suffice: nothing is charged (SPEC BY-9). */
  | 'insufficient'
  | 'card-not-valid'
  /** The card may pay no more on this date: cash at the full price (SPEC CK-21). */
  | 'daily-limit'
  /** So large a tray takes staff's word (SPEC CK-20). */
  | 'to-confirm'
  /** A bay's weight did not come to rest, or a take there waits for staff's word. */
  | 'unsettled'
  | 'book'
  /** Found in a book that was put back from a backup: it may have been paid since (SPEC BY-12). */
  | 'restored'

/** How a closing tray is paid: the member's wallet, her wallet and cash, or cash at the full price. */
export type TrayPays = 'wallet' | 'cash' | 'guest'

export type TrayPhase =
  | { readonly at: 'open' }
  /** On its way: waits until its bays are at rest, then for the member's money, as `asked`. */
  | {
      readonly at: 'closing' | 'asked'
      readonly sinceMs: number
      readonly pays: TrayPays
      /** Staff's word for so large a tray (SPEC CK-20). */
      readonly confirmation?: SaleConfirmation
    }
  | { readonly at: 'settling'; readonly draft: SaleDraft }
  | {
      readonly at: 'stopped'
      readonly because: StopReason
      readonly missingFen: number
      readonly sinceMs: number
    }

export interface Tray {
  readonly kept: KeptTray
  /** By form of address; null when the card is no longer known. */
  readonly displayName: string | null
  readonly phase: TrayPhase
}

/** The part of a bay that outlives a restart. */
export interface KeptBay {
  /** The weight up to which everything is accounted for; null: the next weight at rest becomes it. */
  readonly level: StableWeight | null
  readonly binding: {
    readonly trayId: string
    /** What the bay showed at the tap. */
    readonly good: WeighedGood
    readonly untilMs: number
    /** Ends as soon as the weight is at rest and attributed (SPEC BY-4). */
    readonly ending: boolean
  } | null
  /** Taken while nobody was bound and not noted yet: it may still be put back (SPEC BY-5). */
  readonly loose: { readonly netMg: Milligrams; readonly lastAtMs: number } | null
  /**
   * By staff's key: `busy` until it is pressed again, then until the pan is at rest (SPEC BY-7). While the scale is checked
   * the pan stands beside it; then it is `busy` until somebody has put it back.
   */
  readonly refill: 'none' | 'in-check' | 'busy' | 'coming-to-rest'
}

/** A weight at rest that nothing plausible explains: no line moves by it (SPEC BY-6 … BY-8). */
export interface Oddity {
  readonly kind: 'rise' | 'drop'
  readonly weight: StableWeight
  readonly sinceMs: number
  /** Whose binding it began under; null: nobody's. */
  readonly trayId: string | null
}

/** A trouble at a reader that passes by itself. */
export type BayNotice =
  | 'card-unknown'
  | 'card-lost'
  | 'card-returned'
  | 'two-cards'
  /** The weight still belongs to whoever was here before. */
  | 'one-moment'
  | 'not-on-sale'
  | 'no-tray'
  /** What lies here does not suit her: a second tap takes the bay all the same (SPEC BY-18). */
  | 'diet-warning'
  | WeighingLock
  | 'scale-in-check'

export interface Bay {
  readonly setup: BaySetup
  readonly kept: KeptBay
  readonly scale: ScaleReading
  readonly readerConnected: boolean
  readonly oddity: Oddity | null
  /** Another card, until the weight is attributed (SPEC BY-4). */
  readonly queue: { readonly trayId: string; readonly sinceMs: number } | null
  readonly notice: BayNoticed | null
}

/** A notice, and of which card it tells where that matters. */
export interface BayNoticed {
  readonly code: BayNotice
  readonly untilMs: number
  readonly cardUid?: string
}

export interface Exit {
  readonly readerConnected: boolean
  readonly shown: { readonly trayId: string; readonly untilMs: number } | null
  readonly paid: PaidSale | null
  readonly notice: { readonly code: BayNotice; readonly untilMs: number } | null
}

export interface BaysState {
  readonly bays: readonly Bay[]
  readonly trays: readonly Tray[]
  readonly exit: Exit
  readonly bookTrouble: TroubleCode | null
  readonly clockToConfirm: boolean
}

export type BayKey =
  | {
      readonly kind: 'refill-begin' | 'refill-end' | 'accept-take' | 'new-level' | 'release'
      readonly bayId: string
    }
  | { readonly kind: 'close-tray' | 'take-cash' | 'guest-cash' | 'confirm-tray'; readonly trayId: string }
  | { readonly kind: 'cancel-tray'; readonly trayId: string }
  | { readonly kind: 'cancel-line'; readonly trayId: string; readonly bayId: string }

export type BaysInput =
  | { readonly kind: 'reading'; readonly bayId: string; readonly reading: ScaleReading }
  | { readonly kind: 'tap'; readonly bayId: string; readonly lookup: CardLookup }
  | { readonly kind: 'exit-tap'; readonly lookup: CardLookup }
  /** Several cards at once, or a line that came or went; `bayId` null is the exit reader. */
  | { readonly kind: 'several'; readonly bayId: string | null }
  | { readonly kind: 'reader'; readonly bayId: string | null; readonly connected: boolean }
  /** `staffId` is whoever pressed it. */
  | { readonly kind: 'key'; readonly key: BayKey; readonly staffId?: string }
  /** A check of the bay's scale began or ended (SPEC BY-15, MT-11). */
  | { readonly kind: 'scale-check'; readonly bayId: string; readonly underWay: boolean }
  /** The book's answer to `ask-member`; null when it does not answer. */
  | { readonly kind: 'member'; readonly trayId: string; readonly lookup: CardLookup | null }
  | { readonly kind: 'outcome'; readonly outcome: SettleOutcome }
  | { readonly kind: 'book'; readonly trouble: TroubleCode | null }
  | { readonly kind: 'clock'; readonly toConfirm: boolean }
  | { readonly kind: 'tick' }

export interface BaysContext extends QuoteContext {
  readonly nowMs: number
  /** Used, and then replaced by a fresh one, when a tray opens. */
  readonly nextTrayId: string
  readonly menu: Menu
  /** Bays whose scales may not sell now, and why (SPEC BY-15). */
  readonly locks: Readonly<Record<string, WeighingLock>>
  readonly rounding: RoundingRule
  /** What the canteen allows of its cards now. */
  readonly cardTerms: CardTerms
  /** How long a tray that nobody touches stays open, in milliseconds. */
  readonly trayMs: number
}

/** What left a pan, or came into it, without becoming a sale's line. Positive left the pan. */
export interface BayNote {
  readonly bayId: string
  readonly dishId: string
  readonly trayId: string | null
  readonly what: 'unattributed' | 'below-minimum' | 'refilled' | 'take-refused' | 'line-cancelled'
  readonly netMg: Milligrams
}

export type BaysEffect =
  | { readonly kind: 'note'; readonly note: BayNote }
  | { readonly kind: 'ask-member'; readonly trayId: string; readonly cardUid: string }
  | { readonly kind: 'settle'; readonly draft: SaleDraft }

/** A state with what is to be done about it; each step adds its own. */
export interface BaysStep {
  readonly state: BaysState
  readonly effects: readonly BaysEffect[]
  /** True when a key did not fit the moment and changed nothing. */
  readonly refused?: boolean
}

/** How long things last at the bays, in milliseconds. */
export const BAY_PATIENCE = {
  /** A bay is a tray's this long after the last tap or change there. */
  boundMs: 60_000,
  /** A card waits this long for the weight of whoever was there before. */
  queueMs: 30_000,
  noticeMs: 6_000,
  /** What nobody was bound for may be put back this long before it is noted. */
  looseMs: 30_000,
  /** A large rise with nobody bound is a refill once it has stood this long: nobody leans so still. */
  refillStandsMs: 5_000,
  /** A closing tray waits this long for its bays to come to rest; then staff is shown it. */
  closingMs: 10_000,
  /** A settlement that the disk refused is tried again after this long. */
  retryMs: 5_000,
  exitMs: 20_000,
  paidMs: 8_000,
} as const

/** A rise of at least this much with nobody bound is food, not a ladle. */
export const REFILL_MG = 500_000

const NEW_BAY: KeptBay = { level: null, binding: null, loose: null, refill: 'none' }

/** What a restart finds again: by bay id, and the trays that are still open. */
export interface KeptBays {
  readonly bays: ReadonlyMap<string, KeptBay>
  readonly trays: readonly Tray[]
}

/** The bays as they are set up now; a bay that is new, or was never weighed, takes its first weight at rest as its level. */
export function initialBays(setups: readonly BaySetup[], kept: KeptBays): BaysState {
  const open = new Set(kept.trays.map((tray) => tray.kept.trayId))
  const keptOf = (bayId: string): KeptBay => {
    const found = kept.bays.get(bayId) ?? NEW_BAY
    // The tray may have been paid just before the station ended.
    return found.binding !== null && !open.has(found.binding.trayId) ? { ...found, binding: null } : found
  }
  return {
    bays: setups.map((setup) => ({
      setup,
      kept: keptOf(setup.bayId),
      scale: { state: 'disconnected' },
      readerConnected: false,
      oddity: null,
      queue: null,
      notice: null,
    })),
    trays: kept.trays,
    exit: { readerConnected: false, shown: null, paid: null, notice: null },
    bookTrouble: null,
    clockToConfirm: false,
  }
}
