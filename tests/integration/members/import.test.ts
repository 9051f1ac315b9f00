import iconv from 'iconv-lite'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { pendingCount } from '../../../electron/station/members/import/pending.ts'
import type { ImportView } from '../../../shared/contract/member-import.ts'
import { bookOptions, cardOf, furnishedBook, testClock, TODAY } from '../../fixtures/books.ts'
import { officeStation } from '../../fixtures/office-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'
import type { Station } from '../../../electron/station/station.ts'

const options = bookOptions({ clock: testClock() })
let book: Book
let station: Station
let window: SignedInWindow

beforeAll(async () => {
  book = furnishedBook(options)
  station = officeStation(book, options)
  window = await signedIn(station, 'manager')
})

afterAll(async () => {
  window.close()
  await station.stop()
})

type Cell = string | number | Date
async function workbook(rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const data = rows.map((row) =>
    row.map((value) => {
      if (typeof value === 'string') return { value }
      return typeof value === 'number' ? { value } : { value, format: 'yyyy-mm-dd' }
    }),
  )
  return await writeExcelFile([{ sheet: '名单', data }]).toBuffer()
}

const HEAD = ['姓名', '身份证号', '出生日期', '卡号', '余额']

/** Reads a file and waits for what is said of it. */
async function readFile(bytes: Buffer, fileName = 'list.xlsx'): Promise<ImportView> {
  await window.client.memberImport.read({ fileName, base64: bytes.toString('base64') })
  return await until(({ phase }) => phase !== 'reading')
}

async function until(wanted: (view: ImportView) => boolean): Promise<ImportView> {
  const stop = AbortSignal.timeout(20_000)
  for await (const view of await window.client.memberImport.watch(undefined, { signal: stop }))
    if (wanted(view)) return view
  throw new Error('the view ended')
}

function previewOf(view: ImportView) {
  if (view.phase !== 'checked') throw new Error(`not checked but ${JSON.stringify(view)}`)
  return view.preview
}

const csv = (said: string) => Buffer.from(said)

describe('a list of members', () => {
  test('ME-9 a workbook is looked at row by row, and a bad row keeps everything out of the book', async () => {
    const before = book.health().entries
    const bytes = await workbook([
      HEAD,
      ['林秀英', '11010519491231002X', '', 'AA00000011', 12.5],
      ['陈美玉', '', new Date(Date.UTC(1943, 4, 12)), 'AA00000012', ''],
      ['黄阿福', Number('110105194912310021'), '', '', ''],
      ['郑长庚', '', '1950-01-02', 12345678, ''],
      ['吴桂兰', '', '1950-01-02', cardOf('m-1'), ''],
      ['林阿1', '', '1950-05-05', '', ''],
    ])
    const preview = previewOf(await readFile(bytes))
    expect(preview).toMatchObject({ fresh: 2, cards: 2, openingFen: 1250, known: 0, faultCount: 4 })
    expect(preview.faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, 'idNumber', 'id-number-lost-digits'],
      [5, 'cardUid', 'card-lost-zeros'],
      [6, 'cardUid', 'card-in-book'],
      [7, 'fullName', 'person-in-book'],
    ])
    expect(preview.sample[0]).toMatchObject({ idNumberMasked: '110105********002X', bornOn: '1949-12-31' })
    expect(preview.sample[1]?.bornOn).toBe('1943-05-12')
    const begin = window.client.memberImport.begin({ importId: preview.importId })
    await expect(begin).rejects.toMatchObject({ code: 'NOT_READY' })
    expect(book.health().entries).toBe(before)
  })

  test('ME-10 a good list is taken in whole; read again it brings nothing', async () => {
    const bytes = iconv.encode(
      `${HEAD.join(',')}\r\n林秀英,11010519491231002X,,AA00000011,12.50\r\n𠮷永福,,1950年1月2日,,\r\n`,
      'gb18030',
    )
    const preview = previewOf(await readFile(bytes, '名单.csv'))
    expect(preview).toMatchObject({ fresh: 2, faultCount: 0 })
    await window.client.memberImport.begin({ importId: preview.importId })
    expect(await until(({ phase }) => phase === 'done')).toEqual({ phase: 'done', members: 2, leftOut: 0 })
    const known = book.lookUpCard('AA00000011', TODAY)
    expect(known).toMatchObject({ kind: 'known', member: { balanceFen: 1250 } })
    const { found } = await window.client.members.search({ text: '𠮷永福', limit: 5 })
    expect(found).toHaveLength(1)
    const again = window.client.memberImport.begin({ importId: preview.importId })
    await expect(again).rejects.toMatchObject({ code: 'NOT_READY' })
    expect(previewOf(await readFile(bytes, '名单.csv'))).toMatchObject({
      fresh: 0,
      known: 1,
      faultCount: 1,
      faults: [{ row: 3, code: 'person-in-book' }],
    })
  })

  test.each([
    ['an old workbook', Buffer.from('D0CF11E0A1B11AE100', 'hex'), 'old-excel'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'not-a-list'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a text without a headline', csv('甲,乙\n1,2\n'), 'no-headline'],
    ['an archive that is no workbook', Buffer.from('PK\u0003\u0004 and nothing else', 'latin1'), 'too-large'],
    ['a bomb', bomb(300 * 1024 * 1024), 'too-large'],
    ['a bomb that lies about its size', bomb(64 * 1024 * 1024, 100), 'too-large'],
  ])('ME-9 %s is refused and changes nothing', async (_name, bytes, why) => {
    const before = book.health().entries
    expect(await readFile(bytes)).toMatchObject({ phase: 'refused', why })
    expect(book.health().entries).toBe(before)
    await window.client.memberImport.close()
  })

  test('ME-9 the template is a list that can be filled in, numbers as text', async () => {
    const { path } = await window.client.memberImport.template()
    const [head] = await readSheet(readFileSync(path))
    expect(head?.slice(0, 2)).toEqual(['姓名', '身份证号'])
    expect(await readFile(readFileSync(path))).toMatchObject({ phase: 'refused', why: 'empty' })
  })

  test('SE-7 a cashier takes no list in', async () => {
    const cashier = await signedIn(station, 'cashier')
    const read = cashier.client.memberImport.read({ fileName: 'a', base64: '' })
    await expect(read).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    cashier.close()
  })
})

test('ME-10 a station that stops in the middle goes on after its start, and every senior is there once', async () => {
  const folder = bookOptions()
  let own = furnishedBook(folder)
  let first = officeStation(own, folder)
  window.close()
  window = await signedIn(first, 'manager')
  const rows = Array.from({ length: 2_000 }, (_, index) => {
    const card = (0xbb00000000 + index).toString(16).toUpperCase()
    return `林${index},,1950-01-02,${card},1`
  })
  const preview = previewOf(await readFile(csv([HEAD.join(','), ...rows].join('\n')), 'a.csv'))
  await window.client.memberImport.begin({ importId: preview.importId })
  await until((view) => view.phase === 'running' && view.done > 100)
  window.close()
  await first.stop()

  own = openBook(folder)
  first = officeStation(own, folder)
  window = await signedIn(first, 'manager')
  await until(({ phase }) => phase === 'done')
  const { total } = await window.client.members.search({ text: '', limit: 1 })
  expect(total).toBe(2_003)
  expect(own.lookUpCard('BB000007CF', TODAY)).toMatchObject({ kind: 'known', member: { balanceFen: 100 } })
  await first.stop()
  expect(verifyBook(folder.folder).ok).toBe(true)
})

test('ME-10 a station that stops before the decision has taken nothing in, and nothing is left of the list', async () => {
  const folder = bookOptions()
  let own = furnishedBook(folder)
  let first = officeStation(own, folder)
  window = await signedIn(first, 'manager')
  const rows = Array.from({ length: 3_000 }, (_, index) => `陈${index},,1950-01-02,,1`)
  const preview = previewOf(await readFile(csv([HEAD.join(','), ...rows].join('\n')), 'a.csv'))
  const before = own.health().entries
  const begun = window.client.memberImport.begin({ importId: preview.importId })
  begun.catch(() => undefined)
  const put = () => own.read((file) => pendingCount(file))
  await vi.waitUntil(() => put() > 0, { interval: 1 })
  expect(put()).toBeLessThan(3_000)
  window.close()
  await first.stop()

  own = openBook(folder)
  expect(put()).toBeGreaterThan(0)
  first = officeStation(own, folder)
  window = await signedIn(first, 'manager')
  await vi.waitUntil(() => put() === 0)
  // Nobody but the sign-in was written.
  expect(own.health().entries).toBeLessThan(before + 10)
  const { total } = await window.client.members.search({ text: '', limit: 1 })
  expect(total).toBe(3)
  // The same list is taken in after all.
  const again = previewOf(await readFile(csv([HEAD.join(','), ...rows].join('\n')), 'a.csv'))
  await window.client.memberImport.begin({ importId: again.importId })
  await until(({ phase }) => phase === 'done')
  expect((await window.client.members.search({ text: '', limit: 1 })).total).toBe(3_003)
  window.close()
  await first.stop()
  expect(verifyBook(folder.folder).ok).toBe(true)
})

/** An archive with one sheet of zeros; `said` bytes are what it claims to unpack to. */
function bomb(bytes: number, said = bytes): Buffer {
  const packed = deflateRawSync(Buffer.alloc(bytes))
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(said, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(said, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, central, name, end])
}
