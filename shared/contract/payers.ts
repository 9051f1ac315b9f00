import { oc } from '@orpc/contract'
import { z } from 'zod'
import { memberId, plainText, requestId, staffErrors } from './refusals.ts'

/** Somebody of her family who pays into her wallet, as a screen shows her. */
export interface PayerShown {
  readonly payerId: string
  readonly name: string
  /** What she is to the member: 女儿, a neighbour. */
  readonly relation: string
  /** 138****1234; null when none is known. */
  readonly phoneMasked: string | null
}

/** Who paid a top-up that the member did not pay herself. Both words are null once the payer's data was erased. */
export interface PaidBy {
  readonly payerId: string
  readonly name: string | null
  readonly relation: string | null
}

/** So many of her family pay for a member at most. */
export const MOST_PAYERS = 10

const payer = z.strictObject({
  /** Made by whoever adds the payer; the journal knows her by it alone. */
  payerId: requestId,
  memberId,
  name: plainText.trim().min(1).max(40),
  relation: plainText.trim().min(1).max(20),
  /** A phone that is null stays as it is in the book: screens know it only masked. Empty: none. */
  phone: plainText.trim().max(20).nullable(),
})

const noSuchMember = { NO_SUCH_MEMBER: { status: 404 } } as const
export const noSuchPayer = { NO_SUCH_PAYER: { status: 404 } } as const

/** The family that pays for a member: kept with her personal data, sealed, and erased with it (SPEC ME-17). */
export const payerProcedures = {
  /** The same payer again, with the same id, changes nothing. */
  addPayer: oc
    .input(payer)
    .output(z.object({}))
    .errors({
      ...staffErrors,
      ...noSuchMember,
      /** Another payer of hers has that id. */
      PAYER_EXISTS: { status: 409 },
      TOO_MANY_PAYERS: { status: 409 },
    }),
  changePayer: oc
    .input(payer)
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember, ...noSuchPayer }),
  /** Her name, relation and phone are gone; what she paid stays, by her id. One that is gone already stays gone. */
  removePayer: oc
    .input(z.strictObject({ memberId, payerId: requestId }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchMember }),
}
