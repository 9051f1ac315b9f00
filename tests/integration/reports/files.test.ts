import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPrinter } from '../../../electron/setup/print.mjs'
import { unzip } from '../../../electron/setup/unzip.mjs'
import { wallText, yuanShown } from '../../../electron/station/reports/amounts.ts'
import { dayPaper, type DayPaper } from '../../../electron/station/reports/day-paper.ts'
import { fileOf, PrintingFailed } from '../../../electron/station/reports/files.ts'
import { pageOf } from '../../../electron/station/reports/page.ts'
import { BusyMonth } from '../../fixtures/busy-month.ts'
import { csvRows, reportFromCsv } from '../../fixtures/report-from-csv.ts'

let month: BusyMonth
let papers: readonly DayPaper[]
let folder: string

beforeAll(() => {
  month = new BusyMonth('files', 14)
  folder = mkdtempSync(join(tmpdir(), 'report-files-'))
  const head = { canteenName: '东山街长者食堂', timeZone: 'Asia/Shanghai', nowMs: 0, trial: false }
  papers = month.dates.map((date) => month.book.read((file) => dayPaper(file, date, head)))
})
afterAll(() => {
  month.book.close()
  for (const made of [folder, month.folder]) rmSync(made, { recursive: true })
})

/** A day with everything in it: voids, cash, subsidy, food of the bays that nobody paid for. */
function fullDay(): DayPaper {
  const full = papers.find(
    ({ report }) =>
      [report.topUps, report.notSold].every((part) => part.length > 0) &&
      report.voids.length > 1 &&
      report.close !== null,
  )
  if (full === undefined) throw new Error('no full day in this month')
  return full
}

/** The same day in a canteen that has none, or sold everything. */
const withoutBays = (paper: DayPaper): DayPaper => ({ ...paper, report: { ...paper.report, notSold: [] } })

/** The report as a CSV file carries it: names in Chinese alone, moments to the second on the canteen's clocks. */
function asInCsv({ report, timeZone }: DayPaper): object {
  const inChinese = <Named extends { readonly name: { readonly zh: string } }>(named: Named) => ({
    ...named,
    name: named.name.zh,
  })
  const onTheClock = <At extends { readonly atMs: number }>(at: At) => ({
    ...at,
    atMs: wallText(at.atMs, timeZone),
  })
  return {
    ...report,
    byDish: report.byDish.map(inChinese),
    notSold: report.notSold.map((row) => ({ ...row, name: `${row.bayId} · ${row.name.zh}` })),
    byFunder: report.byFunder.map(inChinese),
    voids: report.voids.map(onTheClock),
    close: report.close === null ? null : onTheClock(report.close),
  }
}

test('LG-27 BY-19 a CSV file, read again, is the report it was made from, every figure of every day', async () => {
  for (const paper of papers) {
    const bytes = await fileOf(paper, 'csv', null)
    expect(Buffer.from(bytes.slice(0, 3)).toString('hex')).toBe('efbbbf')
    const { report, meals } = reportFromCsv(new TextDecoder().decode(bytes))
    expect(report).toEqual(asInCsv(paper))
    expect(meals).toEqual(
      paper.meals.map(({ saleId, priceFen, discountFen, subsidyFen, walletFen, cashFen }) => ({
        saleId,
        amounts: [priceFen, discountFen, subsidyFen, walletFen, cashFen],
      })),
    )
  }
})

test('LG-27 what a person typed never runs as a formula, and an amount below zero is a number', async () => {
  const paper = fullDay()
  const [first, ...others] = paper.report.voids
  if (first === undefined) throw new Error('a full day has voids')
  const notes = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '没有 "取走",\n真的',
  ]
  for (const note of notes) {
    const typed = { ...paper.report, voids: [{ ...first, note }, ...others] }
    const bytes = await fileOf({ ...paper, report: typed }, 'csv', null)
    const row = csvRows(new TextDecoder().decode(bytes)).find(
      ([, , , , , , code]) => code === `voids/${first.voidId}/note`,
    )
    expect(row?.[4]).toBe(note.startsWith('没') ? note : `'${note}`)
  }
  const { close } = paper.report
  if (close === null) throw new Error('a full day is closed')
  const short = { ...paper.report, close: { ...close, differenceFen: -105 } }
  const text = new TextDecoder().decode(await fileOf({ ...paper, report: short }, 'csv', null))
  expect(
    csvRows(text)
      .find((row) => row[6] === 'close/differenceFen')
      ?.slice(4, 6),
  ).toEqual(['-1.05', '元'])
})

type SheetRow = readonly (string | number | boolean | Date | null)[]

async function sheetsOf(paper: DayPaper): Promise<ReadonlyMap<string, readonly SheetRow[]>> {
  const sheets = await readXlsxFile(Buffer.from(await fileOf(paper, 'xlsx', null)))
  return new Map(sheets.map(({ sheet, data }) => [sheet, data as readonly SheetRow[]]))
}

const fenOf = (cell: unknown): number => {
  if (typeof cell !== 'number') throw new TypeError(`not a number: ${String(cell)}`)
  const fen = Math.round(cell * 100)
  expect(fen / 100).toBe(cell)
  return fen
}

/** A spreadsheet's moment is a fraction of a day: a second is as fine as it gets. */
const secondOf = (cell: unknown): number =>
  cell instanceof Date ? Math.round(cell.getTime() / 1000) : Number.NaN

const NOT_SOLD = ['unattributedMg', 'belowMinimumMg', 'takeRefusedMg', 'lineCancelledMg', 'totalMg'] as const
type NotSold = DayPaper['report']['notSold']
const notSoldRow = (row: NotSold[number]) => [row.bayId, row.name.zh, ...NOT_SOLD.map((part) => row[part])]
const notSoldSums = ({ notSold }: { readonly notSold: NotSold }): readonly number[] =>
  NOT_SOLD.map((part) => notSold.reduce((sum, row) => sum + row[part], 0))

test('LG-27 BY-19 a workbook has a sheet for each table, numbers as numbers and dates as dates, to the fen', async () => {
  for (const paper of [fullDay(), withoutBays(fullDay()), ...papers.slice(0, 3)]) {
    const { report, meals } = paper
    const sheets = await sheetsOf(paper)
    const hasNotSold = report.notSold.length > 0
    expect([...sheets.keys()]).toEqual(
      ['汇总', '餐段', '菜品', '没卖的', '资金方', '作废', '账单'].filter(
        (name) => hasNotSold || name !== '没卖的',
      ),
    )
    const rows = (sheet: string) => sheets.get(sheet)?.slice(1) ?? []

    const summary = new Map(
      rows('汇总').map(([section, measure, value]) => [`${String(section)} ${String(measure)}`, value]),
    )
    expect(summary.get('营业日 营业日')).toEqual(new Date(`${report.businessDate}T00:00:00Z`))
    expect(summary.get('净额 份数')).toBe(report.total.net.meals)
    expect(fenOf(summary.get('净额 补贴'))).toBe(report.total.net.subsidyFen)
    expect(fenOf(summary.get('卡内余额 日末'))).toBe(report.walletLiability.afterFen)
    expect(fenOf(summary.get('钱箱 应有'))).toBe(report.drawer.expectedFen)

    expect(
      rows('菜品').map(([name, count, kilograms, amount]) => [
        name,
        count,
        Math.round(Number(kilograms) * 1e6),
        fenOf(amount),
      ]),
    ).toEqual([
      ...report.byDish.map(({ name, count, netMg, amountFen }) => [name.zh, count, netMg, amountFen]),
      [
        '合计',
        ...(['count', 'netMg', 'amountFen'] as const).map((part) =>
          report.byDish.reduce((sum, dish) => sum + dish[part], 0),
        ),
      ],
    ])
    expect(
      rows('没卖的').map(([bay, dish, ...grams]) => [bay, dish, ...grams.map((cell) => Number(cell) * 1000)]),
    ).toEqual(hasNotSold ? [...report.notSold.map(notSoldRow), ['合计', null, ...notSoldSums(report)]] : [])
    expect(
      rows('资金方').map(([, id, claimed, voided, net, provider]) => [
        id ?? '',
        fenOf(claimed),
        fenOf(voided),
        fenOf(net),
        fenOf(provider),
      ]),
    ).toEqual([
      ...report.byFunder.map(({ funderId, claimedFen, voidedFen, netFen, providerFen }) => [
        funderId,
        claimedFen,
        voidedFen,
        netFen,
        providerFen,
      ]),
      [
        '',
        report.total.sold.subsidyFen,
        report.total.voided.subsidyFen,
        report.total.net.subsidyFen,
        report.byFunder.reduce((sum, { providerFen }) => sum + providerFen, 0),
      ],
    ])
    expect(rows('作废')).toHaveLength(report.voids.length)
    expect(rows('账单').map((row) => [row[10], fenOf(row[4]), fenOf(row[7])])).toEqual(
      meals.map(({ saleId, priceFen, walletFen }) => [saleId, priceFen, walletFen]),
    )
    // China's clocks: eight hours ahead of the moment that the journal notes.
    expect(rows('账单').map(([at]) => secondOf(at))).toEqual(
      meals.map(({ atMs }) => Math.floor(atMs / 1000) + 8 * 3_600),
    )
  }
})

test('LG-27 each sheet’s header is frozen, and a text that looks like a formula is a text', async () => {
  const zip = join(folder, 'day.xlsx')
  writeFileSync(zip, await fileOf(fullDay(), 'xlsx', null))
  await unzip(
    zip,
    join(folder, 'xlsx'),
    (name: string) => name,
    () => undefined,
  )
  for (let sheet = 1; sheet <= 7; sheet += 1) {
    const xml = readFileSync(join(folder, 'xlsx', 'xl', 'worksheets', `sheet${sheet}.xml`), 'utf8')
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
    expect(xml).toContain('<cols>')
    expect(xml).not.toContain('<f>')
  }
})

/** The font draws a character and the radical of its shape with one glyph, so a PDF may give back the radical. */
const RADICALS: Readonly<Record<string, string>> = {
  '⻓': '长',
  '⻝': '食',
  '⻥': '鱼',
  '⻘': '青',
  '⻨': '麦',
}
const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[⺀-⻿]/gu, (radical) => RADICALS[radical] ?? radical)

test('LG-27 BY-19 a PDF is A4 with every total, the signatures, the state of the day and its hash', async () => {
  const closed = fullDay()
  const open = papers.findLast(({ report }) => report.close === null) ?? {
    ...closed,
    report: { ...closed.report, close: null },
  }
  const printer = await startPrinter()
  try {
    for (const paper of [closed, open, withoutBays({ ...closed, trial: true })]) {
      const pdf = await getDocumentProxy(new Uint8Array(await fileOf(paper, 'pdf', printer)))
      const page = await pdf.getPage(1)
      const [, , width = 0, height = 0] = page.view
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
      const { totalPages, text } = await extractText(pdf, { mergePages: true })
      // A column that is narrow breaks no number, but the text comes back with spaces of its own.
      const words = plainText(text)
      const { report } = paper
      const { total } = report
      for (const sums of [total.net, ...(total.voided.meals > 0 ? [total.sold, total.voided] : [])])
        for (const fen of [sums.priceFen, sums.discountFen, sums.subsidyFen, sums.walletFen, sums.cashFen])
          expect(words).toContain(yuanShown(fen))
      for (const { netFen, providerFen } of report.byFunder)
        for (const fen of [netFen, providerFen]) expect(words).toContain(yuanShown(fen))
      for (const { name, amountFen, voidedFen } of report.byDish) {
        expect(words).toContain(plainText(name.zh))
        expect(words).toContain(yuanShown(amountFen - voidedFen))
      }
      for (const row of [
        ...report.notSold.map(notSoldRow),
        ...(report.notSold.length > 0 ? [notSoldSums(report)] : []),
      ])
        for (const cell of row)
          expect(words).toContain(typeof cell === 'number' ? String(cell / 1000) : plainText(cell))
      expect(words.includes('菜台没卖的（克）'.normalize('NFKC'))).toBe(report.notSold.length > 0)
      expect(words).toContain(yuanShown(report.walletLiability.afterFen))
      expect(words).toContain(yuanShown(report.drawer.expectedFen))
      expect(words).toContain(report.head.hash)
      expect(words).toContain(`1/${totalPages}`)
      for (const word of ['制表：', '审核：', '负责人：', '东山街长者食堂日报'])
        expect(words).toContain(plainText(word))
      expect(words.includes('未日结')).toBe(report.close === null)
      expect(words.includes('不作凭证')).toBe(paper.trial)
      expect(words).toContain(yuanShown(report.close?.countedFen ?? 0))
    }
  } finally {
    await printer.close()
  }
})

test('LG-27 a page to print runs nothing and fetches nothing, whatever somebody typed', async () => {
  const paper = fullDay()
  const typed = {
    ...paper,
    report: {
      ...paper.report,
      canteenName: '<script>document.title="x"</script><img src=https://example.com/a.png>',
    },
  }
  expect(pageOf(typed)).not.toMatch(/<script|<img/)
  // Even markup that got into a page by a mistake stays dead in the printer.
  const printer = await startPrinter()
  try {
    const page =
      '<!doctype html><p id="a">before</p><script>document.body.textContent="after"</script><img src="https://example.com/a.png">'
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await printer.pdf(page))), {
      mergePages: true,
    })
    expect(text).toContain('before')
    expect(text).not.toContain('after')
  } finally {
    await printer.close()
  }
})

test('LG-27 without anything that prints, or when printing fails, there is no PDF and a reason', async () => {
  await expect(fileOf(fullDay(), 'pdf', null)).rejects.toBeInstanceOf(PrintingFailed)
  const broken = { pdf: () => Promise.reject(new Error('out of paper')) }
  await expect(fileOf(fullDay(), 'pdf', broken)).rejects.toThrow('out of paper')
})
