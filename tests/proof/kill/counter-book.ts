import Sqlite from 'better-sqlite3'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { personKey } from '../../../electron/station/config/data-folder.ts'
import { systemClock } from '../../../electron/station/system.ts'
import { demoMenu } from '../../../electron/trial/demo/menu.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import type { Random } from '../../fixtures/random.ts'
import { MEMBER_COUNT, memberIdOf } from '../lunch.ts'
import { bookFileOf, openTill, payIn, setUpTill } from '../till.ts'
import type { Plate } from './counter-hand.ts'

/** Members with well-filled wallets, and a lane that sells one dish: plate and card are all it takes. */
export function seedCounterBook(data: string, random: Random): void {
  const book = openTill({ folder: data, random, clock: systemClock, personKey: personKey(data) })
  setUpTill(book)
  for (let number = 0; number < MEMBER_COUNT; number += 1) {
    const memberId = memberIdOf(number)
    payIn(book, { topUpId: `filled-${memberId}`, memberId, amountFen: 500_000 })
  }
  const weighing = { kind: 'fixed-dish', dishId: 'braised-fish' } as const
  book.append({ kind: 'menu.published', body: { menu: { ...demoMenu, version: 2, weighing } } }, 'proof')
  book.close()
}

/** What is wrong with the book that a killed station left: it reads only, the next start finds it untouched. */
export function lookInto(data: string, plates: readonly Plate[]): string[] {
  const faults = verifyBook(data).findings.map(({ rule, message }) => `${rule} ${message}`)
  const sold = soldByWeight(data)
  const placed = new Map(plates.map((plate) => [plate.netMg, plate]))
  for (const [netMg, saleIds] of sold) {
    if (saleIds.length > 1) faults.push(`the plate of ${netMg} mg was charged ${saleIds.length} times`)
    if (!placed.has(netMg)) faults.push(`a plate of ${netMg} mg was charged, but never placed`)
  }
  for (const { netMg, paidAs } of plates)
    if (paidAs !== null && sold.get(netMg)?.[0] !== paidAs)
      faults.push(
        `the plate of ${netMg} mg was shown as paid (${paidAs}), the book has ${String(sold.get(netMg))}`,
      )
  return faults
}

function soldByWeight(data: string): Map<number, string[]> {
  const db = new Sqlite(bookFileOf(data), { readonly: true })
  try {
    const sold = new Map<number, string[]>()
    const rows = db
      .prepare<[], { body: string }>("SELECT body FROM journal WHERE kind = 'sale.settled'")
      .all()
    for (const { body } of rows) {
      const { sale } = JSON.parse(body) as JournalBodies['sale.settled']
      for (const line of sale.lines)
        if (line.kind === 'weighed') sold.set(line.netMg, [...(sold.get(line.netMg) ?? []), sale.saleId])
    }
    return sold
  } finally {
    db.close()
  }
}
