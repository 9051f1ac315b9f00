import type { Words } from '../../../shared/domain/menu.ts'

/** The small pictures there are. A dish without one gets a character of its name. */
export type DishKind =
  'fish' | 'meat' | 'egg' | 'tofu' | 'greens' | 'pumpkin' | 'rice' | 'soup' | 'noodles' | 'bun' | 'set'

/** First by what the dish is called, then by its tags: the name is what people expect to see. */
const BY_NAME: readonly (readonly [RegExp, DishKind])[] = [
  [/套餐/, 'set'],
  [/汤|羹/, 'soup'],
  [/粥|米饭|炒饭/, 'rice'],
  [/面条|汤面|拌面|米粉|粉丝|面$/, 'noodles'],
  [/馒头|包子|花卷|饼/, 'bun'],
  [/鱼香/, 'greens'],
  [/鱼|虾/, 'fish'],
  [/蛋/, 'egg'],
  [/豆腐/, 'tofu'],
  [/南瓜|红薯|玉米/, 'pumpkin'],
  [/肉|鸡|鸭|牛|羊|排骨/, 'meat'],
  [/菜|蔬|豆|瓜|土豆|茄/, 'greens'],
]

const BY_TAG: Readonly<Record<string, DishKind>> = {
  fish: 'fish',
  meat: 'meat',
  egg: 'egg',
  tofu: 'tofu',
  vegetable: 'greens',
  staple: 'rice',
  soup: 'soup',
  'set-meal': 'set',
}

export function dishKind(name: Words, tags: readonly string[]): DishKind | null {
  const named = BY_NAME.find(([pattern]) => pattern.test(name.zh))
  if (named !== undefined) return named[1]
  return tags.map((tag) => BY_TAG[tag]).find((kind) => kind !== undefined) ?? null
}
