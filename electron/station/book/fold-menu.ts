import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import type { KnownEntry } from '../../../shared/domain/journal/entry.ts'
import { physicalMsOf } from '../../../shared/domain/journal/hybrid-clock.ts'
import type { FoldStatements } from './fold-statements.ts'

type MenuEntry = Extract<
  KnownEntry,
  { kind: 'menu.published' | 'dish.saved' | 'price.set' | 'menu.planned' | 'dish.sold-out' }
>

/** Dishes, prices and plans: the last writer's, by hybrid logical clock. */
export function foldMenu(run: FoldStatements, entry: MenuEntry): void {
  const { hlc, origin } = entry
  switch (entry.kind) {
    case 'menu.published': {
      const { menu } = entry.body
      run.menu.run(menu.id, canonicalJson(menu), hlc, origin)
      for (const { id, name, tags, emoji, pricing, priceVersion } of menu.dishes) {
        run.dish.run(id, canonicalJson(name), canonicalJson(tags), emoji, 0, hlc, origin)
        run.price.run(id, physicalMsOf(hlc), canonicalJson(pricing), priceVersion, hlc, origin)
      }
      break
    }
    case 'dish.saved': {
      const { dishId, name, tags, emoji, retired } = entry.body
      const isRetired = retired ? 1 : 0
      run.dish.run(dishId, canonicalJson(name), canonicalJson(tags), emoji, isRetired, hlc, origin)
      break
    }
    case 'price.set': {
      const { dishId, effectiveFromMs, pricing, priceVersion } = entry.body
      run.price.run(dishId, effectiveFromMs, canonicalJson(pricing), priceVersion, hlc, origin)
      break
    }
    case 'menu.planned': {
      const { businessDate, mealPeriod, dishIds } = entry.body
      run.menuPlan.run(businessDate, mealPeriod, canonicalJson(dishIds), hlc, origin)
      break
    }
    case 'dish.sold-out': {
      const { businessDate, mealPeriod, dishId, soldOut } = entry.body
      run.soldOut.run(businessDate, mealPeriod, dishId, soldOut ? 1 : 0, hlc, origin)
    }
  }
}
