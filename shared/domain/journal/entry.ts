import type { BayNote } from '../bays/state.ts'
import type { RegisteredCategory } from '../members/dated-categories.ts'
import type { DishPricing, MealPeriod, Menu, Words } from '../menu.ts'
import type { ReadWeight } from '../metrology/check.ts'
import type { CheckVerdict } from '../metrology/standing.ts'
import type { PackSignature } from '../policy/signing.ts'
import type { PartReversal } from '../ledger/part-reversal.ts'
import type { PolicyPack } from '../policy/types.ts'
import type { Reversal, SaleDraft, VoidReason } from '../sale.ts'
import type { StaffRole } from '../staff.ts'
import type { Fen, Milligrams } from '../units.ts'
import type { AuditAct } from './audit-act.ts'
import { canonicalJson, type CanonicalWriter } from './canonical.ts'
import type { HybridTime } from './hybrid-clock.ts'

/** Where a top-up's money came from. `opening` carries a balance over from the paper book. */
export type TopUpSource = 'cash' | 'transfer' | 'opening'

/** How money is given back to a senior: from this station's drawer, or past it. */
export type RefundMethod = 'cash' | 'transfer'

/** Why a wallet is corrected. `undone` takes an earlier correction back. */
export const CORRECTION_REASONS = ['opening-balance', 'top-up', 'meal', 'other', 'undone'] as const
export type CorrectionReason = (typeof CORRECTION_REASONS)[number]

/** What each kind of entry says. A body never holds personal data: members are ids (SPEC LG-16). */
export interface JournalBodies {
  /** `balanceAfterFen`: her own prepaid money after the sale; null for a guest. Version 1 knew no grants. */
  'sale.settled': { readonly sale: SaleDraft; readonly balanceAfterFen: Fen | null }
  /** `payerId`: who of her family paid it (SPEC LG-40); absent: she did herself, or version 1, which knew no payers. */
  'wallet.topped-up': {
    /** Made by whoever starts the top-up: the same id never counts twice. */
    readonly topUpId: string
    readonly memberId: string
    readonly amountFen: Fen
    readonly source: TopUpSource
    readonly payerId?: string
  }
  /** Version 1 had categories without dates only (SPEC ME-14). */
  'member.registered': {
    readonly memberId: string
    readonly categories: readonly RegisteredCategory[]
    readonly householdArea: string
    readonly residenceArea: string
  }
  /**
   * `depositFen` was taken in cash for it; version 1 knew no deposits. Without one it is a lost card that was found again, or
   * a canteen that takes none.
   */
  'card.issued': { readonly uid: string; readonly memberId: string; readonly depositFen?: Fen }
  'card.reported-lost': { readonly uid: string; readonly memberId: string }
  /** A card was seen at two places within a time in which nobody walks between them: one of the two is a copy (SPEC CK-23). */
  'card.seen-twice': {
    /** The same two sightings are told once, however often they are heard of. */
    readonly alarmId: string
    readonly uid: string
    readonly memberId: string
    readonly here: CardSighting
    readonly there: CardSighting
  }
  /** How much her cards may pay on a date, in place of the canteen's limit; zero: no limit, null: the canteen's again. */
  'member.limit-set': { readonly memberId: string; readonly dailyLimitFen: Fen | null }
  /** The card was handed in: it pays nothing any more, and what lay on it was paid back in cash (SPEC LG-35). */
  'card.returned': {
    /** Made by whoever starts the return: the same id never pays twice. */
    readonly returnId: string
    readonly uid: string
    readonly memberId: string
    readonly depositFen: Fen
  }
  'menu.published': { readonly menu: Menu }
  /** Without a signature for a pack that came with the program; version 1 had none (SPEC PO-13). */
  'policy.published': { readonly pack: PolicyPack; readonly signature?: PackSignature }
  /** Staff looked at the date and said it is right, although it is far from the newest entry (SPEC CK-16). */
  'clock.confirmed': { readonly deviceMs: number; readonly newestMs: number }

  /** A sale taken back: the exact opposite of what it moved, or of what earlier parts left of it (SPEC LG-24). */
  'sale.voided': {
    /** Made by whoever starts the void: the same id never counts twice. */
    readonly voidId: string
    readonly saleId: string
    readonly reversed: Reversal
    readonly reason: VoidReason
    readonly note: string
    readonly approvedBy: string
    readonly balanceAfterFen: Fen | null
  }
  /** A fund's money for one member's meals, until a last day (SPEC LG-33). */
  'grant.given': {
    /** RULE:MONTH:MEMBER for a grant of a policy pack: the same is never given twice. */
    readonly grantId: string
    readonly memberId: string
    readonly funderId: string
    readonly title: Words
    readonly amountFen: Fen
    /** The last business date on which it pays. */
    readonly lastDay: string
  }
  /** What was left of it after its last day; also what a void gave back later (SPEC LG-34). */
  'grant.expired': {
    readonly grantId: string
    readonly memberId: string
    readonly funderId: string
    readonly amountFen: Fen
  }
  /** A part of a sale taken back; when all that is left of it goes, that is a void of the rest (SPEC LG-32). */
  'sale.part-reversed': {
    /** Made by whoever starts it: the same id never counts twice. */
    readonly reversalId: string
    readonly saleId: string
    readonly reversed: PartReversal
    readonly reason: VoidReason
    readonly note: string
    readonly approvedBy: string
    readonly balanceAfterFen: Fen | null
  }
  'top-up.reversed': {
    readonly reversalId: string
    readonly topUpId: string
    readonly memberId: string
    readonly amountFen: Fen
    readonly source: TopUpSource
    /** As in the top-up; version 1 knew no payers. */
    readonly payerId?: string
    readonly note: string
    readonly approvedBy: string
  }
  /** Her own money, or a part of it, given back to a senior (SPEC LG-36). */
  'wallet.refunded': {
    /** Made by whoever starts it: the same id never counts twice. */
    readonly refundId: string
    readonly memberId: string
    readonly amountFen: Fen
    readonly method: RefundMethod
    readonly note: string
    readonly approvedBy: string
    /** Only of a refund that the closure of the canteen made. */
    readonly closureId?: string
  }
  /** What her wallet holds put right, by an entry against it (SPEC LG-37). */
  'wallet.corrected': {
    /** Made by whoever starts it: the same id never counts twice. */
    readonly correctionId: string
    readonly memberId: string
    /** Added to her wallet, or taken from it when negative; never zero. */
    readonly amountFen: Fen
    readonly reason: CorrectionReason
    /** What it corrects: the id of a top-up, a sale or whatever stands in her account; null where nothing does. */
    readonly corrects: string | null
    /** The correction that this one takes back, or null. */
    readonly undoes: string | null
    readonly note: string
    readonly approvedBy: string
  }
  /** Change money put into the drawer from the safe (positive), or taken out to it (negative). */
  'drawer.moved': {
    readonly moveId: string
    readonly amountFen: Fen
    readonly note: string
    readonly approvedBy: string
  }
  /** The drawer was counted and the business date is locked: what comes later belongs to the next one (SPEC LG-26). */
  'day.closed': {
    readonly closedDate: string
    readonly closedBy: string
    /** What the book said was in the drawer, and what was counted; the difference is booked with its explanation. */
    readonly expectedFen: Fen
    readonly countedFen: Fen
    readonly explanation: string
    /** Left in the drawer as change for tomorrow; the rest went to the safe. */
    readonly floatFen: Fen
    /** The newest entry of this origin before the close: what was signed off. */
    readonly headSeq: number
    readonly headHash: string
  }

  'dish.saved': {
    readonly dishId: string
    readonly name: Words
    readonly tags: readonly string[]
    readonly emoji: string
    readonly retired: boolean
  }
  /** A price that holds from a moment on; a sale whose plate has landed keeps the one it was shown (SPEC PR-5). */
  'price.set': {
    readonly dishId: string
    readonly pricing: DishPricing
    readonly priceVersion: number
    readonly effectiveFromMs: number
  }
  'menu.planned': {
    readonly businessDate: string
    readonly mealPeriod: MealPeriod
    readonly dishIds: readonly string[]
  }
  'dish.sold-out': {
    readonly businessDate: string
    readonly mealPeriod: MealPeriod
    readonly dishId: string
    readonly soldOut: boolean
  }

  /** A scale was compared with a known weight, for better or worse (SPEC MT-6). */
  'scale.checked': {
    readonly checkId: string
    readonly scaleId: string
    readonly divisionMg: Milligrams
    readonly verifiedUntil: string
    readonly nominalMg: Milligrams
    readonly zero: ReadWeight
    readonly measured: ReadWeight
    /** Measured less nominal. */
    readonly errorMg: Milligrams
    readonly permissibleMg: Milligrams
    readonly verdict: CheckVerdict
  }
  /** A manager lets a scale that failed its check sell all the same, on this entry's date (SPEC MT-8). */
  'scale.released': {
    readonly releaseId: string
    readonly scaleId: string
    readonly checkId: string
    readonly note: string
    readonly approvedBy: string
  }

  'staff.appointed': { readonly staffId: string; readonly role: StaffRole; readonly active: boolean }
  /** A privileged act that writes no other entry: a sign-in, an export, a look at a full number (SPEC SE-8). */
  'audit.noted': { readonly act: AuditAct; readonly subject: string | null }
  /** The book was put back from a backup; its numbering goes on under a new origin (SPEC LG-28). */
  'book.restored': { readonly fromOrigin: string; readonly fromSeq: number; readonly backupAtMs: number }
  /**
   * What left a bay's pan, or came into it, without being sold: a refill, food that nobody was bound for (SPEC BY-11). A line
   * that was cancelled also says which manager agreed; version 1 did not (SPEC BY-13).
   */
  'bay.noted': BayNote & { readonly approvedBy?: string }
}

/** Where and when a card was seen: at a reader of this station, or at another canteen's counter by the server's word. */
export interface CardSighting {
  /** `counter`, `exit`, `bay:ID`, or the canteen and its station. */
  readonly place: string
  readonly atMs: number
}

export type JournalKind = keyof JournalBodies

/** The newest version of each kind that this program can fold. */
export const KIND_VERSIONS: { readonly [Kind in JournalKind]: number } = {
  'sale.settled': 2,
  'wallet.topped-up': 2,
  'member.registered': 2,
  'card.issued': 2,
  'card.reported-lost': 1,
  'card.returned': 1,
  'card.seen-twice': 1,
  'member.limit-set': 1,
  'menu.published': 1,
  'policy.published': 2,
  'clock.confirmed': 1,
  'sale.voided': 2,
  'sale.part-reversed': 1,
  'top-up.reversed': 2,
  'wallet.refunded': 1,
  'wallet.corrected': 1,
  'grant.given': 1,
  'grant.expired': 1,
  'drawer.moved': 1,
  'day.closed': 1,
  'dish.saved': 1,
  'price.set': 1,
  'menu.planned': 1,
  'dish.sold-out': 1,
  'scale.checked': 1,
  'scale.released': 1,
  'staff.appointed': 1,
  'audit.noted': 1,
  'book.restored': 1,
  'bay.noted': 2,
}

/** Something that happened, before the book gives it a place. The business date is today's unless given. */
export type JournalEvent = {
  [Kind in JournalKind]: {
    readonly kind: Kind
    readonly body: JournalBodies[Kind]
    readonly businessDate?: string
  }
}[JournalKind]

/** One entry of the journal, whatever its kind. Field names are what is hashed. */
export interface JournalEntry {
  /** UUIDv7. */
  readonly id: string
  /** The station or server that wrote it. */
  readonly origin: string
  /** 1, 2, 3 … for each origin, without gaps (SPEC LG-10). */
  readonly seq: number
  readonly kind: string
  readonly version: number
  readonly hlc: HybridTime
  /** The device clock: ISO 8601 in UTC with milliseconds. May jump; `hlc` does not. */
  readonly at: string
  readonly businessDate: string
  readonly actor: string
  readonly body: unknown
  /** The hash of the entry before it of the same origin. */
  readonly prevHash: string
  /** SHA-256 over the canonical entry without this field, in hexadecimal (SPEC LG-9). */
  readonly hash: string
}

/** An entry whose kind and version this program knows. */
export type KnownEntry = {
  [Kind in JournalKind]: Omit<JournalEntry, 'kind' | 'body'> & {
    readonly kind: Kind
    readonly body: JournalBodies[Kind]
  }
}[JournalKind]

/** The hash before the first entry of an origin. */
export const FIRST_PREV_HASH = '0'.repeat(64)

const isKnownKind = (kind: string): kind is JournalKind => Object.hasOwn(KIND_VERSIONS, kind)

/** True when this program can fold entries of that kind and version (SPEC LG-15). */
export const canFold = (kind: string, version: number): boolean =>
  isKnownKind(kind) && version >= 1 && version <= KIND_VERSIONS[kind]

/** The entry with its body's type, or null when this program is too old for it. */
export const asKnown = (entry: JournalEntry): KnownEntry | null =>
  canFold(entry.kind, entry.version) ? (entry as KnownEntry) : null

/** An entry with its body already in canonical form, which is how the book stores it. */
export type EntryText = Omit<JournalEntry, 'body' | 'hash'> & { readonly bodyText: string }

/**
 * Writes the canonical entry without `hash`, whose SHA-256 is the entry's hash, in the RFC's key order.
 *
 * @returns where in it the body stands.
 * @throws CanonicalError when the body has no canonical form.
 */
export function writeHashed(
  writer: CanonicalWriter,
  entry: Omit<JournalEntry, 'hash'>,
): { readonly bodyFrom: number; readonly bodyTo: number } {
  const field = (name: string, value: unknown): void => {
    writer.raw(name)
    writer.value(value)
  }
  writer.clear()
  field('{"actor":', entry.actor)
  field(',"at":', entry.at)
  writer.raw(',"body":')
  const bodyFrom = writer.length
  writer.value(entry.body)
  const bodyTo = writer.length
  field(',"businessDate":', entry.businessDate)
  field(',"hlc":', entry.hlc)
  field(',"id":', entry.id)
  field(',"kind":', entry.kind)
  field(',"origin":', entry.origin)
  field(',"prevHash":', entry.prevHash)
  field(',"seq":', entry.seq)
  field(',"version":', entry.version)
  writer.raw('}')
  return { bodyFrom, bodyTo }
}

/**
 * The same for an entry as it is stored, whose body is canonical text already: what `writeHashed` wrote when it was new.
 */
export function hashedText(entry: EntryText): string {
  return (
    `{"actor":${canonicalJson(entry.actor)},"at":${canonicalJson(entry.at)},"body":${entry.bodyText}` +
    `,"businessDate":${canonicalJson(entry.businessDate)},"hlc":${canonicalJson(entry.hlc)}` +
    `,"id":${canonicalJson(entry.id)},"kind":${canonicalJson(entry.kind)},"origin":${canonicalJson(entry.origin)}` +
    `,"prevHash":${canonicalJson(entry.prevHash)},"seq":${canonicalJson(entry.seq)}` +
    `,"version":${canonicalJson(entry.version)}}`
  )
}
