import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { bookOptions, cardOf, furnish, saleDraft, TODAY } from '../../fixtures/books.ts'
import { tamper } from './rows.ts'

const PERSON = {
  fullName: '欧阳𠮷祥',
  formOfAddress: '欧阳伯',
  idNumber: '350102194903074419',
  phone: '13800138000',
}
const FACTS = {
  memberId: 'm-9',
  bornOn: '1949-03-07',
  categories: ['low-income'],
  householdArea: '35/3501/350102',
  residenceArea: '35/3501',
}

function bookWithPerson(change: Parameters<typeof bookOptions>[0] = {}): {
  book: ReturnType<typeof openBook>
  folder: string
} {
  const options = bookOptions(change)
  const book = openBook(options)
  furnish(book)
  book.registerMember(PERSON, FACTS, 'office')
  book.issueCard(cardOf('m-9'), 'm-9', 'office')
  return { book, folder: options.folder }
}

test('LG-16 nothing of a person stands readable in any file of the book', () => {
  const { book, folder } = bookWithPerson()
  book.settle(saleDraft({ memberId: 'm-9', cashFen: 1280 }))
  book.close()
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name))
    for (const secret of [PERSON.fullName, PERSON.formOfAddress, PERSON.idNumber, PERSON.phone, FACTS.bornOn])
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false)
  }
})

test('LG-16 the counter sees the form of address, or the full name where the canteen chose so', () => {
  const { book } = bookWithPerson()
  expect(book.lookUpCard(cardOf('m-9'), TODAY)).toMatchObject({
    kind: 'known',
    member: { displayName: '欧阳伯', balanceFen: 0, facts: FACTS, uses: [] },
  })
  book.close()
  const full = bookWithPerson({ namesOnScreen: 'full-name' }).book
  expect(full.lookUpCard(cardOf('m-9'), TODAY)).toMatchObject({ member: { displayName: '欧阳𠮷祥' } })
  full.close()
})

test('CK-6 an unknown card and a lost card are told apart', () => {
  const { book } = bookWithPerson()
  expect(book.lookUpCard('FFFFFFFFF0', TODAY)).toEqual({ kind: 'unknown', uid: 'FFFFFFFFF0' })
  book.reportCardLost(cardOf('m-9'), 'office')
  expect(book.lookUpCard(cardOf('m-9'), TODAY)).toEqual({ kind: 'lost', uid: cardOf('m-9') })
  book.issueCard('0000000099', 'm-9', 'office')
  expect(book.lookUpCard('0000000099', TODAY).kind).toBe('known')
  book.close()
})

test('PO-4 the uses of the month come with the card', () => {
  const { book } = bookWithPerson()
  const draft = saleDraft({ subsidised: true, businessDate: '2026-11-02' })
  book.settle(draft)
  book.settle(saleDraft({ subsidised: true, businessDate: '2026-10-31' }))
  const use = {
    benefitId: 'daily-3',
    businessDate: '2026-11-02',
    mealPeriod: 'lunch',
    amountFen: 300,
    here: true,
    saleId: draft.saleId,
  }
  expect(book.lookUpCard(cardOf('m-1'), TODAY)).toMatchObject({ member: { uses: [use] } })
  book.close()
})

test('LG-16 a person may be forgotten: the card is unknown, her sales stay without a name', () => {
  const { book } = bookWithPerson()
  const draft = saleDraft({ memberId: 'm-9', cashFen: 1280 })
  book.settle(draft)
  expect(book.recentSales(1)[0]?.displayName).toBe('欧阳伯')
  book.erasePerson('m-9')
  expect(book.lookUpCard(cardOf('m-9'), TODAY).kind).toBe('unknown')
  expect(book.recentSales(1)[0]).toMatchObject({ saleId: draft.saleId, displayName: null })
  book.close()
})

test('LG-16 facts that change are registered again, and the last word holds', () => {
  const { book } = bookWithPerson()
  book.registerMember({ ...PERSON, phone: '13900139000' }, { ...FACTS, categories: [] }, 'office')
  expect(book.lookUpCard(cardOf('m-9'), TODAY)).toMatchObject({ member: { facts: { categories: [] } } })
  book.close()
})

test('LG-16 another key, or one of another length, does not open the book', () => {
  const options = bookOptions()
  openBook(options).close()
  for (const personKey of [new Uint8Array(32).fill(8), new Uint8Array(16)])
    expect(() => openBook({ ...options, personKey })).toThrow(expect.objectContaining({ code: 'wrong-key' }))
  openBook(options).close()
})

test('LG-16 one member’s sealed row cannot stand in for another’s', () => {
  const { book, folder } = bookWithPerson()
  tamper(
    folder,
    "UPDATE persons SET sealed = (SELECT sealed FROM persons WHERE member_id = 'm-1') WHERE member_id = 'm-9'",
  )
  expect(() => book.lookUpCard(cardOf('m-9'), TODAY)).toThrow(expect.objectContaining({ code: 'damaged' }))
  book.close()
})
