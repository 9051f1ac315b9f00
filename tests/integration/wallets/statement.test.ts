import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPrinter } from '../../../electron/setup/print.mjs'
import { yuanShown } from '../../../electron/station/reports/amounts.ts'
import { statementPage } from '../../../electron/station/wallets/statement-page.ts'
import { statementOf } from '../../../electron/station/wallets/statement.ts'
import { fen } from '../../../shared/domain/units.ts'
import { BusyMonth } from '../../fixtures/busy-month.ts'
import { saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'

const PICTURES = join(import.meta.dirname, '..', '..', '..', 'out', 'statements')
const HEAD = { canteenName: '东山街长者食堂', timeZone: 'Asia/Shanghai', nowMs: 0, trial: false }

let month: BusyMonth
beforeAll(() => {
  month = new BusyMonth('statement', 31)
})
afterAll(() => {
  month.book.close()
  rmSync(month.folder, { recursive: true })
})

interface Moved {
  readonly date: string
  readonly fen: number
}

/** What the journal's own texts say of one wallet: a program apart, which shares nothing with the account. */
function movedInJournal(memberId: string): readonly Moved[] {
  const rows = month.book.read((file) =>
    file
      .statement<[], { kind: string; date: string; body: string }>(
        'SELECT kind, business_date AS date, body FROM journal ORDER BY position',
      )
      .all(),
  )
  return rows.flatMap(({ kind, date, body: text }) => {
    const body = JSON.parse(text) as Record<string, never>
    const of = (found: string | null, amount: number): Moved[] =>
      found === memberId && amount !== 0 ? [{ date, fen: amount }] : []
    const { sale, reversed } = body as { sale?: Record<string, never>; reversed?: Record<string, never> }
    switch (kind) {
      case 'sale.settled':
        return of(sale?.['memberId'] ?? null, -Number(sale?.['tender']?.['walletFen']))
      case 'sale.voided':
      case 'sale.part-reversed':
        return of(reversed?.['memberId'] ?? null, Number(reversed?.['walletFen']))
      case 'wallet.topped-up':
      case 'wallet.corrected':
        return of(body['memberId'] ?? null, Number(body['amountFen']))
      case 'top-up.reversed':
      case 'wallet.refunded':
        return of(body['memberId'] ?? null, -Number(body['amountFen']))
      default:
        return []
    }
  })
}

const sumOf = (moved: readonly Moved[]): number => moved.reduce((sum, { fen: amount }) => sum + amount, 0)

test('LG-38 over any span opening, movements and closing tie with the journal to the fen', () => {
  const spans = month.dates.flatMap((from, index) =>
    [0, 3, 30].map((days) => [from, month.dates[index + days] ?? '2027-01-31'] as const),
  )
  let lines = 0
  for (const memberId of ['m-1', 'm-2', 'm-3']) {
    const moved = movedInJournal(memberId)
    for (const [from, to] of spans) {
      const statement = month.book.read((file) => statementOf(file, { memberId, from, to }))
      if (statement === null) throw new Error('a member has a statement')
      const within = moved.filter(({ date }) => date >= from && date <= to)
      expect(statement.openingFen).toBe(sumOf(moved.filter(({ date }) => date < from)))
      expect(statement.closingFen).toBe(statement.openingFen + sumOf(within))
      const amounts = statement.lines.map(({ amountFen }) => amountFen).filter((amount) => amount !== 0)
      expect(amounts.toSorted((a, b) => a - b)).toEqual(
        within.map(({ fen: amount }) => amount).toSorted((a, b) => a - b),
      )
      expect(statement.openingFen + statement.inFen - statement.outFen).toBe(statement.closingFen)
      let balance = statement.openingFen
      for (const { amountFen, balanceAfterFen } of statement.lines) {
        balance += amountFen
        expect(balanceAfterFen).toBe(balance)
      }
      lines += statement.lines.length
    }
  }
  expect(lines).toBeGreaterThan(300)
  expect(
    month.book.read((file) => statementOf(file, { memberId: 'nobody', from: TODAY, to: TODAY })),
  ).toBeNull()
})

interface Piece {
  readonly str: string
  readonly height: number
  readonly transform: readonly number[]
}

/** The font draws some characters and their radicals with one glyph. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '')

/** Each text that is drawn, with its size; the printer's own page number stands below the margin. */
async function piecesOf(pdf: Awaited<ReturnType<typeof getDocumentProxy>>): Promise<readonly Piece[]> {
  const numbers = Array.from({ length: pdf.numPages }, (_, index) => index + 1)
  const pages = await Promise.all(numbers.map(async (number) => (await pdf.getPage(number)).getTextContent()))
  const drawn = pages.flatMap(({ items }) => items as Piece[])
  return drawn.filter(({ str, transform }) => str.trim() !== '' && (transform[5] ?? 0) > 50)
}

test('LG-38 on paper it is A4 in large type, in both languages, and its lines add up when they are read back', async () => {
  const printer = await startPrinter()
  mkdirSync(PICTURES, { recursive: true })
  try {
    const [from = '', to = ''] = [month.dates[0], month.dates.at(-1)]
    for (const [language, memberId] of [
      ['zh-CN', 'm-1'],
      ['en', 'm-2'],
    ] as const) {
      const statement = month.book.read((file) => statementOf(file, { memberId, from, to }))
      if (statement === null) throw new Error('a member has a statement')
      const bytes = await printer.pdf(statementPage(statement, HEAD, language))
      writeFileSync(join(PICTURES, `statement-${language}.pdf`), bytes)
      const pdf = await getDocumentProxy(new Uint8Array(bytes))
      const first = await pdf.getPage(1)
      const [, , width = 0, height = 0] = first.view
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842])

      const pieces = await piecesOf(pdf)
      expect(Math.min(...pieces.map((piece) => piece.height))).toBeGreaterThanOrEqual(15.9)
      const large = pieces.filter((piece) => piece.height > 40).map(({ str }) => str)
      expect(plain(large.join(''))).toBe(yuanShown(statement.closingFen))

      const { text } = await extractText(pdf, { mergePages: true })
      const words = plain(text)
      expect(words).toContain(plain(language === 'en' ? 'Statement of account' : '期末余额'))
      // Each line as it was read: its amount, then what it left.
      let position = 0
      let balance = statement.openingFen
      for (const { amountFen } of statement.lines) {
        balance += amountFen
        const shown = `${amountFen > 0 ? '+' : ''}${yuanShown(amountFen)}${yuanShown(balance)}`
        const at = words.indexOf(shown, position)
        expect([shown, at >= position]).toEqual([shown, true])
        position = at + 1
      }
      expect(balance).toBe(statement.closingFen)
    }
  } finally {
    await printer.close()
  }
}, 60_000)

test('LG-38 SE-8 staff save it from the member’s page: the file is named by her number, and the audit says who printed it', async () => {
  const pages: string[] = []
  const printer = {
    pdf: (page: string) => Promise.resolve(new TextEncoder().encode(String(pages.push(page)))),
  }
  const counter = new CounterStation({ printer })
  const { client } = await signedIn(counter.station, 'manager')
  counter.book.settle(saleDraft({ priceFen: 1_280 }))
  await client.members.topUp({ topUpId: uuidv7(), memberId: 'm-1', amountFen: 2_000 })
  const span = { memberId: 'm-1', from: TODAY, to: TODAY }
  const statement = await client.wallets.statement(span)
  expect(statement).toMatchObject({ openingFen: 0, inFen: 7_000, outFen: 1_280, closingFen: 5_720 })
  const { path } = await client.wallets.printStatement({ ...span, language: 'zh-CN' })
  expect(path).toMatch(/statements[/\\]statement-m-1-2026-11-03-2026-11-03\.pdf$/)
  expect(pages[0]).toContain('林阿0')
  expect((await client.staff.audit({ limit: 1, before: null }))[0]).toMatchObject({
    act: 'statement-printed',
    subject: '林阿0',
  })
  const empty = await client.wallets.statement({ ...span, from: '2026-11-04', to: '2026-11-30' })
  expect(empty).toMatchObject({ openingFen: 5_720, closingFen: 5_720, lines: [] })
  for (const wrong of [{ from: '2026-11-04' }, { from: '2025-01-01' }])
    await expect(client.wallets.statement({ ...span, ...wrong })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  await expect(client.wallets.statement({ ...span, memberId: 'nobody' })).rejects.toMatchObject({
    code: 'NO_SUCH_MEMBER',
  })
  await counter.stop()
})

test('LG-38 what somebody typed as a name stays text, and nothing on the page runs', () => {
  const statement = month.book.read((file) => statementOf(file, { memberId: 'm-1', from: TODAY, to: TODAY }))
  if (statement === null) throw new Error('a member has a statement')
  const page = statementPage({ ...statement, name: '<script>x</script>', openingFen: fen(1) }, HEAD, 'en')
  expect(page).not.toContain('<script>x')
})

test('LG-40 a top-up on paper says who of her family paid, in both languages, and of erased data just that', () => {
  const statement = month.book.read((file) => statementOf(file, { memberId: 'm-1', from: TODAY, to: TODAY }))
  const [line] = statement?.lines ?? []
  if (statement === null || line === undefined) throw new Error('a member has a statement')
  const paid = (name: string | null, relation: string | null) => ({
    ...line,
    kind: 'top-up' as const,
    source: 'cash' as const,
    paidBy: { payerId: 'p', name, relation },
  })
  const lines = [paid('林小燕', '女儿'), paid(null, null)]
  const zh = statementPage({ ...statement, lines }, HEAD, 'zh-CN')
  expect(zh).toContain('女儿 林小燕 付')
  expect(zh).toContain('付款人的资料已删除')
  const en = statementPage({ ...statement, lines }, HEAD, 'en')
  expect(en).toContain('paid by 女儿 林小燕')
  expect(en).toContain('paid by a payer whose data was erased')
})
