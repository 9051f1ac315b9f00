import type { PaidBy, PayerShown } from '../../../shared/contract/payers.ts'
import type { BookFile } from '../book/book.ts'
import type { Payer, Person } from '../book/persons.ts'
import { maskPhone } from './masking.ts'

/** One of her payers; null for somebody who is none, or no longer. */
export const payerOf = (person: Person | null, payerId: string): Payer | null =>
  person?.payers?.find((payer) => payer.payerId === payerId) ?? null

export const payersShown = ({ payers = [] }: Person): readonly PayerShown[] =>
  payers.map(({ payerId, name, relation, phone }) => ({
    payerId,
    name,
    relation,
    phoneMasked: phone === undefined ? null : maskPhone(phone),
  }))

/** Who paid a top-up, by the body of its entry or of what undid it; null when she did herself (SPEC LG-40). */
export function paidByOf(
  file: BookFile,
  { memberId, payerId }: { readonly memberId: string; readonly payerId?: string },
): PaidBy | null {
  if (payerId === undefined) return null
  const payer = payerOf(file.persons.get(memberId), payerId)
  return { payerId, name: payer?.name ?? null, relation: payer?.relation ?? null }
}
