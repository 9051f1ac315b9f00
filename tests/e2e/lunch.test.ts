import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyBook } from '../../electron/station/book/verify-book.ts'
import { LUNCH } from '../../electron/trial/lunch/script.ts'
import { serveLunch, type LunchSummary } from '../../electron/trial/lunch/serve.ts'
import { reportFromCsv } from '../fixtures/report-from-csv.ts'

const OUT = join(import.meta.dirname, '..', '..', 'out', 'e2e')

/** What the six sales of the scripted lunch come to, newest first: who, price, subsidy, self-pay, of it cash; in fen. */
const SOLD = [
  [null, 300, 0, 300, 300],
  ['黄奶奶', 1200, 500, 700, 0],
  ['王依姆', 1664, 300, 1364, 914],
  ['陈阿公', 1248, 500, 748, 0],
  ['林依姆', 1380, 300, 1080, 0],
]
const TOTALS = { meals: SOLD.length, priceFen: 5792, subsidyFen: 1600, cashFen: 1214 }

const EVENING = [
  'first-admin',
  'menu',
  'members',
  'sales',
  'day-counted',
  'day-closed',
  'report',
  'backup',
  'sync',
  'health',
]

const SIZES = ['1920x1080', '1280x800'] as const

describe('a scripted lunch and its evening', () => {
  const folder = join(OUT, 'lunch')
  let summary: LunchSummary

  beforeAll(async () => {
    summary = await serveLunch({ sizes: SIZES, folder, say: () => undefined })
  }, 240_000)

  const exported = (format: string): string => {
    const file = summary.reports.find((path) => path.endsWith(`.${format}`))
    if (file === undefined) throw new Error(`no ${format} among ${summary.reports.join(', ')}`)
    return file
  }

  test('CK-2 CK-7 CK-18 every sale came to what its rules say, to the fen', () => {
    expect(
      summary.sales.map((sale) => [
        sale.displayName,
        sale.priceFen,
        sale.subsidyFen,
        sale.selfPayFen,
        sale.cashFen,
      ]),
    ).toEqual(SOLD)
  })

  test('LG-3 LG-26 the day’s totals are the sums of its sales, and its cash was counted', () => {
    expect(summary.totals).toMatchObject(TOTALS)
    expect(summary.countedFen).toBe(TOTALS.cashFen)
  })

  test('LG-8 the book replays to the same tables', () => {
    const report = verifyBook(join(folder, 'data', 'trial', 'book.sqlite'))
    expect(report.findings).toEqual([])
    expect(report.entries).toBe(summary.entries)
  })

  test('LG-27 the report that was exported as CSV says what was sold, and that the day is locked', () => {
    const { report, meals } = reportFromCsv(readFileSync(exported('csv'), 'utf8'))
    expect(report).toMatchObject({
      close: { expectedFen: TOTALS.cashFen, countedFen: TOTALS.cashFen, differenceFen: 0 },
      byPeriod: [{ mealPeriod: 'lunch', net: TOTALS }],
      byFunder: [
        { funderId: 'demo-district', netFen: 1000 },
        { funderId: 'demo-town', netFen: 600 },
      ],
    })
    expect(meals).toHaveLength(SOLD.length)
  })

  test('LG-27 the Excel file holds the same totals as numbers, the PDF as words', async () => {
    const sheets = await readXlsxFile(readFileSync(exported('xlsx')))
    const cells = sheets.flatMap(({ data }) => data.flat())
    for (const yuan of [57.92, 16, 12.14]) expect(cells).toContain(yuan)

    const pdf = await getDocumentProxy(new Uint8Array(readFileSync(exported('pdf'))))
    const { text } = await extractText(pdf, { mergePages: true })
    for (const yuan of ['57.92', '16.00', '12.14']) expect(text).toContain(yuan)
  })

  test('SY-3 the night’s book reached the server: its page shows the day, locked, with its totals', () => {
    const page = readFileSync(join(folder, 'server.html'), 'utf8')
    const [, date = ''] = /day-(\d{4}-\d\d-\d\d)\.csv$/.exec(exported('csv')) ?? []
    const row = page.split('<tr').find((each) => each.includes(`>${date}<`))
    for (const words of ['¥57.92', '¥16.00', '¥12.14', '已日结']) expect(row).toContain(words)
    // The evening's sign-in and export carry the next date, and make no day of it.
    const listed = [...page.matchAll(/>(\d{4}-\d\d-\d\d)</g)].map(([, each]) => each)
    expect(new Set(listed)).toEqual(new Set([date]))
  })

  test('CK-17 SC-7 every screen was photographed after every scene, at both sizes', () => {
    const names = summary.pictures.map((path) => /(\d+x\d+)\/\d\d-(.*)-([a-z]+)\.png$/.exec(path)?.slice(1))
    const scenes = [
      ...LUNCH.flatMap(({ name }) => [
        [name, 'seniors'],
        [name, 'staff'],
      ]),
      ...EVENING.map((name) => [name, 'office']),
    ]
    expect(names).toEqual(scenes.flatMap((scene) => SIZES.map((size) => [size, ...scene])))
    for (const picture of summary.pictures) expect(statSync(picture).size).toBeGreaterThan(10_000)
  })
})
