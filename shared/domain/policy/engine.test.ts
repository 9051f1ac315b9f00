import { describe, expect, test } from 'vitest'
import type { Words } from '../menu.ts'
import { ROUND_HALF_UP_TO_FEN, type RoundingRule } from '../rounding.ts'
import { basisPoints, fen, type Fen } from '../units.ts'
import { BillError } from './bill.ts'
import { FULL_PRICE_PACK_ID, fullPriceQuote, quote } from './engine.ts'
import type {
  Amount,
  Benefit,
  BenefitUse,
  Condition,
  FunderShare,
  Limit,
  MealFacts,
  PolicyPack,
  PolicyStep,
} from './types.ts'

const words = (zh: string, en: string): Words => ({ zh, en })
const ANYONE: Condition = { any: [{ guest: true }, { guest: false }] }
const CITY: FunderShare = { funderId: 'city', name: words('市', 'the city'), share: { remainder: true } }

interface Made {
  readonly id?: string
  readonly title?: Words
  readonly when?: Condition
  readonly amount?: Amount
  readonly of?: Benefit['of']
  readonly limits?: readonly Limit[]
  readonly funders?: readonly FunderShare[]
}
const benefit = (made: Made = {}): Benefit => ({
  id: made.id ?? 'meal',
  title: made.title ?? words('午餐补贴', 'Lunch subsidy'),
  when: made.when ?? ANYONE,
  amount: made.amount ?? { fixedFen: fen(300) },
  limits: made.limits ?? [],
  funders: made.funders ?? [CITY],
  ...(made.of === undefined ? {} : { of: made.of }),
})
const stack = (...benefits: readonly Benefit[]): PolicyStep => ({
  kind: 'benefits',
  combine: 'stack',
  benefits,
})
const discount = (multiplier: number, of?: 'food' | 'delivery' | 'all'): PolicyStep => ({
  kind: 'discount',
  discount: {
    id: 'off',
    title: words('折扣', 'Discount'),
    when: ANYONE,
    multiplier: basisPoints(multiplier),
    ...(of === undefined ? {} : { of }),
  },
})
const pack = (steps: readonly PolicyStep[], rounding: RoundingRule = ROUND_HALF_UP_TO_FEN): PolicyPack => ({
  id: 'test',
  version: 1,
  title: words('测试', 'Test'),
  source: 'made up for a test',
  standing: 'demo',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  rounding,
  steps,
})
const facts = (changes: Partial<MealFacts> = {}): MealFacts => ({
  businessDate: '2026-11-23',
  mealPeriod: 'lunch',
  workingDay: true,
  channel: 'counter',
  canteenArea: '44/4401/440106/440106003',
  foodFen: fen(1_000),
  deliveryFen: fen(0),
  dishTags: ['vegetable'],
  member: {
    memberId: 'm1',
    bornOn: '1954-05-01',
    categories: ['living-at-home'],
    householdArea: '44/4401/440106/440106003',
    residenceArea: '44/4401/440106',
  },
  uses: [],
  ...changes,
})
const use = (amountFen: number, changes: Partial<BenefitUse> = {}): BenefitUse => ({
  benefitId: 'meal',
  businessDate: '2026-11-23',
  mealPeriod: 'lunch',
  amountFen: fen(amountFen),
  here: true,
  ...changes,
})
const told = (steps: readonly PolicyStep[], changes: Partial<MealFacts> = {}): string[] =>
  quote(pack(steps), facts(changes)).steps.map(({ words: { zh } }) => zh)

describe('the quote explains itself', () => {
  test('PO-5 each step says what it did, in both languages and in yuan', () => {
    const { steps } = quote(pack([stack(benefit()), discount(9_000)]), facts({ deliveryFen: fen(205) }))
    expect(steps).toEqual([
      {
        kind: 'price',
        ruleId: 'test',
        words: words(
          '饭菜 10.00 元，送餐费 2.05 元，一共 12.05 元',
          'Food 10.00 yuan, delivery 2.05 yuan, 12.05 yuan in all',
        ),
        changeFen: 1_205,
        afterFen: 1_205,
      },
      {
        kind: 'benefit',
        ruleId: 'meal',
        words: words('午餐补贴：市替您付 3.00 元', 'Lunch subsidy: 3.00 yuan paid for you by the city'),
        changeFen: -300,
        afterFen: 905,
      },
      {
        kind: 'discount',
        ruleId: 'off',
        words: words('折扣：少收 0.70 元', 'Discount: 0.70 yuan less'),
        changeFen: -70,
        afterFen: 835,
      },
      {
        kind: 'self-pay',
        ruleId: 'test',
        words: words('您付 8.35 元', 'You pay 8.35 yuan'),
        changeFen: 0,
        afterFen: 835,
      },
    ])
  })

  test.each<[Condition, string, string]>([
    [{ age: { from: 80 } }, '满 80 岁才有', 'from 80 years of age'],
    [{ age: { from: 79, fromExclusive: true } }, '满 80 岁才有', 'from 80 years of age'],
    [{ age: { to: 70 } }, '70 岁及以下才有', 'up to 70 years of age'],
    [{ age: { from: 60, to: 70, toExclusive: true } }, '60 岁到 69 岁才有', 'from 60 to 69 years of age'],
    [{ category: 'hardship' }, '您的登记里没有这一项', 'not in your registration'],
    [{ area: { of: 'household', within: '35' } }, '当地户籍才有', 'for people registered in the area'],
    [{ area: { of: 'residence', sameAsCanteen: 'town' } }, '住在本镇街才有', 'for people living in the town'],
    [{ area: { of: 'canteen', within: '4404' } }, '别的地方的食堂才有', 'for canteens elsewhere'],
    [{ mealPeriod: ['breakfast', 'dinner'] }, '只有早餐、晚餐才有', 'for breakfast and dinner only'],
    [{ channel: ['delivery'] }, '只有送餐才有', 'for delivery only'],
    [{ workingDay: false }, '只在休息日有', 'on days off only'],
    [{ mealOfDay: { from: 2 } }, '每天第 2 餐起才有', 'from meal 2 of the day on'],
    [{ mealOfDay: { from: 2, to: 2 } }, '每天第 2 餐才有', 'for meal 2 of the day only'],
    [
      { spend: { of: 'food', atLeastFen: fen(1_001) } },
      '饭菜满 10.01 元才有',
      'for food of 10.01 yuan or more',
    ],
    [
      { spend: { of: 'all', moreThanFen: fen(1_000) } },
      '一共超过 10.00 元才有',
      'for a bill of more than 10.00 yuan',
    ],
    [
      { spend: { of: 'food', atLeastFen: fen(500), atMostFen: fen(800) } },
      '饭菜不超过 8.00 元才有',
      'for food of up to 8.00 yuan',
    ],
    [
      { spend: { of: 'food', atLeastFen: fen(1_100), atMostFen: fen(1_800) } },
      '饭菜满 11.00 元才有',
      'for food of 11.00 yuan or more',
    ],
    [{ dishTag: 'set-meal' }, '这份饭菜不在补贴范围', 'not for this dish'],
    [{ guest: true }, '只给没有卡的客人', 'for guests without a card only'],
    [{ not: { category: 'living-at-home' } }, '这顿饭不符合条件', 'not for this meal'],
    [{ subsidised: true }, '这顿饭不符合条件', 'not for this meal'],
  ])('PO-5 why not: %j', (when, zh, en) => {
    const { steps, subsidyFen } = quote(pack([stack(benefit({ when }))]), facts())
    expect(subsidyFen).toBe(0)
    expect(steps[1]).toEqual({
      kind: 'not-applied',
      ruleId: 'meal',
      words: words(`午餐补贴：${zh}`, `Lunch subsidy: ${en}`),
      changeFen: 0,
      afterFen: 1_000,
    })
  })

  test('PO-5 working days and first meals are explained too', () => {
    const onWorkingDays = stack(benefit({ when: { workingDay: true } }))
    expect(told([onWorkingDays], { workingDay: false })[1]).toBe('午餐补贴：只在工作日有')
    const firstMeal = stack(benefit({ when: { mealOfDay: { to: 1 } } }))
    expect(told([firstMeal], { uses: [use(300)] })[1]).toBe('午餐补贴：每天前 1 餐才有')
    const withCard = stack(benefit({ when: { guest: false } }))
    expect(told([withCard], { member: null })[1]).toBe('午餐补贴：刷卡才有')
  })

  test.each([
    [0, '0.00'],
    [9, '0.09'],
    [10, '0.10'],
    [1_009, '10.09'],
    [123_456, '1234.56'],
  ])('PO-5 %i fen are written %s yuan', (amountFen, written) => {
    expect(told([], { foodFen: fen(amountFen) })[0]).toBe(`这顿饭 ${written} 元`)
  })

  test('PO-5 nobody is told to spend more for a benefit that is not hers', () => {
    const when: Condition = {
      all: [{ spend: { of: 'food', atLeastFen: fen(2_000) } }, { age: { from: 80 } }],
    }
    expect(told([stack(benefit({ when }))])[1]).toBe('午餐补贴：满 80 岁才有')
  })

  test('PO-5 of alternatives the one she can change is named', () => {
    const when: Condition = { any: [{ category: 'hardship' }, { channel: ['take-away'] }] }
    expect(told([stack(benefit({ when }))])[1]).toBe('午餐补贴：只有打包才有')
  })

  test.each<[Limit, BenefitUse[], string[]]>([
    [{ per: 'day', count: 1, scope: 'everywhere' }, [use(300)], ['午餐补贴：今天已经用完了']],
    [{ per: 'meal-period', count: 1, scope: 'here' }, [use(300)], ['午餐补贴：这一餐已经用完了']],
    [
      { per: 'month', amountFen: fen(500), scope: 'everywhere' },
      [use(300, { businessDate: '2026-11-02' })],
      ['午餐补贴：这个月只剩 2.00 元', '午餐补贴：市替您付 2.00 元'],
    ],
    [
      { per: 'meal', amountFen: fen(250), scope: 'everywhere' },
      [use(300)],
      ['午餐补贴：一顿饭最多补 2.50 元', '午餐补贴：市替您付 2.50 元'],
    ],
  ])('PO-5 a limit that bites is told: %j', (limit, uses, expected) => {
    expect(told([stack(benefit({ limits: [limit] }))], { uses }).slice(1, -1)).toEqual(expected)
  })

  test('PO-5 a share that is lost here, a benefit not chosen, and one that is not needed are told', () => {
    const town: FunderShare = {
      funderId: 'town',
      name: words('镇', 'the town'),
      share: { fixedFen: fen(100) },
      when: { area: { of: 'canteen', within: '440118' } },
    }
    expect(told([stack(benefit({ funders: [town, CITY] }))]).slice(1, 3)).toEqual([
      '午餐补贴：镇的 1.00 元在这里不能用',
      '午餐补贴：市替您付 2.00 元',
    ])
    const best: PolicyStep = {
      kind: 'benefits',
      combine: 'best',
      benefits: [
        benefit({ id: 'less', amount: { fixedFen: fen(100) }, title: words('少', 'Less') }),
        benefit(),
      ],
    }
    expect(told([best])).toContain('少：已经用了“午餐补贴”')
    expect(told([stack(benefit({ amount: { selfPayFen: fen(1_200) } }))])[1]).toBe('午餐补贴：这顿饭用不着')
    const free = stack(benefit({ amount: { free: true } }), benefit({ id: 'more' }))
    expect(told([free])).toEqual([
      '这顿饭 10.00 元',
      '午餐补贴：市替您付 10.00 元',
      '午餐补贴：没有要付的钱了',
      '您不用付钱',
    ])
  })
})

describe('operations in the pack’s order', () => {
  const selfPay = (steps: readonly PolicyStep[], changes: Partial<MealFacts> = {}): Fen =>
    quote(pack(steps), facts(changes)).selfPayFen

  test('PO-5 a discount before the subsidy and one after it are not the same', () => {
    expect(selfPay([discount(9_000), stack(benefit())])).toBe(600)
    expect(selfPay([stack(benefit()), discount(9_000)])).toBe(630)
  })

  test('PO-5 each operation works on its part of the bill', () => {
    const delivered = { deliveryFen: fen(200), channel: 'delivery' } as const
    expect(selfPay([discount(5_000)], delivered)).toBe(700)
    expect(selfPay([discount(5_000, 'delivery')], delivered)).toBe(1_100)
    expect(selfPay([discount(5_000, 'all')], delivered)).toBe(600)
    expect(selfPay([stack(benefit({ amount: { free: true } }))], delivered)).toBe(200)
    expect(selfPay([stack(benefit({ amount: { free: true }, of: 'delivery' }))], delivered)).toBe(1_000)
    expect(selfPay([stack(benefit({ amount: { free: true }, of: 'all' }))], delivered)).toBe(0)
    expect(selfPay([stack(benefit({ amount: { fixedFen: fen(1_100) }, of: 'all' }))], delivered)).toBe(100)
  })

  test('PO-5 a discount on the delivery takes nothing off the food, however it is rounded', () => {
    const down = pack([discount(5_000, 'delivery'), stack(benefit({ amount: { free: true } }))], {
      to: 'fen',
      mode: 'down',
    })
    const { discountFen, subsidyFen, selfPayFen } = quote(down, facts({ deliveryFen: fen(201) }))
    expect([discountFen, subsidyFen, selfPayFen]).toEqual([101, 1_000, 100])
  })

  test('PO-5 what a discount on the whole bill took off the food counts as the food’s', () => {
    const from900 = benefit({ when: { spend: { of: 'food', atLeastFen: fen(900), after: 'discounts' } } })
    const delivered = { deliveryFen: fen(200), channel: 'delivery' } as const
    expect(selfPay([discount(9_000, 'all'), stack(from900)], delivered)).toBe(1_080 - 300)
    expect(selfPay([discount(8_990, 'all'), stack(from900)], delivered)).toBe(1_079)
    expect(selfPay([discount(0, 'all'), stack(benefit())], delivered)).toBe(0)
  })

  test('PO-3 a discount rounded to the jiao never makes the meal dearer', () => {
    const upToJiao = pack([discount(9_999)], { to: 'jiao', mode: 'up' })
    expect(quote(upToJiao, facts({ foodFen: fen(995) })).selfPayFen).toBe(995)
    expect(quote(upToJiao, facts({ foodFen: fen(1_001) })).selfPayFen).toBe(1_001)
  })

  test('PO-8 fixed shares in their order, then percentages, the rest to its bearer, also when the meal is cheap', () => {
    const funders: FunderShare[] = [
      { funderId: 'town', name: words('镇', 'the town'), share: { remainder: true } },
      { funderId: 'district', name: words('区', 'the district'), share: { fixedFen: fen(150) } },
      { funderId: 'charity', name: words('慈善会', 'the charity'), share: { percent: basisPoints(1_000) } },
    ]
    const sharesFor = (foodFen: number) =>
      quote(pack([stack(benefit({ funders }))]), facts({ foodFen: fen(foodFen) })).benefits.flatMap((each) =>
        each.funders.map(({ funderId, amountFen }) => `${funderId} ${amountFen}`),
      )
    expect(sharesFor(1_000)).toEqual(['town 120', 'district 150', 'charity 30'])
    expect(sharesFor(160)).toEqual(['district 150', 'charity 10'])
    expect(sharesFor(100)).toEqual(['district 100'])
    expect(sharesFor(0)).toEqual([])
  })

  test('PO-4 limits of a group count its benefits together, also within one meal', () => {
    const group: PolicyStep = {
      kind: 'benefits',
      combine: 'stack',
      benefits: [benefit({ id: 'a' }), benefit({ id: 'b' }), benefit({ id: 'c' })],
      limits: [{ per: 'day', amountFen: fen(800), scope: 'everywhere' }],
    }
    expect(quote(pack([group]), facts()).benefits.map(({ amountFen }) => amountFen)).toEqual([300, 300, 200])
    const uses = [use(300, { benefitId: 'a' }), use(300, { benefitId: 'b' })]
    expect(quote(pack([group]), facts({ uses })).benefits.map(({ amountFen }) => amountFen)).toEqual([200])
  })

  test('PO-4 several uses of one sale are one use of a group', () => {
    const group: PolicyStep = {
      kind: 'benefits',
      combine: 'stack',
      benefits: [benefit({ id: 'a' }), benefit({ id: 'b' })],
      limits: [{ per: 'day', count: 2, scope: 'everywhere' }],
    }
    const lunch = [use(300, { benefitId: 'a', saleId: 's1' }), use(300, { benefitId: 'b', saleId: 's1' })]
    const dinner = lunch.map((each) => ({ ...each, saleId: 's2' }))
    expect(selfPay([group], { uses: lunch })).toBe(400)
    expect(selfPay([group], { uses: [...lunch, ...dinner] })).toBe(1_000)
  })

  test('PO-5 of two that are worth the same the first is given', () => {
    const best: PolicyStep = {
      kind: 'benefits',
      combine: 'best',
      benefits: [benefit({ id: 'a' }), benefit({ id: 'b' })],
    }
    expect(quote(pack([best]), facts()).benefits.map(({ benefitId }) => benefitId)).toEqual(['a'])
  })

  test('PO-4 the subsidised meals of a day are counted by sale, so a stack is one meal', () => {
    const second = stack(benefit({ when: { mealOfDay: { from: 2, to: 2 } } }))
    const stacked = [use(300, { saleId: 's1' }), use(300, { saleId: 's1', benefitId: 'other' })]
    expect(selfPay([second], { uses: stacked })).toBe(700)
    expect(selfPay([second], { uses: [...stacked, use(300, { saleId: 's2' })] })).toBe(1_000)
    expect(selfPay([second], { uses: [use(300), use(300, { benefitId: 'other' })] })).toBe(700)
    expect(selfPay([second], { uses: [use(0, { saleId: 's1' })] })).toBe(1_000)
    expect(selfPay([second], { uses: [use(300, { businessDate: '2026-11-22' })] })).toBe(1_000)
  })

  test('PO-5 an area is a path or one of its codes, never the beginning of a longer code', () => {
    const inArea = (within: string) =>
      selfPay([stack(benefit({ when: { area: { of: 'household', within } } }))])
    expect([inArea('44'), inArea('44/4401'), inArea('440106'), inArea('44/4401/440106')]).toEqual([
      700, 700, 700, 700,
    ])
    expect([inArea('440'), inArea('4401/44'), inArea('44010'), inArea('44/4404')]).toEqual([
      1_000, 1_000, 1_000, 1_000,
    ])
  })

  test('PO-5 an area known only to the district is not in the canteen’s town', () => {
    const same = (sameAsCanteen: 'district' | 'town') =>
      selfPay([stack(benefit({ when: { area: { of: 'residence', sameAsCanteen } } }))])
    expect(same('district')).toBe(700)
    expect(same('town')).toBe(1_000)
    const nowhere = { canteenArea: '44/4401/440106' }
    const inTown = stack(benefit({ when: { area: { of: 'residence', sameAsCanteen: 'town' } } }))
    expect(selfPay([inTown], nowhere)).toBe(1_000)
  })

  test('PO-1 a negative amount is a broken basket, not a quote', () => {
    expect(() => quote(pack([]), facts({ foodFen: fen(-1) }))).toThrow(BillError)
    expect(() => quote(pack([]), facts({ deliveryFen: fen(-1) }))).toThrow(BillError)
  })
})

test('CK-18 without a pack everyone pays the full price, and it is explained', () => {
  expect(fullPriceQuote(fen(960))).toEqual({
    packId: FULL_PRICE_PACK_ID,
    packVersion: 0,
    priceFen: 960,
    discountFen: 0,
    subsidyFen: 0,
    selfPayFen: 960,
    benefits: [],
    providerPayments: [],
    steps: [
      {
        kind: 'price',
        ruleId: 'full-price',
        words: words('这顿饭 9.60 元', 'This meal costs 9.60 yuan'),
        changeFen: 960,
        afterFen: 960,
      },
      {
        kind: 'self-pay',
        ruleId: 'full-price',
        words: words('您付 9.60 元', 'You pay 9.60 yuan'),
        changeFen: 0,
        afterFen: 960,
      },
    ],
  })
  expect(fullPriceQuote(fen(960), fen(200)).selfPayFen).toBe(1_160)
})
