import type { Words } from '../../../shared/domain/menu.ts'
import type { FunderShare, PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { BookReader } from '../book/reader.ts'

const itself = (id: string): Words => ({ zh: id, en: id })

/** The dish sold by weight where everything has one price; it stands in no library. */
const BUFFET = 'buffet'

/** A dish by its name in the library; by its id where nobody gave it one. */
export function dishName(reader: BookReader, dishId: string): Words {
  const row = reader
    .statement<[string], { name: string }>('SELECT name FROM dishes WHERE dish_id = ?')
    .get(dishId)
  if (row !== undefined) return JSON.parse(row.name) as Words
  return dishId === BUFFET ? { zh: '自选称重', en: 'Buffet by weight' } : itself(dishId)
}

/** What the policy packs call those who pay; the newest version of a pack has the last word. */
export function funderNames(reader: BookReader): (funderId: string) => Words {
  const names = new Map<string, Words>()
  for (const { body } of reader.queries.policyPacks.all()) {
    const pack = JSON.parse(body) as PolicyPack
    for (const { funderId, name } of fundersOf(pack)) names.set(funderId, name)
    for (const { funderId, funderName } of pack.grants ?? []) names.set(funderId, funderName)
  }
  return (funderId) => names.get(funderId) ?? itself(funderId)
}

/** Each share of each benefit of a pack. */
export const fundersOf = ({ steps }: PolicyPack): readonly FunderShare[] =>
  steps.flatMap((step) => (step.kind === 'benefits' ? step.benefits.flatMap(({ funders }) => funders) : []))
