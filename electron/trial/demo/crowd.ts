import type { MemberFacts } from '../../../shared/domain/member.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { Book } from '../../station/book/book.ts'

const AREA = '35/3501/350102/350102001'

/** `count` invented members without cards, aged 60 to 95, with a full wallet each: a book of any size needs eaters. */
export function seedCrowd(book: Book, count: number, walletFen: number, nextId: () => string): MemberFacts[] {
  const facts: MemberFacts[] = []
  for (let index = 0; index < count; index += 1) {
    const member: MemberFacts = {
      memberId: `sample-${String(index).padStart(5, '0')}`,
      bornOn: `${1931 + (index % 36)}-0${1 + (index % 9)}-15`,
      categories: ['hukou-city', 'living-at-home'],
      householdArea: AREA,
      residenceArea: AREA,
    }
    facts.push(member)
    if (book.balanceOf(member.memberId) > 0) continue
    const name = { fullName: `演示${index}`, formOfAddress: `演示${index}` }
    book.registerMember(name, member, 'demo')
    const amountFen = fen(walletFen)
    book.topUp({ topUpId: nextId(), memberId: member.memberId, amountFen, source: 'opening' }, 'demo')
  }
  return facts
}
