import type { PersonForm } from '../../../../shared/contract/members.ts'
import type { Append, BookFile } from '../../book/book.ts'
import { issueInside } from '../cards.ts'
import { registerInside } from '../registering.ts'
import type { PlannedMember } from './pending.ts'

/** Registers a senior of the list with her card and her opening balance, inside the caller's transaction. */
export function takeIn(file: BookFile, append: Append, member: PlannedMember, actor: string): void {
  const { memberId, bornOn, cardUid, openingFen } = member
  registerInside(file, append, { memberId, form: formOf(member), bornOn }, actor)
  if (cardUid !== null) issueInside(file, append, { memberId, uid: cardUid }, actor)
  // Named after the member, as when a book is begun with a file of its own: given once, whatever happens.
  const topUpId = `opening-${memberId}`
  if (openingFen > 0 && file.queries.topUp.get(topUpId) === undefined)
    append(
      { kind: 'wallet.topped-up', body: { topUpId, memberId, amountFen: openingFen, source: 'opening' } },
      actor,
    )
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
