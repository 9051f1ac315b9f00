import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryFacts, arbitraryPack } from '../../tests/fixtures/policy/arbitrary.ts'
import { shippedPacks } from '../../tests/fixtures/policy/golden.ts'
import { quote } from '../domain/policy/engine.ts'
import { parsePolicyPack, type PolicyPackProblem } from './policy-pack.ts'

const funders = [{ funderId: 'city', name: { zh: '市', en: 'City' }, share: { remainder: true } }]
const benefit = {
  id: 'meal',
  title: { zh: '补贴', en: 'Subsidy' },
  when: { all: [{ age: { from: 60 } }, { mealPeriod: ['lunch'] }] },
  amount: { fixedFen: 300 },
  limits: [{ per: 'day', count: 1, scope: 'everywhere' }],
  funders,
}
const pack = {
  id: 'test',
  version: 1,
  title: { zh: '测试', en: 'Test' },
  source: 'made up for a test',
  standing: 'demo',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  rounding: { to: 'fen', mode: 'half-up' },
  steps: [{ kind: 'benefits', combine: 'stack', benefits: [benefit] }],
}
const withBenefit = (changes: object) => ({
  ...pack,
  steps: [{ kind: 'benefits', combine: 'stack', benefits: [{ ...benefit, ...changes }] }],
})
const withFunders = (...shares: readonly object[]) =>
  withBenefit({
    funders: shares.map((share, index) => ({ ...funders[0], funderId: `funder-${index}`, share })),
  })

function problemsOf(data: unknown): readonly PolicyPackProblem[] {
  const outcome = parsePolicyPack(data)
  return outcome.kind === 'refused' ? outcome.problems : []
}

const AT = 'steps.0.benefits.0'

describe('policy packs from outside', () => {
  test('PO-10 a good pack is taken as it stands', () => {
    expect(parsePolicyPack(pack)).toEqual({ kind: 'pack', pack })
  })

  test.each<[string, unknown, string, RegExp]>([
    ['a missing version', { ...pack, version: undefined }, 'version', /expected number/],
    ['an unknown key', { ...pack, comment: 'x' }, '', /Unrecognized key: "comment"/],
    ['a day that is none', { ...pack, effectiveFrom: '2026-02-30' }, 'effectiveFrom', /day of the calendar/],
    [
      'an end before the start',
      { ...pack, effectiveTo: '2025-12-31' },
      'effectiveTo',
      /before effectiveFrom/,
    ],
    ['no steps', { ...pack, steps: [] }, 'steps', />=1|at least 1/i],
    ['an area as a bare code', { ...pack, area: '440402' }, 'area', /path from the province/],
    ['words in one language only', { ...pack, title: { zh: '测试' } }, 'title.en', /expected string/],
    ['empty words', { ...pack, title: { zh: ' ', en: 'Test' } }, 'title.zh', />=1|at least 1/i],
    ['yuan instead of fen', withBenefit({ amount: { fixedFen: 2.5 } }), `${AT}.amount.fixedFen`, /int/],
    ['a negative amount', withBenefit({ amount: { fixedFen: -300 } }), `${AT}.amount.fixedFen`, />=1/],
    [
      'an amount in words',
      withBenefit({ amount: { fixedFen: '300' } }),
      `${AT}.amount.fixedFen`,
      /expected (number|int)/,
    ],
    [
      'a percentage above the whole',
      withBenefit({ amount: { percent: 10_001 } }),
      `${AT}.amount.percent`,
      /<=10000/,
    ],
    [
      'two kinds of amount at once',
      withBenefit({ amount: { fixedFen: 300, free: true } }),
      `${AT}.amount`,
      /exactly one of: fixedFen, percent, multiplier, selfPayFen, free/,
    ],
    [
      'an unknown condition',
      withBenefit({ when: { weather: 'rain' } }),
      `${AT}.when`,
      /exactly one of: all, any/,
    ],
    [
      'a mistake deep in a condition',
      withBenefit({ when: { all: [{ any: [{ age: { from: 60 } }, { age: { form: 60 } }] }] } }),
      `${AT}.when.all.0.any.1.age`,
      /Unrecognized key: "form"/,
    ],
    ['a condition that is a list', withBenefit({ when: [] }), `${AT}.when`, /exactly one of/],
    ['an empty all', withBenefit({ when: { all: [] } }), `${AT}.when.all`, />=1|at least 1/i],
    ['an age without bounds', withBenefit({ when: { age: {} } }), `${AT}.when.age`, /needs from or to/],
    [
      'an age upside down',
      withBenefit({ when: { age: { from: 80, to: 60 } } }),
      `${AT}.when.age`,
      /from is above to/,
    ],
    [
      'a minimum both inclusive and exclusive',
      withBenefit({ when: { spend: { of: 'food', atLeastFen: 1, moreThanFen: 1 } } }),
      `${AT}.when.spend`,
      /not both/,
    ],
    [
      'a minimum spend of nothing',
      withBenefit({ when: { spend: { of: 'food' } } }),
      `${AT}.when.spend`,
      /needs atLeastFen/,
    ],
    [
      'an area with two questions',
      withBenefit({ when: { area: { of: 'household', within: '44', sameAsCanteen: 'city' } } }),
      `${AT}.when.area`,
      /exactly one of: within, sameAsCanteen/,
    ],
    [
      'an area that is no code',
      withBenefit({ when: { area: { of: 'household', within: '广州' } } }),
      `${AT}.when.area.within`,
      /path from the province/,
    ],
    [
      'a category in Chinese',
      withBenefit({ when: { category: '低保' } }),
      `${AT}.when.category`,
      /lower-case/,
    ],
    [
      'a limit of nothing',
      withBenefit({ limits: [{ per: 'day', scope: 'here' }] }),
      `${AT}.limits.0`,
      /needs count or amountFen/,
    ],
    [
      'a count per meal',
      withBenefit({ limits: [{ per: 'meal', count: 1, scope: 'here' }] }),
      `${AT}.limits.0`,
      /no count per meal/,
    ],
    ['no funder', withBenefit({ funders: [] }), `${AT}.funders`, />=1|at least 1/i],
    [
      'nobody to bear the remainder',
      withFunders({ fixedFen: 300 }),
      `${AT}.funders`,
      /exactly one funder bears/,
    ],
    [
      'two to bear it',
      withFunders({ remainder: true }, { remainder: true }),
      `${AT}.funders`,
      /exactly one funder bears/,
    ],
    [
      'percentages above the whole',
      withFunders({ percent: 6_000 }, { percent: 5_000 }, { remainder: true }),
      `${AT}.funders`,
      /more than the whole/,
    ],
    [
      'a funder twice',
      withBenefit({ funders: [funders[0], { ...funders[0], share: { fixedFen: 1 } }] }),
      `${AT}.funders`,
      /each funder once/,
    ],
    [
      'a benefit twice',
      { ...pack, steps: [...pack.steps, ...pack.steps] },
      'steps.1.benefits.0.id',
      /'meal' stands twice/,
    ],
    [
      'a reading that leads nowhere',
      {
        ...pack,
        readings: [{ id: 'r', question: pack.title, taken: pack.title, at: 'steps.0.benefits.7.amount' }],
      },
      'readings.0.at',
      /leads nowhere in this pack/,
    ],
    [
      'an unknown kind of step',
      { ...pack, steps: [{ kind: 'gift' }] },
      'steps.0.kind',
      /discriminator|kind|Invalid input/,
    ],
    ['a discount that makes dearer', discountOf(10_001), 'steps.0.discount.multiplier', /<=10000/],
  ])('PO-10 %s is refused with its path', (_name, data, path, message) => {
    const problems = problemsOf(data)
    expect(problems.map((problem) => problem.path)).toContain(path)
    expect(problems.find((problem) => problem.path === path)?.message).toMatch(message)
  })

  test('PO-10 every mistake of a pack is named at once', () => {
    const paths = problemsOf({
      ...withBenefit({ amount: { fixedFen: 0 }, when: { age: { from: '60' } } }),
      version: 0,
    }).map(({ path }) => path)
    expect(paths.toSorted()).toEqual([`${AT}.amount.fixedFen`, `${AT}.when.age.from`, 'version'])
  })

  test('PO-10 no data whatever throws, and nothing but a pack is taken', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (data) => {
        expect(parsePolicyPack(data).kind).toBe('refused')
      }),
      { numRuns: 1_000 },
    )
  })

  test('PO-10 data nested without end is refused, not followed', () => {
    let when: object = { age: { from: 60 } }
    for (let depth = 0; depth < 100_000; depth += 1) when = { not: when }
    expect(problemsOf(withBenefit({ when }))).toEqual([
      { path: '', message: 'nested too deep to be a policy' },
    ])
  })

  test('PO-2 whatever the schema lets through, the engine can quote', () => {
    fc.assert(
      fc.property(arbitraryPack, arbitraryFacts, (valid, facts) => {
        const outcome = parsePolicyPack(JSON.parse(JSON.stringify(valid)))
        expect(outcome).toEqual({ kind: 'pack', pack: valid })
        expect(quote(valid, facts).packId).toBe(valid.id)
      }),
      { numRuns: 1_000 },
    )
  })

  test('PO-10 the packs of the product are valid, a real rule but for the demo, and say what they read into their source', () => {
    const packs = shippedPacks()
    expect(new Set(packs.map(({ id, version }) => `${id}/${version}`)).size).toBe(packs.length)
    expect(packs.length).toBeGreaterThanOrEqual(20)
    expect(packs.filter(({ standing }) => standing === 'demo').map(({ id }) => id)).toEqual(['demo'])
    expect(
      packs.filter(({ standing }) => standing !== 'demo').every(({ readings }) => readings?.length),
    ).toBe(true)
  })
})

function discountOf(multiplier: number): unknown {
  const discount = { id: 'off', title: pack.title, when: { guest: false }, multiplier }
  return { ...pack, steps: [{ kind: 'discount', discount }] }
}
