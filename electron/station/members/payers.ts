import { MOST_PAYERS } from '../../../shared/contract/payers.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import type { Append, Book, BookFile } from '../book/book.ts'
import type { Payer, Person } from '../book/persons.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAuditInside } from '../staff/audit.ts'
import { payerOf } from './paid-by.ts'

interface PayerForm extends Omit<Payer, 'phone'> {
  readonly memberId: string
  /** Null: as it is in the book; empty: none. */
  readonly phone: string | null
}

type PayerOutcome = 'written' | 'no-such-member' | 'no-such-payer' | 'exists' | 'too-many'

/** Adds one of her family to those who pay for her, inside the caller's transaction; the same again changes nothing. */
function addPayerInside(file: BookFile, append: Append, form: PayerForm, actor: string): PayerOutcome {
  const { memberId, payerId } = form
  const person = personOf(file, memberId)
  if (person === null) return 'no-such-member'
  const payer = written(form, undefined)
  const known = payerOf(person, payerId)
  if (known !== null) return canonicalJson(known) === canonicalJson(payer) ? 'written' : 'exists'
  const payers = [...(person.payers ?? []), payer]
  if (payers.length > MOST_PAYERS) return 'too-many'
  file.persons.put(memberId, { ...person, payers })
  noteAuditInside(append, actor, 'payer-added', memberId)
  return 'written'
}

function changePayerInside(file: BookFile, append: Append, form: PayerForm, actor: string): PayerOutcome {
  const { memberId, payerId } = form
  const person = personOf(file, memberId)
  if (person === null) return 'no-such-member'
  const known = payerOf(person, payerId)
  if (known === null) return 'no-such-payer'
  const payer = written(form, known.phone)
  if (canonicalJson(known) === canonicalJson(payer)) return 'written'
  const payers = person.payers?.map((each) => (each.payerId === payerId ? payer : each)) ?? []
  file.persons.put(memberId, { ...person, payers })
  noteAuditInside(append, actor, 'payer-changed', memberId)
  return 'written'
}

/** Forgets one of her payers: what was paid stays, by an id that names nobody any more (SPEC ME-17). */
function removePayerInside(
  file: BookFile,
  append: Append,
  { memberId, payerId }: Pick<PayerForm, 'memberId' | 'payerId'>,
  actor: string,
): PayerOutcome {
  const person = personOf(file, memberId)
  if (person === null) return 'no-such-member'
  if (payerOf(person, payerId) === null) return 'written'
  const { payers = [], ...rest } = person
  const left = payers.filter((payer) => payer.payerId !== payerId)
  file.persons.put(memberId, { ...rest, ...(left.length === 0 ? {} : { payers: left }) })
  noteAuditInside(append, actor, 'payer-removed', memberId)
  return 'written'
}

/** Of somebody who is registered and was not erased. */
const personOf = (file: BookFile, memberId: string): Person | null =>
  file.queries.member.get(memberId) === undefined ? null : file.persons.get(memberId)

function written({ payerId, name, relation, phone }: PayerForm, keptPhone: string | undefined): Payer {
  const said = phone ?? keptPhone ?? ''
  return { payerId, name, relation, ...(said === '' ? {} : { phone: said }) }
}

/** The family that pays for a member, as the office keeps it. */
export const payerHandlers = ({ book }: { readonly book: Book }) => ({
  addPayer: station.members.addPayer.handler(({ input, context, errors }) => {
    const outcome = reading(
      () => book.write((file, append) => addPayerInside(file, append, input, actorOf(context))),
      errors.BOOK_UNAVAILABLE,
    )
    if (outcome === 'no-such-member') throw errors.NO_SUCH_MEMBER()
    if (outcome === 'exists') throw errors.PAYER_EXISTS()
    if (outcome === 'too-many') throw errors.TOO_MANY_PAYERS()
    return {}
  }),
  changePayer: station.members.changePayer.handler(({ input, context, errors }) => {
    const outcome = reading(
      () => book.write((file, append) => changePayerInside(file, append, input, actorOf(context))),
      errors.BOOK_UNAVAILABLE,
    )
    if (outcome === 'no-such-member') throw errors.NO_SUCH_MEMBER()
    if (outcome === 'no-such-payer') throw errors.NO_SUCH_PAYER()
    return {}
  }),
  removePayer: station.members.removePayer.handler(({ input, context, errors }) => {
    const outcome = reading(
      () => book.write((file, append) => removePayerInside(file, append, input, actorOf(context))),
      errors.BOOK_UNAVAILABLE,
    )
    if (outcome === 'no-such-member') throw errors.NO_SUCH_MEMBER()
    return {}
  }),
})
