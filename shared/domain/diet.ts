import type { Words } from './menu.ts'

/** What a dish may hold that makes somebody ill. A dish says it with a tag, `allergen-peanut`. */
export const ALLERGENS = {
  peanut: { zh: '花生', en: 'peanut' },
  nuts: { zh: '坚果', en: 'nuts' },
  sesame: { zh: '芝麻', en: 'sesame' },
  milk: { zh: '牛奶', en: 'milk' },
  egg: { zh: '鸡蛋', en: 'egg' },
  fish: { zh: '鱼', en: 'fish' },
  shellfish: { zh: '虾蟹贝', en: 'shellfish' },
  soy: { zh: '大豆', en: 'soy' },
  gluten: { zh: '麸质（小麦）', en: 'gluten (wheat)' },
  alcohol: { zh: '酒', en: 'alcohol' },
} as const satisfies { readonly [code: string]: Words }

/** What somebody keeps to. A dish that does not fit says it with a tag, `unfit-low-sugar`. */
export const DIETS = {
  'low-sugar': { zh: '少糖（糖尿病）', en: 'low sugar (diabetes)' },
  'low-salt': { zh: '少盐（高血压）', en: 'low salt (hypertension)' },
  'low-fat': { zh: '少油', en: 'low fat' },
  'low-purine': { zh: '低嘌呤（痛风）', en: 'low purine (gout)' },
  soft: { zh: '软食', en: 'soft food' },
  vegetarian: { zh: '吃素', en: 'vegetarian' },
  'no-pork': { zh: '不吃猪肉', en: 'no pork' },
} as const satisfies { readonly [code: string]: Words }

export type Allergen = keyof typeof ALLERGENS
export type Diet = keyof typeof DIETS

export const ALLERGEN_CODES = Object.keys(ALLERGENS) as readonly Allergen[]
export const DIET_CODES = Object.keys(DIETS) as readonly Diet[]

/** The tags of a dish that warn, with their words: what staff chooses from. */
export const WARNING_TAGS: ReadonlyMap<string, Words> = new Map([
  ...ALLERGEN_CODES.map((code): [string, Words] => [
    `allergen-${code}`,
    { zh: `含${ALLERGENS[code].zh}`, en: `contains ${ALLERGENS[code].en}` },
  ]),
  ...DIET_CODES.map((code): [string, Words] => [
    `unfit-${code}`,
    { zh: `不合${DIETS[code].zh}`, en: `not for ${DIETS[code].en}` },
  ]),
])

/** What a member may not or should not eat: health data, kept with her personal data alone. */
export interface EatingRules {
  readonly allergens?: readonly string[]
  readonly diets?: readonly string[]
}

/** One dish that does not suit her, and why. */
export interface DietWarning {
  readonly dishId: string
  readonly name: Words
  readonly why: Words
}

interface Served {
  readonly dishId: string
  readonly name: Words
  readonly tags: readonly string[]
}

/** Which of these dishes she is to be warned of, each reason once (SPEC CK-24). */
export function dietWarnings(rules: EatingRules, dishes: readonly Served[]): readonly DietWarning[] {
  const tags = [
    ...(rules.allergens ?? []).map((code) => `allergen-${code}`),
    ...(rules.diets ?? []).map((code) => `unfit-${code}`),
  ]
  const seen = new Set<string>()
  return dishes.flatMap(({ dishId, name, tags: own }) =>
    tags.flatMap((tag) => {
      const key = `${dishId}/${tag}`
      if (!own.includes(tag) || seen.has(key)) return []
      seen.add(key)
      return [{ dishId, name, why: WARNING_TAGS.get(tag) ?? { zh: tag, en: tag } }]
    }),
  )
}
