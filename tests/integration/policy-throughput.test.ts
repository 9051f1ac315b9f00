import { expect, test } from 'vitest'
import { packInForce, quote } from '../../shared/domain/policy/engine.ts'
import { goldenCases, shippedPacks } from '../fixtures/policy/golden.ts'

const QUOTES = 100_000
const ROUNDS = 3

/** Seconds of one core, so that a busy machine does not count. */
function coreSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

test('PO-11 100,000 quotes a second on one core, over the golden cases of the shipped packs', () => {
  const packs = shippedPacks()
  const meals = goldenCases().flatMap(({ pack, date, facts }) => {
    const found = packInForce(packs, pack, date)
    return found === null ? [] : [{ pack: found, facts }]
  })
  expect(meals.length).toBeGreaterThan(50)
  let paidFen = 0
  const quoteMany = (): void => {
    for (let made = 0; made < QUOTES;)
      for (const { pack, facts } of meals) {
        paidFen += quote(pack, facts).selfPayFen
        made += 1
      }
  }
  const perSecond = Array.from({ length: ROUNDS }, () => QUOTES / coreSeconds(quoteMany))
  expect(paidFen).toBeGreaterThan(0)
  expect(Math.max(...perSecond)).toBeGreaterThanOrEqual(100_000)
})
