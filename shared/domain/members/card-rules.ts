import type { SaleConfirmation, SaleDraft } from '../sale.ts'
import { fen, ZERO_FEN, type Fen } from '../units.ts'

/** What the canteen chose for its cards; written in its configuration. */
export interface CardRules {
  /** Taken in cash for each card and paid back when it is returned; zero: none is taken. */
  readonly depositFen: Fen
  /** A meal of which she pays more than this asks for her PIN or for staff's word; zero: none does. */
  readonly confirmAboveFen: Fen
  /** The most that wallet and subsidies pay by one card on a business date; zero: as much as there is. */
  readonly dailyLimitFen: Fen
  /** After so many days without sync this station's list of lost cards is old; zero: it never is. */
  readonly staleAfterDays: number
  /** The daily limit while the list is old, where the usual one is not lower; zero: cards pay nothing then. */
  readonly staleLimitFen: Fen
  /** Two readers of this station saw the same card within so many seconds: two cards of one number. Zero: not looked at. */
  readonly twoPlacesSeconds: number
}

/** A canteen that says nothing of cards: no deposit, no PIN, no limit. */
export const USUAL_CARDS: CardRules = {
  depositFen: ZERO_FEN,
  confirmAboveFen: ZERO_FEN,
  dailyLimitFen: ZERO_FEN,
  staleAfterDays: 0,
  staleLimitFen: fen(3_000),
  twoPlacesSeconds: 1,
}

/** The rules at one moment. */
export interface CardTerms {
  readonly rules: CardRules
  /** The last sync is longer ago than the canteen allows (SPEC CK-22). */
  readonly listIsOld: boolean
}

export const USUAL_TERMS: CardTerms = { rules: USUAL_CARDS, listIsOld: false }

/** What is known of a card when it is tapped. */
export interface CardStanding {
  /** What wallet and subsidies paid by it on the business date, less what was taken back. */
  readonly spentFen: Fen
  /** The member's own limit in place of the canteen's; zero: none for her. Null: the canteen's holds. */
  readonly ownLimitFen: Fen | null
  readonly hasPin: boolean
}

/** The most that a card may pay on a date; null: no limit (SPEC CK-21, CK-22). */
function dailyLimitOf({ rules, listIsOld }: CardTerms, ownLimitFen: Fen | null): Fen | null {
  const chosen = ownLimitFen ?? rules.dailyLimitFen
  const usual = chosen === 0 ? null : chosen
  if (!listIsOld) return usual
  return usual === null ? rules.staleLimitFen : fen(Math.min(usual, rules.staleLimitFen))
}

interface Paid extends Pick<SaleDraft, 'cardUid'> {
  readonly quote: Pick<SaleDraft['quote'], 'subsidyFen'>
  readonly tender: Pick<SaleDraft['tender'], 'walletFen'>
}

/** What the sale takes by the card: from her wallet and from the funders. */
export const paidByCard = ({ quote, tender, cardUid }: Paid): Fen =>
  cardUid === null ? ZERO_FEN : fen(tender.walletFen + quote.subsidyFen)

/** True when the card would pay more than it may on this date (SPEC CK-21). */
export function isAboveDailyLimit(
  draft: Paid,
  { spentFen, ownLimitFen }: Pick<CardStanding, 'spentFen' | 'ownLimitFen'>,
  terms: CardTerms,
): boolean {
  const asked = paidByCard(draft)
  const limitFen = dailyLimitOf(terms, ownLimitFen)
  return asked > 0 && limitFen !== null && spentFen + asked > limitFen
}

/** True when the sale may be charged to the wallet only with a PIN or staff's word, and has neither (SPEC CK-20). */
export function lacksConfirmation(
  draft: Pick<SaleDraft, 'quote' | 'tender'> & { readonly confirmation?: SaleConfirmation },
  { rules }: CardTerms,
): boolean {
  const isAsked =
    draft.tender.walletFen > 0 && rules.confirmAboveFen > 0 && draft.quote.selfPayFen > rules.confirmAboveFen
  return isAsked && draft.confirmation === undefined
}

const DAY_MS = 86_400_000

/** True when the list of lost cards is too old; a station that belongs to no server has its own, which is never old. */
export const isListOld = ({ staleAfterDays }: CardRules, lastSyncMs: number | null, nowMs: number): boolean =>
  staleAfterDays > 0 && lastSyncMs !== null && nowMs - lastSyncMs > staleAfterDays * DAY_MS
