import { parsePolicyPack } from '../../shared/contract/policy-pack.ts'
import { isOwnPack } from '../../shared/domain/policy/packs.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'
import beijing from '../../shared/policy-packs/beijing.json' with { type: 'json' }
import demo from '../../shared/policy-packs/demo.json' with { type: 'json' }
import fuzhou from '../../shared/policy-packs/fuzhou.json' with { type: 'json' }
import guangzhou from '../../shared/policy-packs/guangzhou.json' with { type: 'json' }
import hefei from '../../shared/policy-packs/hefei.json' with { type: 'json' }
import huizhou from '../../shared/policy-packs/huizhou.json' with { type: 'json' }
import jinan from '../../shared/policy-packs/jinan.json' with { type: 'json' }
import kaifu from '../../shared/policy-packs/kaifu.json' with { type: 'json' }
import nanjing1 from '../../shared/policy-packs/nanjing-1.json' with { type: 'json' }
import nanjing2 from '../../shared/policy-packs/nanjing-2.json' with { type: 'json' }
import qingbo from '../../shared/policy-packs/qingbo.json' with { type: 'json' }
import shangcheng from '../../shared/policy-packs/shangcheng.json' with { type: 'json' }
import shenzhen from '../../shared/policy-packs/shenzhen.json' with { type: 'json' }
import xiahuang from '../../shared/policy-packs/xiahuang.json' with { type: 'json' }
import xiamen from '../../shared/policy-packs/xiamen.json' with { type: 'json' }
import yuhua from '../../shared/policy-packs/yuhua.json' with { type: 'json' }
import zengcheng from '../../shared/policy-packs/zengcheng.json' with { type: 'json' }
import zhuhai from '../../shared/policy-packs/zhuhai.json' with { type: 'json' }
import zhushan from '../../shared/policy-packs/zhushan.json' with { type: 'json' }
import zhushanCategoryFirst from '../../shared/policy-packs/zhushan-category-first.json' with { type: 'json' }
import type { Book } from './book/book.ts'

const SHIPPED = [
  beijing,
  demo,
  fuzhou,
  guangzhou,
  hefei,
  huizhou,
  jinan,
  kaifu,
  nanjing1,
  nanjing2,
  qingbo,
  shangcheng,
  shenzhen,
  xiahuang,
  xiamen,
  yuhua,
  zengcheng,
  zhuhai,
  zhushan,
  zhushanCategoryFirst,
]

/** The packs that come with the product, checked like any other. @throws Error when one of them is not valid. */
export function shippedPacks(): readonly PolicyPack[] {
  return SHIPPED.map((data) => {
    const parsed = parsePolicyPack(data)
    if (parsed.kind === 'pack') return parsed.pack
    throw new Error(`a shipped pack is not valid: ${JSON.stringify(parsed.problems)}`)
  })
}

/**
 * Publishes those versions of the canteen's own shipped packs that this book does not hold yet; of a pack that is not shipped,
 * nothing.
 */
export function publishShippedPacks(book: Book, own: string, canteenArea: string): void {
  const held = new Set(book.policyPacks().map(({ id, version }) => `${id}/${version}`))
  for (const pack of shippedPacks())
    if (isOwnPack(pack, own, canteenArea) && !held.has(`${pack.id}/${pack.version}`))
      book.append({ kind: 'policy.published', body: { pack } }, 'station')
}
