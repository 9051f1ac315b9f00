import type { PolicyPack } from './types.ts'

const known = new WeakMap<PolicyPack, boolean>()

/** Does the pack ask for the time of a meal? Then a sale keeps it, so that its quote can be made again. */
export function asksForTime(pack: PolicyPack): boolean {
  const answered = known.get(pack)
  if (answered !== undefined) return answered
  // Words of a pack cannot say this: a quotation mark within them is written with a backslash.
  const asks = JSON.stringify(pack).includes('"time":{')
  known.set(pack, asks)
  return asks
}

const categoriesAsked = new WeakMap<PolicyPack, ReadonlySet<string>>()

/** Does any condition of the pack ask for this category? */
export function asksForCategory(pack: PolicyPack, category: string): boolean {
  const asked = categoriesAsked.get(pack) ?? new Set(namedIn(JSON.stringify(pack)))
  categoriesAsked.set(pack, asked)
  return asked.has(category)
}

const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/"category":"([^"]*)"/g)].map(([, category = '']) => category)
