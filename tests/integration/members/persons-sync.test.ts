import { expect, test } from 'vitest'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import type { SealedPerson } from '../../../electron/station/book/persons.ts'
import { bookOptions, cardOf, furnishedBook, TODAY } from '../../fixtures/books.ts'

const unsynced = (book: Book): readonly SealedPerson[] => book.read((file) => file.persons.unsynced(100))
const nameOf = (book: Book, memberId: string): string | undefined =>
  book.read((file) => file.persons.get(memberId))?.fullName

/** As the wire carries them: bytes that are no Buffer. */
const carried = (persons: readonly SealedPerson[]): readonly SealedPerson[] =>
  persons.map(({ memberId, version, sealed }) => ({ memberId, version, sealed: new Uint8Array(sealed) }))

function syncAll(book: Book): void {
  book.write((file) => {
    for (const { memberId, version } of file.persons.unsynced(100)) file.persons.markSynced(memberId, version)
  })
}

function change(book: Book, memberId: string, fullName: string): void {
  const facts = { memberId, bornOn: '1950-05-05', categories: [], householdArea: '', residenceArea: '' }
  book.registerMember({ fullName, formOfAddress: fullName }, facts, 'office')
}

test('LG-16 what the server does not hold of persons is told until it does, a later change again', () => {
  const book = furnishedBook()
  expect(unsynced(book).map(({ memberId, version }) => [memberId, version])).toEqual([
    ['m-1', 1],
    ['m-2', 1],
    ['m-3', 1],
  ])
  const sent = unsynced(book)
  change(book, 'm-2', '陈阿二')
  book.write((file) => {
    for (const { memberId, version } of sent) file.persons.markSynced(memberId, version)
  })
  expect(unsynced(book).map(({ memberId, version }) => [memberId, version])).toEqual([['m-2', 2]])
  book.close()
})

test('LG-16 an erased person stays as a row with nothing in it, for the server to erase her too', () => {
  const book = furnishedBook()
  syncAll(book)
  book.erasePerson('m-1')
  book.erasePerson('nobody')
  const [erased, ...others] = unsynced(book)
  expect(others).toEqual([])
  expect(erased).toMatchObject({ memberId: 'm-1', version: 2 })
  expect(erased?.sealed).toHaveLength(0)
  expect(nameOf(book, 'm-1')).toBeUndefined()
  expect(book.lookUpCard(cardOf('m-1'), TODAY).kind).toBe('unknown')
  book.close()
})

test('LG-28 a book put back from a backup takes the persons it lacked from the server, the newer version each', () => {
  const before = furnishedBook()
  const backup = unsynced(before)
  change(before, 'm-1', '林新名')
  before.erasePerson('m-2')
  change(before, 'm-9', '郑新人')
  const server = carried(unsynced(before))
  before.close()

  const restored = openBook(bookOptions())
  const seen: string[] = []
  restored.watchPersons((memberId) => seen.push(memberId))
  restored.write((file) => file.persons.importSealed(backup))
  expect(nameOf(restored, 'm-2')).toBe('林阿1')
  restored.write((file) => file.persons.importSealed(server))
  restored.write((file) => file.persons.importSealed(backup))
  expect(['m-1', 'm-2', 'm-3', 'm-9'].map((memberId) => nameOf(restored, memberId))).toEqual([
    '林新名',
    undefined,
    '林阿2',
    '郑新人',
  ])
  expect(unsynced(restored)).toEqual([])
  expect(new Set(seen)).toEqual(new Set(['m-1', 'm-2', 'm-3', 'm-9']))
  restored.close()
})

test('LG-16 a row that was sealed for another member, another version or with another key is not taken in', () => {
  const book = furnishedBook()
  const [first] = unsynced(book)
  if (first === undefined) throw new Error('nobody to carry')
  for (const wrong of [
    { ...first, memberId: 'm-8' },
    { ...first, version: 7 },
  ])
    expect(() => book.write((file) => file.persons.importSealed([wrong]))).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    )
  const other = openBook(bookOptions({ personKey: new Uint8Array(32).fill(9) }))
  expect(() => other.write((file) => file.persons.importSealed([first]))).toThrow(
    expect.objectContaining({ code: 'damaged' }),
  )
  expect(nameOf(book, 'm-8')).toBeUndefined()
  other.close()
  book.close()
})
