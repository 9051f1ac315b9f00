import type { PersonForm } from '../../../../shared/contract/members.ts'
import { writtenCategory } from '../../../../shared/domain/members/dated-categories.ts'
import type { Append, BookFile } from '../../book/book.ts'
import { personOf } from '../registering.ts'
import type { PlannedMember } from './pending.ts'

/**
 * Registers a senior of the list with her card and her opening balance, inside the caller's transaction. Her id is new, and
 * her piece of the list goes in the same transaction, so nothing of her stands in the book yet: she is not looked for.
 */
export function takeIn(file: BookFile, append: Append, member: PlannedMember, actor: string): void {
  const { memberId, bornOn, cardUid, openingFen } = member
  const { householdArea, residenceArea, categoriesFrom: from = null, categoriesUntil: until = null } = member
  const categories = member.categories.map((category) => writtenCategory({ category, from, until }))
  file.persons.put(memberId, personOf(formOf(member), bornOn))
  append({ kind: 'member.registered', body: { memberId, categories, householdArea, residenceArea } }, actor)
  if (cardUid !== null && isFree(file, cardUid))
    append({ kind: 'card.issued', body: { uid: cardUid, memberId } }, actor)
  // Named after the member, as when a book is begun with a file of its own: given once, whatever happens.
  const topUpId = `opening-${memberId}`
  if (openingFen > 0 && file.queries.topUp.get(topUpId) === undefined)
    append(
      { kind: 'wallet.topped-up', body: { topUpId, memberId, amountFen: openingFen, source: 'opening' } },
      actor,
    )
}

/** A card that was given to somebody by hand since the list was looked at stays hers. */
function isFree(file: BookFile, uid: string): boolean {
  const card = file.queries.card.get(uid)
  return card === undefined || card.state === 'returned' || file.persons.isErased(card.member_id)
}

const formOf = (member: PlannedMember): PersonForm => ({
  fullName: member.fullName,
  formOfAddress: member.formOfAddress,
  idNumber: member.idNumber,
  bornOn: member.bornOn,
  phone: member.phone,
  categories: [...member.categories],
  householdArea: member.householdArea,
  residenceArea: member.residenceArea,
})
