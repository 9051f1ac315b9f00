import { fen } from '../../../shared/domain/units.ts'
import type { Book } from '../../station/book/book.ts'
import type { Ids } from '../../station/deps.ts'
import { demoMembers } from './members.ts'
import { demoMenu } from './menu.ts'

const ACTOR = 'demo'

export interface Seeded {
  readonly menu: boolean
  readonly members: number
}

/** Puts the demo menu, people, cards and money into the book; what is there already stays as it is. */
export function seedDemo(book: Book, ids: Ids): Seeded {
  const menuIsNew = book.menu()?.id !== demoMenu.id
  if (menuIsNew) book.append({ kind: 'menu.published', body: { menu: demoMenu } }, ACTOR)
  let members = 0
  for (const member of demoMembers) {
    if (book.lookUpCard(member.cardUid, '2026-01-01').kind !== 'unknown') continue
    const { memberId, categories, householdArea, residenceArea, person } = member
    const facts = { memberId, categories, householdArea, residenceArea, bornOn: person.bornOn }
    book.registerMember(person, facts, ACTOR)
    book.issueCard(member.cardUid, memberId, ACTOR)
    const amountFen = fen(member.topUpFen)
    book.topUp({ topUpId: ids.next(), memberId, amountFen, source: 'opening' }, ACTOR)
    if (member.cardLost) book.reportCardLost(member.cardUid, ACTOR)
    members += 1
  }
  return { menu: menuIsNew, members }
}
