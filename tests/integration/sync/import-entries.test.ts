import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { PROJECTIONS } from '../../../electron/station/book/projections.ts'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import type { StoredEntry } from '../../../electron/station/book/journal-table.ts'
import { physicalMsOf } from '../../../shared/domain/journal/hybrid-clock.ts'
import { bookOptions, furnish, NOON_MS, PACK, saleDraft, testClock } from '../../fixtures/books.ts'
import { findingsOf } from './meeting.ts'

const folders: string[] = []

function openAs(originId: string): Book {
  const options = bookOptions({ originId, clock: testClock() })
  folders.push(options.folder)
  return openBook(options)
}

let source: Book
let entries: readonly StoredEntry[]

beforeAll(() => {
  source = openAs('kiosk-1')
  furnish(source)
  for (let index = 0; index < 12; index += 1)
    source.settle(saleDraft({ memberId: index % 3 === 0 ? null : `m-${index % 3}`, priceFen: 700 }))
  source.reportCardLost('0000000003', 'test')
  // A kind of the future: stored, passed on, and folded after an upgrade.
  source.write((file) => {
    const entry = file.journal.newest('kiosk-1', 1)[0]
    if (entry === undefined) throw new Error('no entries')
    const { hash: prevHash, bodyText: _text, seq, ...rest } = entry
    const next = { ...rest, id: 'future', seq: seq + 1, kind: 'robot.arrived', prevHash, body: { legs: 2 } }
    const hlc = entry.hlc.replace(/....$/, 'ffff') as typeof entry.hlc
    const hash = file.journal.append({ ...next, hlc })
    file.fold.fold({ ...next, hlc, hash })
    file.head = { ...file.head, seq: seq + 1, hash, hlc }
  })
  source.settle(saleDraft({ memberId: 'm-1', priceFen: 900 }))
  entries = source.read(({ journal }) => journal.range('kiosk-1', 1, 1000))
})

afterAll(() => {
  source.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Every row of every projection, with the book's own writing left out. */
const tables = (book: Book): string =>
  book.read(({ db }) =>
    JSON.stringify(
      Object.entries(PROJECTIONS).map(([table, key]) => [
        table,
        db.prepare(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).all(),
      ]),
    ),
  )

function target(): Book {
  const book = openAs('kiosk-2')
  onTestFinished(() => book.close())
  return book
}

const outcome = (book: Book, page: readonly StoredEntry[]) => importEntries(book, 'kiosk-1', page)

test('SY-1 LG-8 pages of any size, some of them twice, give the same tables as one book that wrote it all', () => {
  const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), {
    minLength: 40,
    maxLength: 40,
  })
  fc.assert(
    fc.property(sizes, (plan) => {
      const book = openAs('kiosk-2')
      let from = 0
      for (const [size, again] of plan) {
        const page = entries.slice(from, from + size)
        const expected = { kind: 'imported', entries: page.length }
        expect(outcome(book, page)).toMatchObject(expected)
        expect(outcome(book, again ? page : [])).toMatchObject({ ...expected, entries: 0 })
        from += size
      }
      expect(tables(book)).toBe(tables(source))
      book.close()
      expect(findingsOf(folders.at(-1) ?? '')).toEqual([])
    }),
    { seed: 39, numRuns: 6 },
  )
})

test('SY-7 an entry of a kind that this program does not know waits, and the rest flows', () => {
  const book = target()
  expect(outcome(book, entries)).toEqual({ kind: 'imported', entries: entries.length, seq: entries.length })
  const waiting = book.read(({ queries }) => queries.waiting.all())
  expect(waiting).toMatchObject([{ origin: 'kiosk-1', kind: 'robot.arrived' }])
})

test('LG-11 what is written after an import comes after it by the hybrid clock', () => {
  const book = target()
  outcome(book, entries)
  const newest = entries.at(-1)?.hlc ?? ''
  const entry = book.append({ kind: 'clock.confirmed', body: { deviceMs: 1, newestMs: 1 } }, 'test')
  expect(entry.hlc > newest).toBe(true)
  expect(book.newestPhysicalMs()).toBeGreaterThanOrEqual(NOON_MS)
  expect(physicalMsOf(entry.hlc)).toBe(book.newestPhysicalMs())
})

test('LG-18 a pack that came by import is known to the next sale', () => {
  const book = target()
  outcome(book, entries)
  expect(book.policyPacks().map(({ id }) => id)).toEqual([PACK.id])
  expect(book.settle(saleDraft({ memberId: 'm-2', subsidised: true })).kind).toBe('settled')
})

type Spoil = (entry: StoredEntry) => StoredEntry

const SPOILS: readonly (readonly [what: string, spoil: Spoil, reason: string])[] = [
  ['a changed body', (entry) => ({ ...entry, bodyText: entry.bodyText.replace(/"(\w+)"/, '"$1x"') }), 'hash'],
  ['half a body', (entry) => ({ ...entry, bodyText: entry.bodyText.slice(0, 9) }), 'hash'],
  ['a number that has no canonical form', (entry) => ({ ...entry, bodyText: '{"x":0.5}' }), 'hash'],
  ['another actor', (entry) => ({ ...entry, actor: 'mallory' }), 'hash'],
  ['another hash', (entry) => ({ ...entry, hash: '1'.repeat(64) }), 'hash'],
  ['another hash before it', (entry) => ({ ...entry, prevHash: '1'.repeat(64) }), 'chain'],
  ['another origin', (entry) => ({ ...entry, origin: 'kiosk-9' }), 'chain'],
  ['a time that is none', (entry) => ({ ...entry, hlc: 'yesterday' as StoredEntry['hlc'] }), 'chain'],
  ['a number left out', (entry) => ({ ...entry, seq: entry.seq + 1 }), 'gap'],
]

test.for(SPOILS)('SY-2 LG-19 %s: the whole page is refused and changes nothing', ([, spoil, reason]) => {
  const book = target()
  outcome(book, entries.slice(0, 5))
  const before = [tables(book), book.health().entries, book.health().lastHlc]
  const page = entries.slice(5, 12).map((entry, index) => (index === 4 ? spoil(entry) : entry))
  expect(outcome(book, page)).toMatchObject({ kind: 'refused', reason })
  expect([tables(book), book.health().entries, book.health().lastHlc]).toEqual(before)
  expect(outcome(book, entries.slice(5)).kind).toBe('imported')
})

test('SY-2 a page that does not follow what is held is refused', () => {
  const book = target()
  expect(outcome(book, entries.slice(3))).toMatchObject({ kind: 'refused', reason: 'gap', seq: 4 })
  expect(book.health().entries).toBe(0)
})

test('SY-6 another entry under a number that is taken is a fork', () => {
  const book = target()
  outcome(book, entries.slice(0, 5))
  const [first] = entries
  if (first === undefined) throw new Error('no entries')
  const other = { ...first, hash: '2'.repeat(64) }
  expect(outcome(book, [other])).toMatchObject({ kind: 'refused', reason: 'other-entry', seq: 1 })
})

test('SY-2 an entry that contradicts the book is refused by its rules, and the next sale is settled', () => {
  const book = target()
  furnish(book)
  const sale = entries.find(({ kind }) => kind === 'sale.settled')
  if (sale === undefined) throw new Error('no sale')
  const body = JSON.parse(sale.bodyText) as { sale: ReturnType<typeof saleDraft> }
  expect(book.settle({ ...body.sale, memberId: null, cardUid: null, memberAge: null }).kind).toBe('settled')
  expect(outcome(book, entries)).toMatchObject({ kind: 'refused', reason: 'rule', seq: sale.seq })
  expect(book.health().headSeq).toBe(book.health().entries)
  expect(book.settle(saleDraft({ memberId: 'm-2' })).kind).toBe('settled')
})
