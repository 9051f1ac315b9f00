import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import golden from '../../../tests/fixtures/golden-whole-day.json' with { type: 'json' }
import { canonicalJson } from './canonical.ts'
import { asKnown, FIRST_PREV_HASH, hashedText, KIND_VERSIONS } from './entry.ts'
import { hybridTime } from './hybrid-clock.ts'

// Made once, by another program in another language, like the first golden entries: they never change.
test.each(golden)(
  'LG-9 golden entry $entry.kind hashes over the text it always had',
  ({ entry, hashedText: text }) => {
    const { body, hash, ...rest } = entry
    const written = hashedText({ ...rest, hlc: hybridTime(rest.hlc), bodyText: canonicalJson(body) })
    expect(written).toBe(text)
    expect(createHash('sha256').update(written).digest('hex')).toBe(hash)
    expect(asKnown({ ...entry, hlc: hybridTime(entry.hlc) })).not.toBeNull()
  },
)

test('LG-9 the golden entries of a whole day are one chain', () => {
  const hashes = golden.map(({ entry }) => entry.hash)
  expect(golden.map(({ entry }) => entry.prevHash)).toEqual([FIRST_PREV_HASH, ...hashes.slice(0, -1)])
})

test('LG-9 every kind has a golden entry', async () => {
  const { default: first } = await import('../../../tests/fixtures/golden-journal.json', {
    with: { type: 'json' },
  })
  const shown = new Set([...first, ...golden].map(({ entry }) => entry.kind))
  expect(Object.keys(KIND_VERSIONS).filter((kind) => !shown.has(kind))).toEqual([])
})
