import { z } from 'zod'
import { STAFF_ROLES } from '../domain/staff.ts'

/** What any request to the book may be answered with; it is opened again by itself and can be asked a moment later. */
export const bookErrors = { BOOK_UNAVAILABLE: { status: 503 } } as const

/** What any request of a person behind the counter may be answered with. */
export const staffErrors = {
  ...bookErrors,
  /** Nobody is signed in on this window, or the screen locked itself. */
  SIGN_IN_REQUIRED: { status: 401 },
  /** Whoever is signed in may not do this; somebody of that role can. */
  NOT_ALLOWED: { status: 403, data: z.object({ needs: z.enum(STAFF_ROLES) }) },
  /** The device's date waits for a person's word at the counter; until then nothing is dated by it (SPEC CK-16). */
  CLOCK_TO_CONFIRM: { status: 409 },
} as const

/** Answers to a PIN, at sign-in and at an approval. */
export const pinErrors = {
  WRONG_PIN: { status: 401, data: z.object({ triesLeft: z.int() }) },
  /** Too many wrong PINs; the wait grows, and outlives a restart (SPEC SE-6). */
  LOCKED: { status: 429, data: z.object({ untilMs: z.int() }) },
} as const

/** A manager's word for one act that the signed-in person may not do alone: her id and her PIN. */
export const approval = z
  .strictObject({ staffId: z.string().min(1).max(64), pin: z.string().max(12) })
  .optional()

/** The same for acts that may need an approval. */
export const approvedErrors = { ...staffErrors, ...pinErrors } as const

/** Ids are made by whoever starts the act: the same id never counts twice. */
export const requestId = z.uuid()

/**
 * Text that the journal can hash and every database can hold: no half of a character, such as a cut emoji leaves behind, and
 * no NUL.
 */
export const plainText = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\u0000'), 'not a whole text')

export const memberId = plainText.min(1).max(64)
export const note = plainText.trim().max(200)
export const businessDate = z.iso.date()
export const mealPeriod = z.enum(['breakfast', 'lunch', 'dinner'])
