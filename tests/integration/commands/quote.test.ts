import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { quote } from '../../../electron/commands/quote.ts'

const PACKS = join(import.meta.dirname, '..', '..', '..', 'shared', 'policy-packs')
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
