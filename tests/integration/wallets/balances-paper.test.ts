import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getDocumentProxy } from 'unpdf'
import { afterEach, expect, test } from 'vitest'
import { startPrinter } from '../../../electron/setup/print.mjs'
import { yuanShown } from '../../../electron/station/reports/amounts.ts'
import { balancesPage, partsOf } from '../../../electron/station/wallets/balances-page.ts'
import type { ListingView } from '../../../shared/contract/wallets.ts'
import { fen } from '../../../shared/domain/units.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'

const PICTURES = join(import.meta.dirname, '..', '..', '..', 'out', 'statements')
const MM = 72 / 25.4
const SURNAMES = Array.from('林陈许郑王吴李张刘杨')

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

interface Piece {
  readonly str: string
  readonly height: number
  readonly transform: readonly number[]
}

/** The font draws some characters and their radicals with one glyph. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '')
const tall = ({ transform }: Piece): number => transform[5] ?? 0

test('LG-39 on paper the list is A4, large enough to read and to sign, and adds up when it is read back', async () => {
  const rows = Array.from({ length: 45 }, (_, index) => ({
    memberId: `0192aaaa-bbbb-7ccc-8ddd-0000000000${String(index + 10)}`,
    name: index === 7 ? '<b>阿依古丽·买买提</b>' : `${SURNAMES[index % 10] ?? ''}阿${index}`,
    cashFen: 123_456 - index * 1_001,
    depositFen: index % 3 === 0 ? 1_000 : 0,
    grantsFen: index % 4 === 0 ? 5_050 : 0,
  }))
  const sum = (key: 'cashFen' | 'depositFen' | 'grantsFen') =>
    rows.reduce((total, row) => total + row[key], 0)
  const sums = { cashFen: sum('cashFen'), depositFen: sum('depositFen'), grantsFen: sum('grantsFen') }
  const balances = { members: 45, toPay: 45, ...sums, rows }
  const head = { canteenName: '东山街长者食堂', timeZone: 'Asia/Shanghai', nowMs: 0, trial: true }
  const [part, ...others] = partsOf(rows)
  if (part === undefined) throw new Error('there is a first file')
  expect(others).toEqual([])
  const printer = await startPrinter()
  ends.push(() => printer.close())
  const bytes = await printer.pdf(balancesPage(balances, part, head))
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(join(PICTURES, 'balances.pdf'), bytes)
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  expect(pdf.numPages).toBeGreaterThan(2)
  const pieces: Piece[] = []
  const heights: number[] = []
  const headed: boolean[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const [, , width = 0, height = 0] = page.view
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
    const { items } = await page.getTextContent()
    // The printer's own page number stands below the margin.
    const drawn = (items as Piece[]).filter((piece) => piece.str.trim() !== '' && tall(piece) > 45)
    pieces.push(...drawn)
    const numbers = drawn.filter(({ str, transform }) => /^\d{1,2}$/.test(str) && (transform[4] ?? 0) < 80)
    heights.push(...numbers.slice(1).map((piece, index) => tall(numbers[index] ?? piece) - tall(piece)))
    // Every page names its columns.
    if (numbers.length > 0) headed.push(plain(drawn.map(({ str }) => str).join('')).includes('签收'))
  }
  expect(Math.min(...pieces.map(({ height }) => height))).toBeGreaterThanOrEqual(11.9)
  expect(headed.every(Boolean)).toBe(true)
  expect(heights.length).toBeGreaterThan(35)
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(14 * MM)
  const words = plain(pieces.map(({ str }) => str).join(''))
  let position = 0
  for (const row of rows) {
    const at = words.indexOf(plain(row.name), position)
    const amounts = `${yuanShown(row.cashFen)}${yuanShown(row.depositFen)}${yuanShown(row.grantsFen)}`
    expect([row.name, at >= position, words.indexOf(amounts, at) > at]).toEqual([row.name, true, true])
    position = at
  }
  const total = `合计${yuanShown(sums.cashFen)}${yuanShown(sums.depositFen)}${yuanShown(sums.grantsFen)}`
  expect(words.indexOf(total)).toBeGreaterThan(position)
  expect(words).toContain('试用数据')
}, 60_000)

test('LG-39 SE-8 a large canteen’s list is several files, each with everybody’s sum, and the way there is shown', async () => {
  const pages: string[] = []
  const printer = {
    pdf: (page: string) => Promise.resolve(new TextEncoder().encode(String(pages.push(page)))),
  }
  const counter = new CounterStation({ printer })
  ends.push(async () => {
    await counter.stop()
    rmSync(counter.folder, { recursive: true, force: true })
  })
  counter.book.write((file, append) => {
    for (let index = 0; index < 1_003; index += 1) {
      const memberId = `more-${index}`
      const areas = { categories: [], householdArea: '35', residenceArea: '35' }
      file.persons.put(memberId, { fullName: `陈阿${index}`, formOfAddress: '陈阿伯', bornOn: '1950-01-01' })
      append({ kind: 'member.registered', body: { memberId, ...areas } }, 'test')
      const money = { topUpId: `opening-${memberId}`, memberId, source: 'opening' } as const
      append({ kind: 'wallet.topped-up', body: { ...money, amountFen: fen(100) } }, 'test')
    }
  })
  const { client } = await signedIn(counter.station, 'manager')
  const seen: (ListingView | null)[] = []
  const stop = new AbortController()
  const watching = (async () => {
    for await (const view of await client.wallets.watchListing(undefined, { signal: stop.signal }))
      seen.push(view)
  })()
  const writing = client.wallets.exportBalances({ format: 'pdf' })
  const state = { over: false }
  void writing.finally(() => (state.over = true)).catch(() => undefined)
  await expect(client.wallets.exportBalances({ format: 'xlsx' })).rejects.toMatchObject({ code: 'BUSY' })
  while (!state.over) await counter.pass(12)
  const { path, files } = await writing
  stop.abort()
  await watching.catch(() => undefined)
  expect([files, path.endsWith('-1-of-2.pdf'), readFileSync(path, 'utf8')]).toEqual([2, true, '1'])
  expect(pages[0]).toContain('第 1 份，共 2 份')
  expect(pages[0]).not.toContain('合计')
  expect(pages[1]).toContain('合计')
  for (const page of pages) expect(page).toContain('1,153.00 元')
  expect(pages.map((page) => page.match(/<tr>/g)?.length)).toEqual([1_001, 7])
  expect(seen.some((view) => view?.what === 'names' && view.done > 0 && view.of === 1_006)).toBe(true)
  expect(seen.at(-1)).toBeNull()
  const acts = await client.staff.audit({ limit: 2, before: null })
  expect(acts.map(({ act, subject }) => [act, subject?.replace(/^balances-[\d-]+?-(?=\d-of)/, '')])).toEqual([
    ['report-exported', '2-of-2.pdf'],
    ['report-exported', '1-of-2.pdf'],
  ])
})

test('LG-39 SE-11 where no page can be printed the list says so, and no file is there', async () => {
  const counter = new CounterStation()
  ends.push(() => counter.stop())
  const { client } = await signedIn(counter.station, 'manager')
  const { entries } = counter.book.health()
  await expect(client.wallets.exportBalances({ format: 'pdf' })).rejects.toMatchObject({ code: 'NO_PRINTER' })
  expect(counter.book.health().entries).toBe(entries)
})
