import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { quoteCase } from '../../shared/contract/quote-case.ts'
import { parsePolicyPack } from '../../shared/contract/policy-pack.ts'
import { quote } from '../../shared/domain/policy/engine.ts'
import type { AppliedBenefit, Quote } from '../../shared/domain/policy/types.ts'
import { goldenCases, packOf, rulePacks, shippedPacks } from '../fixtures/policy/golden.ts'

const packs = [...shippedPacks(), ...rulePacks()]
const cases = goldenCases()

type Payer = AppliedBenefit['funders'][number]
function byFunder(parts: readonly Payer[]): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const { funderId, amountFen } of parts) totals[funderId] = (totals[funderId] ?? 0) + amountFen
  return totals
}

const outcome = ({ selfPayFen, discountFen, benefits, providerPayments }: Quote) => ({
  selfPayFen,
  discountFen,
  funders: byFunder(benefits.flatMap(({ funders }) => funders)),
  provider: byFunder(providerPayments),
})

describe('golden cases of real rules', () => {
  test.each(cases.map((golden) => [`${golden.file} · ${golden.name}`, golden] as const))(
    'PO-5 %s',
    (_name, golden) => {
      expect(outcome(quote(packOf(golden, packs), golden.facts))).toEqual(golden.expect)
    },
  )

  test('PO-5 every pack has golden cases, and each case is named once', () => {
    const covered = new Set(cases.map(({ pack }) => pack))
    expect(packs.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
    const names = cases.map(({ file, name }) => `${file} · ${name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test('PO-2 a golden case quoted again gives the same quote, words and all', () => {
    for (const golden of cases) {
      const pack = packOf(golden, packs)
      expect(quote(pack, structuredClone(golden.facts))).toEqual(quote(pack, golden.facts))
    }
  })
})

test('PO-10 the example of the handbook is a valid pack', () => {
  const handbook = readFileSync(new URL('../../docs/policy-packs.md', import.meta.url), 'utf8')
  const example = /```json\n(?<pack>.*?)```/s.exec(handbook)?.groups?.['pack'] ?? ''
  expect(parsePolicyPack(JSON.parse(example)).kind).toBe('pack')
})

test('PO-10 the case of the handbook is a valid case', () => {
  const handbook = readFileSync(new URL('../../docs/policy-packs.md', import.meta.url), 'utf8')
  const example = /```json case\n(?<meal>.*?)```/s.exec(handbook)?.groups?.['meal'] ?? ''
  expect(quoteCase.safeParse(JSON.parse(example)).success).toBe(true)
})
