import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { quote } from '../../../electron/commands/quote.ts'

const PACKS = join(import.meta.dirname, '..', '..', '..', 'shared', 'policy-packs')
const RULES = join(import.meta.dirname, '..', '..', 'fixtures', 'policy', 'rules')
const RULES_AGES = join(RULES, 'rule-ages.json')
const packFile = (name: string): string => join(PACKS, `${name}.json`)

function fileOf(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'quote-')), 'file.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

async function run(
  packs: readonly string[],
  meal: unknown,
): Promise<{ code: number; said: unknown; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const args = [...packs.flatMap((pack) => ['--pack', pack]), '--case', fileOf(meal)]
  const code = await quote.run(args, {
    out: { write: (line) => out.push(line) },
    err: { write: (line) => err.push(line) },
  })
  return { code, said: out.length === 0 ? null : JSON.parse(out.join('\n')), err: err.join('\n') }
}

const SHENZHEN = { bornOn: '1954-05-01', household: '44/4403/440304' }
const LUNCH = { date: '2026-11-23', canteen: '44/4403/440304/440304001', foodFen: 1200 }

describe('canteen quote', () => {
  test('PO-5 prints price, self-pay, funders by name and the steps in words', async () => {
    const { code, said } = await run([packFile('shenzhen')], { member: SHENZHEN, ...LUNCH })
    expect(code).toBe(0)
    expect(said).toMatchObject({ priceFen: 1200, selfPayFen: 700, subsidyFen: 500, providerFen: 200 })
    expect(Object.values((said as { funders: Record<string, number> }).funders)).toEqual([500])
    expect((said as { steps: { words: object }[] }).steps.at(-1)?.words).toEqual({
      zh: '您付 7.00 元',
      en: 'You pay 7.00 yuan',
    })
  })

  test('PO-9 the working day follows from the date: Sunday and a make-up Saturday', async () => {
    const payOn = async (date: string): Promise<unknown> =>
      (await run([packFile('shenzhen')], { member: SHENZHEN, ...LUNCH, date })).said
    expect(await payOn('2026-11-22')).toMatchObject({ selfPayFen: 1200 })
    expect(await payOn('2026-10-10')).toMatchObject({ selfPayFen: 700 })
  })

  test('PO-6 of two versions the one of the date counts, and outside of both everyone pays the full price', async () => {
    const supported = { bornOn: '1940-05-01', categories: ['supported'] }
    const packs = [packFile('nanjing-1'), packFile('nanjing-2')]
    const on = async (date: string): Promise<unknown> =>
      (await run(packs, { member: supported, date, canteen: '32/3201', foodFen: 1000 })).said
    expect(await on('2023-12-31')).toMatchObject({ selfPayFen: 800, packVersion: 1 })
    expect(await on('2024-01-01')).toMatchObject({ selfPayFen: 500, packVersion: 2 })
    expect(await on('2019-06-01')).toMatchObject({ selfPayFen: 1000, packId: 'full-price' })
  })

  test('PO-16 of several packs the one of the smallest area around the canteen counts: a district before its city', async () => {
    const city = packFile('guangzhou')
    const district = fileOf({
      ...(JSON.parse(readFileSync(city, 'utf8')) as object),
      id: 'tianhe',
      area: '44/4401/440106',
      steps: [
        {
          kind: 'discount',
          discount: { id: 'half', title: { zh: '半价', en: 'Half' }, when: { guest: false }, fixedFen: 600 },
        },
      ],
      readings: [],
    })
    const member = { bornOn: '1950-05-01', household: '44/4401', categories: ['living-at-home'] }
    const at = async (canteen: string): Promise<unknown> =>
      (await run([city, district], { member, ...LUNCH, canteen })).said
    expect(await at('44/4401/440106/440106003')).toMatchObject({ packId: 'tianhe', selfPayFen: 600 })
    expect(await at('44/4401/440104/440104001')).toMatchObject({ packId: 'guangzhou', selfPayFen: 900 })
    expect(await at('43/4301')).toMatchObject({ packId: 'full-price', selfPayFen: 1200 })
    const nowhere = fileOf({ ...(JSON.parse(readFileSync(RULES_AGES, 'utf8')) as object) })
    expect((await run([city, nowhere], { member, ...LUNCH })).err).toContain('does not say its area')
  })

  test('PO-17 it says by when the canteen claims what each funder owes', async () => {
    const file = join(RULES, 'rule-payers.json')
    expect((await run([file], { member: SHENZHEN, ...LUNCH })).said).toMatchObject({
      claims: {
        city: { from: '2026-10-01', to: '2026-12-31', dueOn: '2027-01-15' },
        district: { from: '2026-11-01', to: '2026-11-30', dueOn: '2026-12-10' },
      },
    })
  })

  test('PO-9 the make-up days of 2024 and 2025 are known, and a case’s own word comes first', async () => {
    const payOn = async (date: string, more: object = {}): Promise<unknown> =>
      (await run([packFile('shenzhen')], { member: SHENZHEN, ...LUNCH, date, ...more })).said
    for (const date of ['2025-01-26', '2025-09-28', '2025-10-11'])
      expect(await payOn(date)).toMatchObject({ selfPayFen: 700 })
    for (const date of ['2025-01-28', '2025-10-08', '2025-10-12'])
      expect(await payOn(date)).toMatchObject({ selfPayFen: 1200 })
    expect(await payOn('2025-10-12', { workingDay: true })).toMatchObject({ selfPayFen: 700 })
    const times = async (more: object): Promise<unknown> =>
      (
        await run([join(RULES, 'rule-times.json')], {
          member: SHENZHEN,
          ...LUNCH,
          canteen: '43/4301',
          ...more,
        })
      ).said
    expect(await times({ date: '2027-01-09' })).toMatchObject({ selfPayFen: 1195 })
    expect(await times({ date: '2027-01-09', workingDay: false })).toMatchObject({ selfPayFen: 1200 })
  })

  test('PO-10 what the food costs is said once: by itself or by its dishes', async () => {
    const meal = { member: null, date: LUNCH.date, canteen: LUNCH.canteen }
    const dishes = [{ priceFen: 500, quantity: 2 }]
    const packs = [packFile('shenzhen')]
    expect((await run(packs, { ...meal, dishes })).said).toMatchObject({ priceFen: 1000 })
    expect((await run(packs, { ...meal, dishes, foodFen: 1000 })).said).toMatchObject({ priceFen: 1000 })
    expect((await run(packs, { ...meal, dishes, foodFen: 999 })).err).toContain('foodFen')
    expect((await run(packs, meal)).err).toContain('foodFen')
  })

  test('PO-10 a pack or a case that is none is refused, each mistake by its place', async () => {
    const bad = await run([fileOf({ id: 'x' })], { member: null, ...LUNCH })
    expect(bad).toMatchObject({ code: 1, said: null })
    expect(bad.err).toContain('version')
    const noCase = await run([packFile('shenzhen')], {
      member: null,
      ...LUNCH,
      foodFen: 12.5,
      date: '2026-02-30',
    })
    expect(noCase.err).toMatch(/foodFen[\s\S]*date|date[\s\S]*foodFen/)
    expect((await run([fileOf('{')], { member: null, ...LUNCH })).code).toBe(1)
    expect((await run(['/nowhere/pack.json'], { member: null, ...LUNCH })).code).toBe(3)
    expect((await run([], { member: null, ...LUNCH })).code).toBe(2)
  })
})
