import { z } from 'zod'
import type { Amount, FunderShare, PolicyPack } from '../domain/policy/types.ts'
import { condition } from './policy-condition.ts'
import * as parts from './policy-pack-parts.ts'

const MOST_STEPS = 50
const DEEPEST_NESTING = 60

const amount = parts.keyed<Amount>({
  fixedFen: z.strictObject({ fixedFen: parts.amountFen }),
  percent: z.strictObject({ percent: parts.rate, capFen: parts.amountFen.exactOptional() }),
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

const benefit = z.strictObject({
  id: parts.id,
  title: parts.words,
  when: condition,
  amount,
  of: parts.part.exactOptional(),
  limits,
  funders,
})

const discount = z.strictObject({
  id: parts.id,
  title: parts.words,
  when: condition,
  multiplier: parts.multiplier,
  of: parts.part.exactOptional(),
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
    benefits: z.array(benefit).min(1).max(MOST_STEPS),
    limits: limits.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('provider'), payment }),
])

const MOST_GRANTS = 9
const LONGEST_MONTHS = 24

/** Conditions on a meal, which nobody has when a grant is given. */
const OF_A_MEAL = ['mealPeriod', 'channel', 'mealOfDay', 'spend', 'dishTag', 'subsidised', 'guest']

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
})

/** One pack as data. Strict: a key or value it does not know is an error, never ignored. */
const policyPack: z.ZodType<PolicyPack> = packShape.superRefine((pack, context) => {
  const problem = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path, message })
  }
  if (pack.effectiveTo !== null && pack.effectiveTo < pack.effectiveFrom)
    problem(['effectiveTo'], 'is before effectiveFrom')
  for (const { path, message } of repeatedIds(pack)) problem(path, message)
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
