import { parsePolicyPack } from '../../shared/contract/policy-pack.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'
import demo from '../../shared/policy-packs/demo.json' with { type: 'json' }
import guangzhou from '../../shared/policy-packs/guangzhou.json' with { type: 'json' }
import xiamen from '../../shared/policy-packs/xiamen.json' with { type: 'json' }
import zhuhai from '../../shared/policy-packs/zhuhai.json' with { type: 'json' }
import type { Book } from './book/book.ts'

/** The packs that come with the product, checked like any other. @throws Error when one of them is not valid. */
export function shippedPacks(): readonly PolicyPack[] {
  return [demo, guangzhou, xiamen, zhuhai].map((data) => {
    const parsed = parsePolicyPack(data)
    if (parsed.kind === 'pack') return parsed.pack
    throw new Error(`a shipped pack is not valid: ${JSON.stringify(parsed.problems)}`)
  })
}

/** Publishes the shipped packs that this book does not hold yet. */
export function publishShippedPacks(book: Book): void {
  const held = new Set(book.policyPacks().map(({ id, version }) => `${id}/${version}`))
  for (const pack of shippedPacks())
    if (!held.has(`${pack.id}/${pack.version}`))
      book.append({ kind: 'policy.published', body: { pack } }, 'station')
}
