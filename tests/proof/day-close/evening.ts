/**
 * Sells a little and closes the day, day after day, and tells on descriptor 3 what it is about to close and what came of
 * it. Started by the proof as a process of its own: `node evening.ts '{"folder": …}'`.
 */
import { writeSync } from 'node:fs'
import type { Book } from '../../../electron/station/book/book.ts'
import { closeDay } from '../../../electron/station/day/close.ts'
import { drawerNow } from '../../../electron/station/day/drawer.ts'
import { dayAfter } from '../../../shared/domain/calendar.ts'
import { fen } from '../../../shared/domain/units.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { mealFor, seededIds } from '../lunch.ts'
import { handClock, openTill, setUpTill } from '../till.ts'
import { FIRST_DATE, noonOf, type EveningPlan, type EveningTold } from './plan.ts'

const plan = JSON.parse(process.argv[2] ?? '') as EveningPlan
const random = seededRandom(plan.seed)
const clock = handClock()

const tell = (telling: EveningTold): void => {
  writeSync(3, `${JSON.stringify(telling)}\n`)
}

function sellSome(book: Book, businessDate: string, saleIds: () => string): void {
  for (let guest = random.integer(1, 3); guest > 0; guest -= 1) {
    const seat = { saleId: saleIds(), memberNumber: null, businessDate, mealPeriod: 'lunch' } as const
    const outcome = book.settle(mealFor(seat, random))
    if (outcome.kind !== 'settled') throw new Error(`a guest's cash was ${JSON.stringify(outcome)}`)
  }
}

function close(book: Book, businessDate: string): void {
  tell({ closing: businessDate })
  const outcome = book.write((file, append) => {
    const { expectedFen } = drawerNow(file)
    const request = {
      businessDate,
      countedFen: fen(expectedFen + random.integer(0, 3) * 10),
      floatFen: fen(Math.min(expectedFen, 1_000)),
      explanation: '找错',
      closedBy: 's-1',
    }
    return closeDay(file, append, request, { today: businessDate, hindrance: null, actor: 'staff:s-1' })
  })
  if (outcome.kind !== 'closed') throw new Error(`${businessDate} was not closed: ${JSON.stringify(outcome)}`)
  tell({ closed: businessDate, headHash: outcome.close.headHash })
}

const book = openTill({ folder: plan.folder, random: random.fork('till'), clock })
const ids = seededIds(random.fork('sales'), () => clock.nowMs())
if (book.policyPacks().length === 0) setUpTill(book)
const closedThrough = book.read(({ head }) => head.closedThrough)
let date = closedThrough === null ? FIRST_DATE : dayAfter(closedThrough)
for (let evening = 0; plan.evenings === null || evening < plan.evenings; evening += 1) {
  clock.set(noonOf(date))
  sellSome(book, date, () => ids.next())
  close(book, date)
  if (random.chance(0.3)) book.checkpoint()
  date = dayAfter(date)
}
book.close()
