import demo from '../policy-packs/demo.json' with { type: 'json' }
import guangzhou from '../policy-packs/guangzhou.json' with { type: 'json' }
import xiamen from '../policy-packs/xiamen.json' with { type: 'json' }
import zhuhaiXiangzhou from '../policy-packs/zhuhai-xiangzhou.json' with { type: 'json' }
import type { PolicyPack } from '../domain/policy/types.ts'
import { parsePolicyPack } from './policy-pack.ts'

/**
 * The packs that come with the product, checked like any other.
 *
 * @throws Error when one of them is broken: then this build is
 */
export function builtInPacks(): readonly PolicyPack[] {
  return [demo, guangzhou, xiamen, zhuhaiXiangzhou].map((data) => {
    const outcome = parsePolicyPack(data)
    if (outcome.kind === 'pack') return outcome.pack
    const problems = outcome.problems.map(({ path, message }) => `${path}: ${message}`)
    throw new Error(`built-in pack ${data.id} is broken: ${problems.join('; ')}`)
  })
}
