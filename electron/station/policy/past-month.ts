import { addDays, workingDayOf, type WorkingCalendar } from '../../../shared/domain/calendar.ts'
import { canFold, type JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { categoriesOn } from '../../../shared/domain/members/dated-categories.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { MemberFacts } from '../../../shared/domain/member.ts'
import type { PastEvent, PastPart, PastSale } from '../../../shared/domain/policy/replay.ts'
import { basketDishes, basketTags } from '../../../shared/domain/pricing.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { ZERO_FEN } from '../../../shared/domain/units.ts'
import type { BookReader } from '../book/reader.ts'

/** What a sale's entry does not say about its meal. */
export interface MealPlace {
  readonly canteenArea: string
  readonly calendar: WorkingCalendar
}

/** The sales, voids and parts taken back of a month, in the order in which the book heard of them. */
export interface PastMonth {
  /** Those that were taken back among them. */
  readonly sales: number
  readonly events: () => Iterable<PastEvent>
}

/** What of each entry is read: not the words of a quote, which are most of a sale. */
const SALE_PARTS = [
  'saleId',
  'memberId',
  'memberAge',
  'businessDate',
  'mealPeriod',
  'lines',
  'minuteOfDay',
] as const
const QUOTE_PARTS = ['priceFen', 'discountFen', 'selfPayFen', 'benefits', 'providerPayments'] as const
const VOID_PARTS = ['saleId', 'reversed.memberId'] as const
const PART_PARTS = [
  'saleId',
  ...[
    'memberId',
    'priceFen',
    'discountFen',
    'walletFen',
    'cashFen',
    'funders',
    'providerPayments',
    'benefits',
  ].map((part) => `reversed.${part}`),
]
const MEMBER_PARTS = ['memberId', 'categories', 'householdArea', 'residenceArea'] as const

type SoldParts = [
  SaleDraft['saleId'],
  SaleDraft['memberId'],
  SaleDraft['memberAge'],
  SaleDraft['businessDate'],
  SaleDraft['mealPeriod'],
  SaleDraft['lines'],
  number | null,
  SaleDraft['quote']['priceFen'],
  SaleDraft['quote']['discountFen'],
  SaleDraft['quote']['selfPayFen'],
  SaleDraft['quote']['benefits'],
  SaleDraft['quote']['providerPayments'],
]
type PartParts = [
  string,
  string | null,
  number,
  number,
  number,
  number,
  PastPart['funders'],
  PastPart['providerPayments'],
  PastPart['benefits'],
]
type Registered = JournalBodies['member.registered']
type RegisteredParts = [
  Registered['memberId'],
  Registered['categories'],
  Registered['householdArea'],
  Registered['residenceArea'],
]
type Standing = Pick<Registered, 'categories' | 'householdArea' | 'residenceArea'>

interface Row {
  readonly origin: string
  readonly kind: string
  readonly version: number
  readonly parts: string
}

const columns = (paths: readonly string[]): string =>
  `hlc, journal.origin AS origin, kind, version,
   json_extract(body, ${paths.map((path) => `'$.${path}'`).join(', ')}) AS parts`

const SOLD = columns([
  ...SALE_PARTS.map((part) => `sale.${part}`),
  ...QUOTE_PARTS.map((part) => `sale.quote.${part}`),
])

/**
 * Sales by the runs of the month's days in each journal; their voids and parts, whenever they were; and who was registered with what,
 * from the first day on, by the words of the index that leaves sales out. In the order of the hybrid clock, which no device
 * clock sets back.
 */
const EVENTS = `
  SELECT ${SOLD}
  FROM (SELECT origin, first_seq,
      (SELECT min(later.first_seq) FROM day_runs AS later
       WHERE later.origin = run.origin AND later.first_seq > run.first_seq) AS next_seq
    FROM day_runs AS run WHERE business_date >= :from AND business_date < :to) AS run
  CROSS JOIN journal ON journal.origin = run.origin AND journal.seq >= run.first_seq
    AND journal.seq < coalesce(run.next_seq, ${Number.MAX_SAFE_INTEGER})
  WHERE kind = 'sale.settled'
  UNION ALL
  SELECT ${columns(VOID_PARTS)} FROM voids
  CROSS JOIN journal ON journal.origin = voids.origin AND journal.seq = voids.seq
  WHERE sold_on >= :from AND sold_on < :to
  UNION ALL
  SELECT ${columns(PART_PARTS)} FROM part_reversals
  CROSS JOIN journal ON journal.origin = part_reversals.origin AND journal.seq = part_reversals.seq
  WHERE sold_on >= :from AND sold_on < :to
  UNION ALL
  SELECT ${columns(MEMBER_PARTS)} FROM journal WHERE kind <> 'sale.settled' AND kind = 'member.registered'
  ORDER BY hlc, origin`

const VOIDED = 'SELECT sale_id FROM voids WHERE sold_on >= :from AND sold_on < :to'
const PARTED = 'SELECT DISTINCT sale_id FROM part_reversals WHERE sold_on >= :from AND sold_on < :to'
const MEALS = `SELECT coalesce(sum(meals), 0) AS meals FROM day_periods
  WHERE business_date >= :from AND business_date < :to`

interface Span {
  readonly from: string
  /** The first day that is no longer part of it. */
  readonly to: string
}

/**
 * A month of the book for a replay (SPEC PO-12). Each sale comes with the facts of its own moment: the age that its entry
 * says, the categories and areas that the member was registered with then, the tags of its dishes. Channel, canteen and
 * working day are the ones of every counter sale: eaten in, in this canteen, by the calendar.
 *
 * @param month YYYY-MM
 */
export function pastMonth(reader: Pick<BookReader, 'statement'>, month: string, place: MealPlace): PastMonth {
  const from = `${month}-01`
  const span = { from, to: `${addDays(from, 31).slice(0, 7)}-01` }
  const meals = reader.statement<[Span], { readonly meals: number }>(MEALS).get(span)?.meals ?? 0
  return { sales: meals, events: () => eventsIn(reader, span, new Facts(place)) }
}

function* eventsIn(reader: Pick<BookReader, 'statement'>, span: Span, facts: Facts): Generator<PastEvent> {
  const voided = saleIds(reader, VOIDED, span)
  const parted = saleIds(reader, PARTED, span)
  for (const { origin, kind, version, parts } of reader.statement<[Span], Row>(EVENTS).iterate(span)) {
    // An entry that waits for a newer program is in the journal and is no sale yet (SPEC LG-15).
    if (!canFold(kind, version)) continue
    const read: unknown = JSON.parse(parts)
    if (kind === 'sale.settled') {
      const sale = facts.pastSale(read as SoldParts, stationOf(origin))
      yield {
        kind: 'sold',
        sale: { ...sale, voided: voided.has(sale.saleId), parted: parted.has(sale.saleId) },
      }
    } else if (kind === 'sale.voided') {
      const [saleId, memberId] = read as [string, string | null]
      yield { kind: 'voided', saleId, memberId }
    } else if (kind === 'sale.part-reversed') {
      yield { kind: 'part', part: pastPart(read as PartParts) }
    } else facts.register(read as RegisteredParts)
  }
}

function saleIds(reader: Pick<BookReader, 'statement'>, sql: string, span: Span): ReadonlySet<string> {
  const rows = reader.statement<[Span], { readonly sale_id: string }>(sql).all(span)
  return new Set(rows.map((row) => row.sale_id))
}

function pastPart([
  saleId,
  memberId,
  priceFen,
  discountFen,
  walletFen,
  cashFen,
  ...back
]: PartParts): PastPart {
  const [funders, providerPayments, benefits] = back
  const selfPayFen = walletFen + cashFen
  return { saleId, memberId, priceFen, discountFen, selfPayFen, funders, providerPayments, benefits }
}

const UNREGISTERED: Standing = { categories: [], householdArea: '', residenceArea: '' }

/** What was true of members and days while the month is gone through. */
class Facts {
  readonly #place: MealPlace
  readonly #members = new Map<string, Standing>()
  readonly #workingDays = new Map<string, boolean>()

  constructor(place: MealPlace) {
    this.#place = place
  }

  register([memberId, categories, householdArea, residenceArea]: RegisteredParts): void {
    this.#members.set(memberId, { categories, householdArea, residenceArea })
  }

  pastSale(parts: SoldParts, stationId: string): Omit<PastSale, 'voided'> {
    const [saleId, memberId, memberAge, businessDate, mealPeriod, lines, minuteOfDay, priceFen, ...quoted] =
      parts
    const [discountFen, selfPayFen, benefits, providerPayments] = quoted
    return {
      saleId,
      stationId,
      quote: { priceFen, discountFen, selfPayFen, benefits, providerPayments },
      facts: {
        businessDate,
        mealPeriod,
        workingDay: this.#isWorkingDay(businessDate),
        channel: 'counter',
        canteenArea: this.#place.canteenArea,
        foodFen: priceFen,
        deliveryFen: ZERO_FEN,
        dishTags: basketTags(lines),
        dishes: basketDishes(lines),
        ...(minuteOfDay === null ? {} : { minuteOfDay }),
        member: memberId === null ? null : this.#memberOf(memberId, memberAge ?? 0, businessDate),
      },
    }
  }

  #memberOf(memberId: string, age: number, businessDate: string): MemberFacts {
    const { categories, householdArea, residenceArea } = this.#members.get(memberId) ?? UNREGISTERED
    const standing = categoriesOn(categories, businessDate)
    return { memberId, bornOn: bornForAge(age, businessDate), ...standing, householdArea, residenceArea }
  }

  #isWorkingDay(date: string): boolean {
    const known = this.#workingDays.get(date)
    if (known !== undefined) return known
    const { workingDay } = workingDayOf(this.#place.calendar, date)
    this.#workingDays.set(date, workingDay)
    return workingDay
  }
}

/**
 * A birthday of somebody that old on the date. The journal knows ages and no birthdays, and a pack asks for nothing else, so
 * a month can be replayed of people who were erased meanwhile.
 */
const bornForAge = (age: number, date: string): string =>
  `${String(Number(date.slice(0, 4)) - age).padStart(4, '0')}-01-01`
