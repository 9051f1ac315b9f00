import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policy } from '../../../electron/commands/policy.ts'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { replayBookMonth } from '../../../electron/station/policy/replay-month.ts'
import type { PolicyReplay } from '../../../shared/contract/policy.ts'
import { addDays, workingDayOf } from '../../../shared/domain/calendar.ts'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { draftFor } from '../../../shared/domain/checkout/quoting.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import { reversalOf, type SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, cardOf, PACK, saleDraft, testClock } from '../../fixtures/books.ts'
import { shippedPacks } from '../../fixtures/policy/golden.ts'
import { seededRandom, type Random } from '../../fixtures/random.ts'

const AREA = '44/4401/440118/440118102'
const PLACE = { canteenArea: AREA, calendar: CHINA_CALENDAR }
const HOUSEHOLDS = [AREA, '44/4401/440118/440118103', '44/4401/440106/440106003', '35/3501'] as const
const CATEGORIES = [[], ['living-at-home'], ['living-at-home', 'hardship'], ['supported', 'extreme-poverty']]
const MEMBERS = Array.from({ length: 6 }, (_, index) => `m-${index + 1}`)
const DAY_MS = 86_400_000
const [FIRST, DAYS] = ['2026-11-01', 33]

/**
 * Five weeks at a real counter's book under one pack: every meal is quoted as the counter quotes it, from what the book
 * knows then. Members are registered anew with other facts, and sales are taken back, some in the next month.
 */
function liveUnder(pack: PolicyPack, seed: string, folder?: string): Book {
  const random = seededRandom(seed)
  const clock = testClock(Date.parse(`${FIRST}T04:00:00Z`))
  const book = openBook(bookOptions({ clock, ...(folder === undefined ? {} : { folder }) }))
  book.append({ kind: 'policy.published', body: { pack } }, 'test')
  for (const memberId of MEMBERS) {
    register(book, memberId, random)
    book.issueCard(cardOf(memberId), memberId, 'test')
    book.topUp({ topUpId: uuidv7(), memberId, amountFen: fen(50_000), source: 'cash' }, 'test')
  }
  const sold: SaleDraft[] = []
  for (let day = 0; day < DAYS; day += 1) {
    clock.ms = Date.parse(`${FIRST}T04:00:00Z`) + day * DAY_MS
    for (let happening = random.integer(2, 9); happening > 0; happening -= 1) {
      clock.ms += random.integer(1_000, 90_000)
      if (random.chance(0.1)) register(book, random.pick(MEMBERS), random)
      else if (random.chance(0.15)) voidOne(book, sold, random)
      else sellOne(book, pack, addDays(FIRST, day), sold, random)
    }
  }
  return book
}

const BORN: Readonly<Record<string, string>> = {
  'm-1': '1950-11-12',
  'm-2': '1966-11-20',
  'm-3': '1936-11-09',
  'm-4': '1946-11-30',
  'm-5': '1961-02-28',
  'm-6': '1925-11-15',
}

function register(book: Book, memberId: string, random: Random): void {
  const facts = {
    memberId,
    bornOn: BORN[memberId] ?? '1950-05-05',
    categories: random.pick(CATEGORIES),
    householdArea: random.pick(HOUSEHOLDS),
    residenceArea: random.pick(HOUSEHOLDS),
  }
  book.registerMember({ fullName: '林阿一', formOfAddress: '林依姆' }, facts, 'test')
}

function sellOne(
  book: Book,
  pack: PolicyPack,
  businessDate: string,
  sold: SaleDraft[],
  random: Random,
): void {
  const found = random.chance(0.1) ? null : book.lookUpCard(cardOf(random.pick(MEMBERS)), businessDate)
  const member = found?.kind === 'known' ? found.member : null
  const mealPeriod = random.pick(['breakfast', 'lunch', 'lunch', 'dinner'] as const)
  const { workingDay } = workingDayOf(CHINA_CALENDAR, businessDate)
  const context = { pack, businessDate, mealPeriod, workingDay, canteenArea: AREA, minuteOfDay: 720 }
  const tags = random.pick([[], ['basic-set'], ['capped-set-meal']])
  const lines = saleDraft({ priceFen: random.integer(500, 2_000) }).lines.map((line) => ({ ...line, tags }))
  const draft = draftFor({ saleId: uuidv7() }, lines, member, context)
  expect(book.settle(draft).kind).toBe('settled')
  sold.push(draft)
}

function voidOne(book: Book, sold: SaleDraft[], random: Random): void {
  const [sale] = sold.splice(random.integer(0, Math.max(0, sold.length - 1)), 1)
  if (sale === undefined) return
  const { saleId } = sale
  const taken = { voidId: uuidv7(), saleId, reversed: reversalOf(sale), balanceAfterFen: null }
  const body = { ...taken, reason: 'other', note: '', approvedBy: 's-1' } as const
  book.append({ kind: 'sale.voided', body }, 'test')
}

/** From the tables that the fold keeps, not from the entries that the replay reads. */
const FUNDERS = `SELECT account, sum(debit_fen) AS fen FROM postings JOIN sales USING (origin, seq)
  WHERE account GLOB 'funder:*' AND sales.business_date GLOB ? AND sale_id NOT IN (SELECT sale_id FROM voids)
  GROUP BY account`

interface FunderRow {
  readonly account: string
  readonly fen: number
}

/** Those that ask for most kinds of facts: areas, categories, working days, meal times, limits, provider payments. */
const ASKING_MOST: ReadonlySet<string> = new Set(['beijing', 'guangzhou', 'shenzhen', 'zengcheng', 'zhuhai'])

describe('a month of a real book', () => {
  test.each(
    shippedPacks()
      .filter(({ id }) => ASKING_MOST.has(id))
      .map((pack) => [`${pack.id}/${pack.version}`, pack] as const),
  )(
    'PO-12 replayed under the pack that was in force gives back the sums of its funders: %s',
    (name, pack) => {
      const book = liveUnder(pack, name)
      const { funders, providerPayments, selfPay, members, meals } = book.read((file) =>
        replayBookMonth(file, pack, '2026-11', PLACE),
      )
      const rows = book.read((file) => file.statement<[string], FunderRow>(FUNDERS).all('2026-11-*'))
      const owed = Object.fromEntries(rows.map(({ account, fen: owedFen }) => [account, owedFen]))
      const replayed: Record<string, number> = {}
      for (const { funderId, afterFen } of [...funders, ...providerPayments]) {
        const account = `funder:${funderId}:receivable`
        replayed[account] = (replayed[account] ?? 0) + afterFen
      }
      expect(replayed).toEqual(owed)
      expect([selfPay.differenceFen, members.more, members.less]).toEqual([0, 0, 0])
      expect(meals).toBeGreaterThan(60)
      book.close()
    },
  )

  test('PO-12 a month in which nothing was sold has no sums', () => {
    const book = liveUnder(PACK, 'empty')
    const replay = book.read((file) => replayBookMonth(file, PACK, '2025-02', PLACE))
    expect(replay).toMatchObject({ month: '2025-02', meals: 0, funders: [], largest: { more: [], less: [] } })
    book.close()
  })
})

/** The same benefit, twice as much a day. */
const DRAFT = {
  ...PACK,
  version: 2,
  steps: PACK.steps.map((step) =>
    step.kind === 'benefits'
      ? { ...step, benefits: step.benefits.map((benefit) => ({ ...benefit, amount: { fixedFen: 600 } })) }
      : step,
  ),
}

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await policy.run(args, {
    out: { write: (line) => out.push(line) },
    err: { write: (line) => err.push(line) },
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('canteen policy replay', () => {
  const dataBefore = process.env['CANTEEN_DATA']

  beforeAll(() => {
    const data = mkdtempSync(join(tmpdir(), 'policy-data-'))
    // Without devices in its configuration the book is the trial's.
    const folder = join(data, 'trial')
    mkdirSync(folder)
    writeFileSync(join(folder, 'persons.key'), new Uint8Array(32).fill(7))
    liveUnder(PACK, 'command', folder).close()
    process.env['CANTEEN_DATA'] = data
  })

  afterAll(() => {
    if (dataBefore === undefined) delete process.env['CANTEEN_DATA']
    else process.env['CANTEEN_DATA'] = dataBefore
  })

  const fileOf = (content: unknown): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'policy-')), 'draft.json')
    writeFileSync(file, JSON.stringify(content))
    return file
  }

  test('PO-12 prints one object or a table, members by id, and says how far it is on standard error', async () => {
    const { code, out, err } = await run('replay', '--pack', fileOf(DRAFT), '--month', '2026-11', '--json')
    expect(code).toBe(0)
    expect(err).toMatch(/^0 of (\d+) sales replayed\n\1 of \1 sales replayed$/)
    const said = JSON.parse(out) as PolicyReplay
    expect(said).toMatchObject({ month: '2026-11', draft: { id: PACK.id, version: 2 }, members: { more: 0 } })
    expect(said.funders.map(({ funderId, name }) => [funderId, name.en])).toEqual([
      ['city', 'City'],
      ['town', 'Town'],
    ])
    const [city] = said.funders
    expect(city?.differenceFen).toBe((city?.afterFen ?? 0) - (city?.beforeFen ?? 0))
    expect(said.selfPay.differenceFen).toBe(-said.subsidy.differenceFen)
    expect(said.largest.less[0]?.memberId).toMatch(/^m-\d$/)
    const table = await run('replay', '--pack', fileOf(DRAFT), '--month', '2026-11')
    expect(table.out).toMatch(/town +\d+\.\d\d +\d+\.\d\d +\+\d+\.\d\d/)
    expect(out + table.out).not.toContain('林')
  })

  test('PO-12 a pack that is none, a month without a sale and a wrong call each have their exit code', async () => {
    const bad = await run('replay', '--pack', fileOf({ id: 'x' }), '--month', '2026-11')
    expect(bad).toMatchObject({ code: 1, out: '' })
    expect(bad.err).toContain('"path":"version"')
    expect((await run('replay', '--pack', fileOf(PACK), '--month', '2025-02')).code).toBe(1)
    expect((await run('replay', '--pack', fileOf(PACK), '--month', '2026-13')).code).toBe(2)
    expect((await run('replay', '--month', '2026-11')).code).toBe(2)
  })
})
