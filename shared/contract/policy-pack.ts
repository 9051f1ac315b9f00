import { z } from 'zod'
import type { Amount, Discount, FunderShare, Part, PolicyPack } from '../domain/policy/types.ts'
import { fen } from '../domain/units.ts'
import { condition } from './policy-condition.ts'
import * as parts from './policy-pack-parts.ts'

const MOST_STEPS = 50
/** 100 million yuan: what a whole city pays ahead. */
const MOST_ADVANCE_FEN = 10_000_000_000
const DEEPEST_NESTING = 60

const amount = parts.keyed<Amount>({
  fixedFen: z.strictObject({ fixedFen: parts.amountFen }),
  percent: z.strictObject({ percent: parts.rate, capFen: parts.amountFen.exactOptional() }),
  multiplier: z.strictObject({ multiplier: parts.multiplier, capFen: parts.amountFen.exactOptional() }),
  selfPayFen: z.strictObject({ selfPayFen: parts.amountOrNothingFen }),
  free: z.strictObject({ free: z.literal(true) }),
})

const limit = z
  .strictObject({
    per: z.enum(['meal', 'meal-period', 'day', 'month']),
    count: z.int().min(1).max(999).exactOptional(),
    amountFen: parts.amountFen.exactOptional(),
    scope: z.enum(['here', 'everywhere']),
  })
  .refine(
    ({ count, amountFen }) => count !== undefined || amountFen !== undefined,
    'needs count or amountFen',
  )
  .refine(({ per, count }) => per !== 'meal' || count === undefined, 'a meal is one use: no count per meal')

const limits = z.array(limit).max(9)

const funder = z.strictObject({
  funderId: parts.id,
  name: parts.words,
  share: parts.keyed<FunderShare['share']>({
    fixedFen: z.strictObject({ fixedFen: parts.amountFen }),
    percent: z.strictObject({ percent: parts.rate }),
    remainder: z.strictObject({ remainder: z.literal(true) }),
  }),
  when: condition.exactOptional(),
})

const funders = z
  .array(funder)
  .min(1)
  .max(9)
  .refine((all) => all.filter(({ share }) => 'remainder' in share).length === 1, {
    message: 'exactly one funder bears the remainder',
  })
  .refine((all) => new Set(all.map(({ funderId }) => funderId)).size === all.length, {
    message: 'each funder once',
  })
  .refine(
    (all) => all.reduce((sum, { share }) => sum + ('percent' in share ? share.percent : 0), 0) <= 10_000,
    {
      message: 'percentages come to more than the whole',
    },
  )

/** Dishes are food: what they cost is no part of a delivery fee. */
const ofFood = ({ of, onlyDishTag }: { of?: Part; onlyDishTag?: string }): boolean =>
  onlyDishTag === undefined || of === undefined || of === 'food'
const ONLY_FOOD = { path: ['onlyDishTag'], message: 'counts dishes, so it goes with "of": "food" only' }

const benefit = z
  .strictObject({
    id: parts.id,
    title: parts.words,
    when: condition,
    amount,
    of: parts.part.exactOptional(),
    onlyDishTag: parts.id.exactOptional(),
    leastSelfPayFen: parts.amountFen.exactOptional(),
    limits,
    funders,
  })
  .refine(ofFood, ONLY_FOOD)

const discountFields = {
  id: parts.id,
  title: parts.words,
  when: condition,
  of: parts.part.exactOptional(),
  onlyDishTag: parts.id.exactOptional(),
} as const

const discount = parts.keyed<Discount>({
  multiplier: z
    .strictObject({
      ...discountFields,
      multiplier: parts.multiplier,
      capFen: parts.amountFen.exactOptional(),
    })
    .refine(ofFood, ONLY_FOOD),
  fixedFen: z.strictObject({ ...discountFields, fixedFen: parts.amountFen }).refine(ofFood, ONLY_FOOD),
})

const payment = z.strictObject({
  id: parts.id,
  title: parts.words,
  when: condition,
  amountFen: parts.amountFen,
  funderId: parts.id,
})

const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('discount'), discount }),
  z.strictObject({
    kind: z.literal('benefits'),
    combine: z.enum(['stack', 'best', 'first']),
    usedUp: z.literal('next').exactOptional(),
    benefits: z.array(benefit).min(1).max(MOST_STEPS),
    limits: limits.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('provider'), payment }),
])

const MOST_GRANTS = 9
const LONGEST_MONTHS = 24

/** Conditions on a meal, which nobody has when a grant is given. */
const OF_A_MEAL = [
  'mealPeriod',
  'channel',
  'time',
  'mealOfDay',
  'spend',
  'dishTag',
  'dish',
  'subsidised',
  'guest',
]

const grant = z.strictObject({
  id: parts.id,
  title: parts.words,
  when: condition.refine(
    (when) => !OF_A_MEAL.some((key) => JSON.stringify(when).includes(`"${key}":`)),
    `a grant asks about the member and the day, not about a meal: none of ${OF_A_MEAL.join(', ')}`,
  ),
  monthlyFen: parts.amountFen,
  months: z.int().min(1).max(LONGEST_MONTHS),
  funderId: parts.id,
  funderName: parts.words,
})

const MOST_YEARS = 20
const MOST_CLAIMS = 20

const claim = z.strictObject({
  funderId: parts.id,
  period: z.enum(['month', 'quarter', 'half-year', 'year']),
  dueDays: z.int().min(0).max(366),
  advanceFen: z
    .int()
    .min(1)
    .max(MOST_ADVANCE_FEN)
    .transform((value) => fen(value))
    .exactOptional(),
})

const reading = z.strictObject({
  id: parts.id,
  question: parts.words,
  taken: parts.words,
  at: z.string().min(1).max(200),
})

const packShape = z.strictObject({
  id: parts.id,
  version: z.int().min(1).max(1_000_000),
  title: parts.words,
  source: parts.text,
  standing: z.enum(['verified', 'news', 'demo']),
  area: parts.areaPath.exactOptional(),
  effectiveFrom: parts.date,
  effectiveTo: parts.date.nullable(),
  rounding: z.strictObject({ to: z.enum(['fen', 'jiao']), mode: z.enum(['half-up', 'down', 'up']) }),
  readings: z.array(reading).max(MOST_STEPS).exactOptional(),
  steps: z.array(step).min(1).max(MOST_STEPS),
  grants: z.array(grant).max(MOST_GRANTS).exactOptional(),
  calendar: z.array(parts.calendarYear).max(MOST_YEARS).exactOptional(),
  claims: z.array(claim).max(MOST_CLAIMS).exactOptional(),
})

/** One pack as data. Strict: a key or value it does not know is an error, never ignored. */
const policyPack: z.ZodType<PolicyPack> = packShape.superRefine((pack, context) => {
  const problem = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path, message })
  }
  if (pack.effectiveTo !== null && pack.effectiveTo < pack.effectiveFrom)
    problem(['effectiveTo'], 'is before effectiveFrom')
  for (const { path, message } of [...repeatedIds(pack), ...claimFaults(pack)]) problem(path, message)
  for (const [index, { at }] of (pack.readings ?? []).entries())
    if (!leadsSomewhere(pack, at)) problem(['readings', index, 'at'], `leads nowhere in this pack: ${at}`)
})

/** Ids of benefits, discounts and payments name steps of a quote and uses in the book: each stands once in a pack. */
function repeatedIds({
  steps,
  grants = [],
}: PolicyPack): readonly { path: (string | number)[]; message: string }[] {
  const seen = new Set<string>()
  const named = steps.flatMap((each, index): { id: string; path: (string | number)[] }[] => {
    if (each.kind === 'discount') return [{ id: each.discount.id, path: ['steps', index, 'discount', 'id'] }]
    if (each.kind === 'provider') return [{ id: each.payment.id, path: ['steps', index, 'payment', 'id'] }]
    return each.benefits.map(({ id }, at) => ({ id, path: ['steps', index, 'benefits', at, 'id'] }))
  })
  const given = grants.map(({ id }, at) => ({ id, path: ['grants', at, 'id'] }))
  return [...named, ...given].flatMap(({ id, path }) => {
    if (seen.has(id)) return [{ path, message: `'${id}' stands twice in this pack` }]
    seen.add(id)
    return []
  })
}

/** A claim is made of a funder that pays in this pack, once; a year stands once in its calendar. */
function claimFaults(pack: PolicyPack): readonly { path: (string | number)[]; message: string }[] {
  const { claims = [], calendar = [] } = pack
  const paying = payersOf(pack)
  const strangers = claims.flatMap(({ funderId }, index) => {
    const path = ['claims', index, 'funderId']
    if (!paying.has(funderId)) return [{ path, message: `'${funderId}' pays nothing in this pack` }]
    const first = claims.findIndex((other) => other.funderId === funderId) === index
    return first ? [] : [{ path, message: `'${funderId}' stands twice` }]
  })
  const twice = calendar.flatMap(({ year }, index) =>
    calendar.findIndex((other) => other.year === year) === index
      ? []
      : [{ path: ['calendar', index, 'year'], message: `${year} stands twice` }],
  )
  return [...strangers, ...twice]
}

/** Everybody who owes the canteen something under this pack, by id. */
function payersOf({ steps, grants = [] }: PolicyPack): ReadonlySet<string> {
  const ofMeals = steps.flatMap((each) => {
    if (each.kind === 'provider') return [each.payment.funderId]
    if (each.kind === 'discount') return []
    return each.benefits.flatMap((one) => one.funders.map(({ funderId }) => funderId))
  })
  return new Set([...ofMeals, ...grants.map(({ funderId }) => funderId)])
}

function leadsSomewhere(pack: unknown, path: string): boolean {
  let place: unknown = pack
  for (const key of path.split('.')) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return false
    place = Object.getOwnPropertyDescriptor(place, key)?.value
  }
  return true
}

/** One thing wrong with a pack, and where: 'steps.0.benefits.1.amount.fixedFen'. Empty path: the pack itself. */
export interface PolicyPackProblem {
  readonly path: string
  readonly message: string
}

export type PolicyPackOutcome =
  | { readonly kind: 'pack'; readonly pack: PolicyPack }
  | { readonly kind: 'refused'; readonly problems: readonly PolicyPackProblem[] }

/** A policy pack from data nobody has checked yet; every problem is named with its path, none throws. */
export function parsePolicyPack(input: unknown): PolicyPackOutcome {
  if (parts.isDeeperThan(input, DEEPEST_NESTING))
    return { kind: 'refused', problems: [{ path: '', message: 'nested too deep to be a policy' }] }
  const parsed = policyPack.safeParse(input)
  if (parsed.success) return { kind: 'pack', pack: parsed.data }
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return { kind: 'refused', problems }
}
