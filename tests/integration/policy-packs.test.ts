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

/** What a pack must be able to say, and which golden cases show it. */
const FEATURES: readonly (readonly [string, RegExp])[] = [
  ['inclusive age bounds', /age: 64|age: 69|age: 70 today/],
  ['exclusive age bounds', /age: 60 is not above|age: 65 today/],
  ['several categories at once', /categories: both/],
  ['household against the canteen', /area: registered in another district/],
  ['residence against the canteen', /area: living in another town/],
  ['calendars with make-up days', /make-up (?:working )?Saturday/],
  ['meal windows', /time: the (?:first|last) minute/],
  ['meal ordinal', /second meal of the day at half price/],
  ['meal ordinal of every meal', /counts meals that nobody subsidised/],
  ['minimum spend before discount', /9\.99 reaches only the one before/],
  ['minimum spend after discount', /10\.00 reaches both minima/],
  ['minimum spend without delivery', /the fee does not help/],
  ['cap per meal', /at most 6 a meal/],
  ['cap per day here', /at most 10 a day here/],
  ['cap per day in all canteens', /both together at most 11 a day/],
  ['cap per month', /at most 100 a month/],
  ['count per month', /at most 20 times a month/],
  ['highest', /the best: 5/],
  ['fixed priority', /category first: 4/],
  ['stack', /20\.00: 12\.60|= 12\.6/],
  ['the next one when used up', /used up: the next one/],
  ['order of operations', /20\.00: 12\.60|= 12\.6/],
  ['dish tags', /the diet set for a registered/],
  ['price-capped sets', /a set above the cap|is above the cap/],
  ['funders fixed, percent and remainder', /payers: 2 fixed, half/],
  ['portability', /payers: in another district/],
  ['provider-side payments', /the provider gets 2 \+ 2/],
  ['effective dates', /the day of the change/],
]

test.each(FEATURES)('PO-18 %s can be said by a pack', (_feature, names) => {
  expect(cases.filter(({ name }) => names.test(name)).length).toBeGreaterThan(0)
})

test('PO-10 the example of the handbook is a valid pack', () => {
  const handbook = readFileSync(new URL('../../docs/policy-packs.md', import.meta.url), 'utf8')
  const examples = [...handbook.matchAll(/```json(?: pack)?\n(?<pack>.*?)```/gs)].map(
    ({ groups }) => groups?.['pack'] ?? '',
  )
  const wholePacks = examples.filter((example) => example.startsWith('{'))
  expect(wholePacks.length).toBeGreaterThan(0)
  for (const example of wholePacks)
    expect(parsePolicyPack(JSON.parse(example))).toMatchObject({ kind: 'pack' })
})

test('PO-10 the case of the handbook is a valid case', () => {
  const handbook = readFileSync(new URL('../../docs/policy-packs.md', import.meta.url), 'utf8')
  const example = /```json case\n(?<meal>.*?)```/s.exec(handbook)?.groups?.['meal'] ?? ''
  expect(quoteCase.safeParse(JSON.parse(example)).success).toBe(true)
})
