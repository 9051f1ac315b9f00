import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyBook } from '../../electron/station/book/verify-book.ts'
import { LUNCH } from '../../electron/trial/lunch/script.ts'
import { serveLunch, type LunchSummary } from '../../electron/trial/lunch/serve.ts'

const OUT = join(import.meta.dirname, '..', '..', 'out', 'e2e')

/** What the six sales of the scripted lunch come to, newest first: who, price, subsidy, self-pay, of it cash; in fen. */
const SOLD = [
  [null, 300, 0, 300, 300],
  ['黄奶奶', 1200, 500, 700, 0],
  ['王依姆', 1664, 300, 1364, 914],
  ['陈阿公', 1248, 500, 748, 0],
  ['林依姆', 1380, 300, 1080, 0],
]

for (const size of ['1920x1080', '1280x800'])
  describe(`a scripted lunch at ${size}`, () => {
    const folder = join(OUT, size)
    let summary: LunchSummary

    beforeAll(async () => {
      summary = await serveLunch({ size, folder, say: () => undefined })
    }, 180_000)

    test('CK-2 CK-7 CK-18 every sale came to what its rules say, to the fen', () => {
      expect(
        summary.sales.map((sale) => [
          sale.displayName,
          sale.priceFen,
          sale.subsidyFen,
          sale.selfPayFen,
          sale.cashFen,
        ]),
      ).toEqual(SOLD)
    })

    test('LG-3 the day’s totals are the sums of its sales', () => {
      const sum = (key: 'priceFen' | 'subsidyFen' | 'cashFen') =>
        summary.sales.reduce((total, sale) => total + sale[key], 0)
      expect(summary.totals).toMatchObject({
        meals: SOLD.length,
        priceFen: sum('priceFen'),
        subsidyFen: sum('subsidyFen'),
        cashFen: sum('cashFen'),
      })
    })

    test('LG-8 the book replays to the same tables', () => {
      const report = verifyBook(join(folder, 'data', 'trial', 'book.sqlite'))
      expect(report.findings).toEqual([])
      expect(report.entries).toBe(summary.entries)
    })

    test('CK-17 both screens were photographed after every scene', () => {
      expect(summary.pictures).toHaveLength(LUNCH.length * 2)
      for (const picture of summary.pictures) {
        expect(existsSync(picture)).toBe(true)
        expect(statSync(picture).size).toBeGreaterThan(10_000)
      }
    })
  })
