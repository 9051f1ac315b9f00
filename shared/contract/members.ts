import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { isDate } from '../domain/calendar.ts'
import { idNumberFault } from '../domain/id-number.ts'
import type { CorrectionReason, TopUpSource } from '../domain/journal/entry.ts'
import type { CardRules } from '../domain/members/card-rules.ts'
import type { CardState } from '../domain/member.ts'
import type { Words } from '../domain/menu.ts'
import { ALLERGEN_CODES, DIET_CODES } from '../domain/diet.ts'
import type { DatedCategory, RunningOut } from '../domain/members/dated-categories.ts'
import { fen, type Fen } from '../domain/units.ts'
import { approval, approvedErrors, memberId, note, plainText, requestId, staffErrors } from './refusals.ts'
import { noSuchPayer, payerProcedures, type PaidBy, type PayerShown } from './payers.ts'
import type { Receipt } from './receipts.ts'

/** One line of a search. */
export interface MemberFound {
  readonly memberId: string
  readonly fullName: string
  readonly formOfAddress: string
  readonly age: number
  readonly balanceFen: Fen
  readonly cards: readonly MemberCard[]
  /** 138****1234; null when none is known. */
  readonly phoneMasked: string | null
}

export interface MemberCard {
  readonly uid: string
  readonly state: CardState
  /** What was paid for it and is paid back when it is returned. */
  readonly depositFen: Fen
  /** The newest time that it was seen at two places at once; null when it never was. */
  readonly seenTwice: { readonly here: string; readonly there: string; readonly atMs: number } | null
}

export interface MemberDetail extends MemberFound {
  readonly bornOn: string
  /** 350102********1234; the whole number is asked for on its own, and the audit notes it. */
  readonly idNumberMasked: string | null
  /** Whom to call when she is not well; null when nobody is known. */
  readonly emergencyContact: string | null
  /** Names her picture; null when there is none. */
  readonly photoId: string | null
  /** Whether she has a PIN for large meals. */
  readonly hasPin: boolean
  /** Her own limit in place of the canteen's; zero: none, null: the canteen's. */
  readonly dailyLimitFen: Fen | null
  readonly categories: readonly string[]
  /** Codes of what she may not and should not eat. */
  readonly allergens: readonly string[]
  readonly diets: readonly string[]
  /** Each time that a category is registered for, with its proof. */
  readonly registered: readonly CategoryTime[]
  readonly householdArea: string
  readonly residenceArea: string
  /** What funds gave her for meals and she has not used, in the order of use. */
  readonly grants: readonly MemberGrant[]
  /** Who of her family pays into her wallet. */
  readonly payers: readonly PayerShown[]
}

export interface MemberGrant {
  readonly grantId: string
  readonly title: Words
  readonly leftFen: Fen
  /** The last business date on which it pays. */
  readonly lastDay: string
}

/** A category with its dates, and what proves it as far as a screen shows it. */
export interface CategoryTime extends DatedCategory {
  /** On the open business date. */
  readonly standing: 'holds' | 'ended' | 'not-yet'
  readonly proof: {
    readonly kind: string
    /** The last four characters; null when none is known. */
    readonly numberMasked: string | null
    readonly checkedBy: string
    readonly checkedOn: string
  } | null
}

/** A category that ends soon, as the office's list shows it. */
export interface ProofRunningOut extends RunningOut {
  readonly memberId: string
  readonly fullName: string
  readonly phoneMasked: string | null
}

/** One line of a member's account, newest first. Money in is positive, out negative. */
export interface Movement {
  readonly atMs: number
  readonly businessDate: string
  readonly kind:
    'sale' | 'void' | 'top-up' | 'top-up-reversed' | 'refund' | 'correction' | 'grant' | 'grant-expired'
  /** The sale, the top-up: what a receipt or a void asks for. */
  readonly id: string
  /** Of her own money; what grants gave, paid or lost stands in `grantsFen`. */
  readonly amountFen: number
  readonly balanceAfterFen: number
  readonly grantsFen: number
  /** For a top-up or a correction that can still be undone, or a sale that can still be voided. */
  readonly reversible: boolean
  /** How money came in, or was given back. */
  readonly source: TopUpSource | null
  /** Of a top-up and what undid it: who of her family paid; null when she did, and of everything else. */
  readonly paidBy: PaidBy | null
  /** Only of a correction. */
  readonly reason?: CorrectionReason
  /** Only of a correction: which of her entries was wrong; null where none was. */
  readonly corrects?: string | null
}

/** A card held at the reader while the office waits for one: it pays for nothing meanwhile. */
export interface TappedCard {
  readonly uid: string
  readonly atMs: number
  readonly member: { readonly memberId: string; readonly fullName: string } | null
  readonly state: CardState | 'unknown'
}

/** What the register form takes from an ID card; nothing else of it leaves the reader. */
export type IdCardAnswer =
  | { readonly kind: 'no-reader' | 'disconnected' | 'waiting' }
  | {
      readonly kind: 'card'
      readonly fullName: string
      readonly bornOn: string
      /** Null where the card's number is not of the citizens' form, as on the older cards of foreigners. */
      readonly idNumber: string | null
      /** The day after which the card no longer holds; null for one without end. */
      readonly validTo: string | null
    }

/** What the office says of the canteen's rules; see `CardRules`. */
export type CardTermsShown = Pick<CardRules, 'depositFen' | 'confirmAboveFen' | 'dailyLimitFen'>

/** In base64: 200 KB of picture. */
export const LONGEST_PHOTO = 273_068

const text = (most: number) => plainText.trim().max(most)
const cardUid = z.string().regex(/^[0-9A-F]{8,20}$/)
const date = z.string().refine(isDate)
const idNumber = z
  .string()
  .trim()
  .toUpperCase()
  .refine((value) => idNumberFault(value) === null, 'not an identity number')

const categoryTime = z
  .strictObject({
    category: text(40).min(1),
    from: date.nullable(),
    until: date.nullable(),
    /** A number that is null stays as it is in the book: screens know it only masked. */
    proof: z.strictObject({ kind: text(40).min(1), number: text(60).nullable() }).nullable(),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, 'ends before it begins')
export type CategoryTimeForm = z.infer<typeof categoryTime>

const personForm = z.strictObject({
  fullName: text(40).min(1),
  /** Surname and form of address for the public screen: 林依姆. Made from the name when empty. */
  formOfAddress: text(20),
  /** Either the identity number, whose date is then the birthday, or the birthday alone. */
  idNumber: idNumber.nullable(),
  bornOn: date.nullable(),
  phone: text(20).nullable(),
  /** Whom to call when she is not well. Absent: as it is in the book; empty: nobody. */
  emergencyContact: text(60).optional(),
  categories: z.array(text(40).min(1)).max(30),
  /** What she may not and should not eat. Absent: as in the book. */
  allergens: z.array(z.enum(ALLERGEN_CODES)).max(20).optional(),
  diets: z.array(z.enum(DIET_CODES)).max(20).optional(),
  /** The times of the categories above. Absent: as in the book; one that is not named has no bounds. */
  categoryTimes: z.array(categoryTime).max(60).optional(),
  householdArea: text(60),
  residenceArea: text(60),
})
export type PersonForm = z.infer<typeof personForm>

const noSuchMember = { NO_SUCH_MEMBER: { status: 404 } } as const
const formErrors = {
  /** The number belongs to somebody who is registered already. */
  ID_NUMBER_TAKEN: { status: 409, data: z.object({ memberId }) },
  /** Neither a number nor a birthday was given, or they contradict each other. */
  BIRTHDAY_MISSING: { status: 422 },
  BIRTHDAY_DIFFERS: { status: 422 },
  /** In the future, or more than 130 years ago. */
  BIRTHDAY_IMPOSSIBLE: { status: 422 },
} as const
const cardErrors = {
  CARD_IN_USE: { status: 409, data: z.object({ memberId }) },
  NO_SUCH_CARD: { status: 404 },
  /** It was returned: it is nobody's until it is issued anew. */
  CARD_RETURNED: { status: 409 },
} as const

export const membersContract = {
  /** By name, pinyin, initials (`lym`), phone's last digits or card; the best first. */
  search: oc
    .input(z.strictObject({ text: text(40), limit: z.int().min(1).max(100) }))
    .output(type<{ readonly found: readonly MemberFound[]; readonly total: number }>())
    .errors(staffErrors),
  get: oc
    .input(z.strictObject({ memberId }))
    .output(type<MemberDetail>())
    .errors({ ...staffErrors, ...noSuchMember }),
  /** Whose categories end within so many days, the soonest first. */
  proofsRunningOut: oc
    .input(z.strictObject({ days: z.int().min(0).max(366) }))
    .output(type<readonly ProofRunningOut[]>())
    .errors(staffErrors),
  /** The whole number, for a manager; the audit notes the look (SPEC SE-8). */
  showIdNumber: oc
    .input(z.strictObject({ memberId }))
    .output(z.object({ idNumber: z.string().nullable() }))
    .errors({ ...staffErrors, ...noSuchMember }),
  /** The ID card that was read last, for whoever registers: once, within a minute, and the audit notes it (SPEC ME-8). */
  readIdCard: oc.output(type<IdCardAnswer>()).errors(staffErrors),
  register: oc
    .input(z.strictObject({ memberId: requestId, person: personForm }))
    .output(z.object({ memberId }))
    .errors({ ...staffErrors, ...formErrors }),
  /** An identity number or a phone that is null stays as it is in the book: screens know them only masked. */
  change: oc
    .input(z.strictObject({ memberId, person: personForm }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...formErrors, ...noSuchMember }),
  /** Forgets her at her request: name, numbers and birthday are gone, her cards are lost; what she ate stays, by her id. */
  erase: oc
    .input(z.strictObject({ memberId }))
    .output(z.object({}))
    .errors({
      ...staffErrors,
      ...noSuchMember,
      /** Her wallet is paid out, or what she owes is paid, first. */
      HAS_MONEY: { status: 409, data: z.object({ balanceFen: z.int() }) },
      /** Cards that are not lost are returned first, with what was paid for them. */
      HAS_DEPOSIT: { status: 409, data: z.object({ depositFen: z.int() }) },
    }),
  /** What the canteen chose for its cards. */
  cardTerms: oc.output(type<CardTermsShown>()).errors(staffErrors),
  /** Her picture for staff, JPEG or PNG in base64; null takes it away. It is kept as her name is: sealed, and erased with it. */
  setPhoto: oc
    .input(z.strictObject({ memberId, base64: z.string().max(LONGEST_PHOTO).nullable() }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember, NOT_A_PICTURE: { status: 422 } }),
  /** As a `data:` address. */
  photo: oc
    .input(z.strictObject({ memberId }))
    .output(type<{ readonly photo: string | null }>())
    .errors({ ...staffErrors, ...noSuchMember }),
  /** The PIN that large meals ask for; null takes it away. Four to eight digits, none that anybody would try first. */
  setPin: oc
    .input(z.strictObject({ memberId, pin: z.string().max(12).nullable() }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember, PIN_TOO_SIMPLE: { status: 422 } }),
  /** How much her cards may pay on a date; zero: no limit, null: as the canteen chose. */
  setDailyLimit: oc
    .input(
      z.strictObject({
        memberId,
        dailyLimitFen: z.int().min(0).max(1_000_000).transform(fen).nullable(),
      }),
    )
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember }),
  /** Hers from now on, beside those that she has; the canteen's deposit is taken in cash. */
  issueCard: oc
    .input(z.strictObject({ memberId, uid: cardUid }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember, ...cardErrors }),
  reportLost: oc
    .input(z.strictObject({ uid: cardUid }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...cardErrors }),
  /** The lost card found again: it is valid as before. */
  takeBackLost: oc
    .input(z.strictObject({ uid: cardUid }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...cardErrors }),
  /** Every valid card of the member is lost from now on, the new one is hers; the wallet stays (one transaction). */
  reissueCard: oc
    .input(z.strictObject({ memberId, newUid: cardUid }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember, ...cardErrors }),
  /** Handed in: it pays nothing any more, and its deposit is paid back in cash. A lost card has to be found first. */
  returnCard: oc
    .input(z.strictObject({ returnId: requestId, uid: cardUid }))
    .output(type<{ readonly depositFen: Fen }>())
    .errors({
      ...staffErrors,
      NO_SUCH_CARD: cardErrors.NO_SUCH_CARD,
      CARD_RETURNED: cardErrors.CARD_RETURNED,
      CARD_LOST: { status: 409 },
      /** The drawer does not hold the deposit. */
      NOT_ENOUGH_CASH: { status: 409, data: z.object({ cashFen: z.int() }) },
    }),
  ...payerProcedures,
  /** Follows cards held at the reader; while anybody follows, they pay for nothing. */
  tappedCards: oc.output(eventIterator(type<TappedCard | null>())).errors(staffErrors),
  topUp: oc
    .input(
      z.strictObject({
        topUpId: requestId,
        memberId,
        amountFen: z.int().min(1).max(500_000).transform(fen),
        /** Who of her family pays; absent: she does. */
        payerId: requestId.optional(),
      }),
    )
    .output(type<{ readonly balanceAfterFen: Fen; readonly receipt: Receipt }>())
    .errors({ ...staffErrors, ...noSuchMember, ...noSuchPayer }),
  reverseTopUp: oc
    .input(z.strictObject({ reversalId: requestId, topUpId: z.string().min(1).max(80), note, approval }))
    .output(type<{ readonly balanceAfterFen: Fen }>())
    .errors({
      ...approvedErrors,
      NO_SUCH_TOP_UP: { status: 404 },
      ALREADY_REVERSED: { status: 409 },
      /** A top-up is reversed where it was taken. */
      TAKEN_ELSEWHERE: { status: 409 },
      /** She has spent of it: her wallet would fall below zero. */
      ALREADY_SPENT: { status: 409, data: z.object({ balanceFen: z.int() }) },
      /** The drawer does not hold the cash to give back. */
      NOT_ENOUGH_CASH: { status: 409, data: z.object({ cashFen: z.int() }) },
    }),
  movements: oc
    .input(z.strictObject({ memberId, days: z.int().min(1).max(92) }))
    .output(type<readonly Movement[]>())
    .errors({ ...staffErrors, ...noSuchMember }),
}
