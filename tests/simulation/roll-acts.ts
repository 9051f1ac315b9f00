import type { Database } from 'better-sqlite3'
import type { DishPricing, MealPeriod } from '../../shared/domain/menu.ts'
import { never } from './acts.ts'
import { readingBook } from './book-audit.ts'
import { DEPOSIT_FEN, type Roll, type Senior } from './canteen.ts'
import type { Act, Booked } from './desk.ts'
import type { LedgerModel } from './ledger-model.ts'
import { Violation } from './violation.ts'

/** What stands in a book is the newest word about a person, a card or a meal: said twice it is the same. */
const STATE: Booked = { businessDate: '', body: null }

const state = (name: string, role: Act['role'], inBook: (db: Database) => boolean) => ({
  name,
  role,
  approved: false,
  inBook: (db: Database) => (inBook(db) ? STATE : null),
  refused: never(name),
})

const cardIs = (db: Database, uid: string, wanted: 'valid' | 'lost'): boolean =>
  db.prepare('SELECT 1 FROM cards WHERE uid = ? AND state = ?').get(uid, wanted) !== undefined

const AREA = { householdArea: '35', residenceArea: '35' }

const formOf = ({ name, bornOn }: Pick<Senior, 'name' | 'bornOn'>, categories: string[]) => ({
  fullName: name,
  formOfAddress: name,
  idNumber: null,
  bornOn,
  phone: null,
  categories,
  ...AREA,
})

export function register(roll: Roll, senior: Senior): Act {
  const { memberId } = senior
  roll.expect(senior)
  return {
    ...state(
      'register',
      'cashier',
      (db) => db.prepare('SELECT 1 FROM members WHERE member_id = ?').get(memberId) !== undefined,
    ),
    ask: (client) => client.members.register({ memberId, person: formOf(senior, []) }),
    booked() {
      roll.seniors.push(senior)
    },
  }
}

/** Another category, which changes no subsidy of the demo pack. */
export function changeMember({ memberId, ...senior }: Senior, category: string): Act {
  return {
    ...state(
      'change-member',
      'cashier',
      (db) =>
        db
          .prepare<[string], { categories: string }>('SELECT categories FROM members WHERE member_id = ?')
          .get(memberId)?.categories === JSON.stringify([category]),
    ),
    ask: (client) => client.members.change({ memberId, person: formOf(senior, [category]) }),
    booked: () => undefined,
  }
}

/** Each card is new, so that what was paid for it is known by the card. */
const takeDeposit = (model: LedgerModel, uid: string): void =>
  model.apply({ act: 'deposit', id: uid, uid, amountFen: DEPOSIT_FEN })

export function issueCard(model: LedgerModel, senior: Senior, uid: string): Act {
  return {
    ...state('issue-card', 'cashier', (db) => cardIs(db, uid, 'valid')),
    ask: (client) => client.members.issueCard({ memberId: senior.memberId, uid }),
    booked() {
      takeDeposit(model, uid)
      senior.cardUid = uid
      senior.cardLost = false
    },
  }
}

export function reportLost(senior: Senior): Act {
  const uid = senior.cardUid
  return {
    ...state('report-lost', 'cashier', (db) => cardIs(db, uid, 'lost')),
    ask: (client) => client.members.reportLost({ uid }),
    booked() {
      senior.cardLost = true
    },
  }
}

export function takeBackLost(senior: Senior): Act {
  const uid = senior.cardUid
  return {
    ...state('found-again', 'cashier', (db) => cardIs(db, uid, 'valid')),
    ask: (client) => client.members.takeBackLost({ uid }),
    booked() {
      senior.cardLost = false
    },
  }
}

/** @throws Violation when a card of before is still good beside the new one (SPEC ME-6). */
export function reissueCard(model: LedgerModel, senior: Senior, newUid: string): Act {
  const { memberId } = senior
  return {
    ...state('reissue', 'cashier', (db) => {
      if (!cardIs(db, newUid, 'valid')) return false
      const valid = db
        .prepare<[string], { cards: number }>(
          "SELECT count(*) AS cards FROM cards WHERE member_id = ? AND state = 'valid'",
        )
        .get(memberId)
      if (valid?.cards !== 1) throw new Violation('ME-6', `${memberId} has ${valid?.cards} valid cards`)
      return true
    }),
    ask: (client) => client.members.reissueCard({ memberId, newUid }),
    booked() {
      takeDeposit(model, newUid)
      senior.cardUid = newUid
      senior.cardLost = false
    },
  }
}

/** Who is known, and whose each card is, as a book says that was put back. */
export function rollFrom(folder: string, roll: Roll): void {
  readingBook(folder, (db) => {
    const cards = db.prepare<[string], { uid: string; state: string }>(
      'SELECT uid, state FROM cards WHERE member_id = ? ORDER BY state DESC, uid DESC LIMIT 1',
    )
    const known = db.prepare<[string]>(
      'SELECT 1 FROM members JOIN persons USING (member_id) WHERE member_id = ? AND length(sealed) > 0',
    )
    roll.seniors = roll.seniors.filter(({ memberId }) => known.get(memberId) !== undefined)
    for (const senior of roll.seniors) {
      const card = cards.get(senior.memberId)
      senior.cardUid = card?.uid ?? ''
      senior.cardLost = card?.state !== 'valid'
    }
  })
}

interface Price {
  readonly dishId: string
  readonly pricing: DishPricing
  readonly effectiveFromMs: number
}

/** @param set told the price's version once it is in the book */
export function setPrice(price: Price, set: (priceVersion: number) => void, gone: () => void): Act {
  const { dishId, effectiveFromMs } = price
  return {
    name: 'price',
    role: 'manager',
    approved: false,
    ask: (client) => client.menus.setPrice({ ...price, pricing: asked(price.pricing) }),
    inBook(db) {
      const row = db
        .prepare<[string, number], { price_version: number }>(
          'SELECT price_version FROM prices WHERE dish_id = ? AND effective_from_ms = ?',
        )
        .get(dishId, effectiveFromMs)
      return row === undefined ? null : { businessDate: '', body: row.price_version }
    },
    booked: ({ body }) => set(Number(body)),
    dropped: gone,
    refused(code) {
      if (code !== 'IN_THE_PAST') never('price')(code)
    },
  }
}

/** As the contract takes it: lists of its own. */
const asked = (pricing: DishPricing) =>
  pricing.kind === 'set-meal' ? { ...pricing, parts: pricing.parts.map((part) => ({ ...part })) } : pricing

interface Meal {
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
}

export function setPlan(meal: Meal, dishIds: readonly string[], booked: () => void): Act {
  const { businessDate, mealPeriod } = meal
  return {
    ...state('plan', 'cashier', (db) => {
      const row = db
        .prepare<[string, string], { dish_ids: string }>(
          'SELECT dish_ids FROM menu_plans WHERE business_date = ? AND meal_period = ?',
        )
        .get(businessDate, mealPeriod)
      return row?.dish_ids === JSON.stringify(dishIds)
    }),
    ask: (client) => client.menus.setPlan({ ...meal, dishIds: [...dishIds] }),
    booked,
  }
}

export function setSoldOut(meal: Meal, dishId: string, soldOut: boolean, booked: () => void): Act {
  const { businessDate, mealPeriod } = meal
  return {
    ...state('sold-out', 'cashier', (db) => {
      const row = db
        .prepare<[string, string, string], { sold_out: number }>(
          'SELECT sold_out FROM sold_out WHERE business_date = ? AND meal_period = ? AND dish_id = ?',
        )
        .get(businessDate, mealPeriod, dishId)
      return (row?.sold_out ?? 0) === (soldOut ? 1 : 0)
    }),
    ask: (client) => client.menus.setSoldOut({ ...meal, dishId, soldOut }),
    booked,
  }
}
