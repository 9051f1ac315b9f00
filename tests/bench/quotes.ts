import { packInForce, quote } from '../../shared/domain/policy/engine.ts'
import { goldenCases, shippedPacks } from '../fixtures/policy/golden.ts'
import { atLeast, coreSeconds, median, type Measurement } from './measurement.ts'

const QUOTES = 100_000
const ROUNDS = 5

/** Quotes on one core, over the golden cases of all the packs that come with the product. */
export function quotesPerSecond(): Measurement[] {
  const packs = shippedPacks()
  const meals = goldenCases().flatMap(({ pack, date, facts }) => {
    const found = packInForce(packs, pack, date)
    return found === null ? [] : [{ pack: found, facts }]
  })
  let paidFen = 0
  const quoteMany = (): void => {
    for (let made = 0; made < QUOTES;)
      for (const { pack, facts } of meals) {
        paidFen += quote(pack, facts).selfPayFen
        made += 1
      }
  }
  const perSecond = Array.from({ length: ROUNDS }, () => QUOTES / coreSeconds(quoteMany))
  if (paidFen <= 0) throw new Error('nobody paid anything')
  return [atLeast('quotes-per-second', median(perSecond), 'quotes/s', 100_000)]
}
