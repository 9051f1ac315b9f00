import { expect, test } from 'vitest'
import golden from '../../../tests/fixtures/golden-journal.json' with { type: 'json' }
import { canonicalJson, CanonicalWriter } from './canonical.ts'
import { asKnown, canFold, FIRST_PREV_HASH, hashedText, writeHashed, type JournalEntry } from './entry.ts'
import { hybridTime } from './hybrid-clock.ts'

const entries = golden.map(({ entry, hashedText: text }) => ({
  text,
  entry: { ...entry, hlc: hybridTime(entry.hlc) } satisfies JournalEntry,
}))

// The vectors were made once, by another program in another language. They never change: stations and servers of all
// ages must agree on them.
test.each(entries)('LG-9 golden entry $entry.seq hashes over the text it always had', ({ entry, text }) => {
  const { body, ...rest } = entry
  expect(hashedText({ ...rest, bodyText: canonicalJson(body) })).toBe(text)
})

test.each(entries)(
  'LG-9 the text of golden entry $entry.seq is the canonical entry without its hash',
  ({ entry }) => {
    const { hash: _, ...unhashed } = entry
    const { body, ...rest } = entry
    expect(hashedText({ ...rest, bodyText: canonicalJson(body) })).toBe(canonicalJson(unhashed))
  },
)

test.each(entries)(
  'LG-9 golden entry $entry.seq is written as the bytes it always had',
  ({ entry, text }) => {
    const writer = new CanonicalWriter()
    const { bodyFrom, bodyTo } = writeHashed(writer, entry)
    expect(new TextDecoder().decode(writer.view(0))).toBe(text)
    expect(new TextDecoder().decode(writer.view(bodyFrom, bodyTo))).toBe(canonicalJson(entry.body))
  },
)

test('LG-9 each golden entry names the hash before it', () => {
  expect(entries.map(({ entry }) => entry.prevHash)).toEqual([
    FIRST_PREV_HASH,
    ...entries.slice(0, -1).map(({ entry }) => entry.hash),
  ])
})

test('LG-15 an unknown kind and a newer version cannot be folded', () => {
  expect(canFold('sale.settled', 1)).toBe(true)
  expect(canFold('sale.settled', 2)).toBe(true)
  expect(canFold('sale.settled', 3)).toBe(false)
  expect(canFold('sale.settled', 0)).toBe(false)
  expect(canFold('a-kind-of-next-year', 1)).toBe(false)
  expect(canFold('toString', 1)).toBe(false)
  const unknown = entries.filter(({ entry }) => asKnown(entry) === null)
  expect(unknown.map(({ entry }) => entry.kind)).toEqual(['a-kind-of-next-year'])
})
