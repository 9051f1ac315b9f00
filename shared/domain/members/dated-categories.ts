import { daysBetween } from '../calendar.ts'

/** A category of a member with the business dates on which it holds, both included; null is without a bound. */
export interface DatedCategory {
  readonly category: string
  readonly from: string | null
  readonly until: string | null
}

/** As an entry says it: the bare name holds without bounds, as all did before there were dates. */
export type RegisteredCategory = string | DatedCategory

/** A category that a member is registered with and that does not hold on the date. */
export interface LapsedCategory {
  readonly category: string
  /** The last date it held, or null when it has not begun. */
  readonly until: string | null
  /** The first date it will hold again, or null when none is registered. */
  readonly from: string | null
}

export interface StandingCategories {
  readonly categories: readonly string[]
  readonly lapsed: readonly LapsedCategory[]
}

export const datedCategory = (registered: RegisteredCategory): DatedCategory =>
  typeof registered === 'string' ? { category: registered, from: null, until: null } : registered

/** As it is written down: without dates the bare name, so that an entry says nothing that it need not. */
export const writtenCategory = (dated: DatedCategory): RegisteredCategory =>
  dated.from === null && dated.until === null ? dated.category : dated

/** Does it hold on this business date, YYYY-MM-DD? Both bounds count (SPEC ME-14). */
export const holdsOn = ({ from, until }: DatedCategory, date: string): boolean =>
  (from === null || from <= date) && (until === null || date <= until)

/**
 * Which categories hold on a business date, and which are registered but do not (SPEC ME-14). A category that was renewed
 * stands several times; it holds when one of its times does.
 */
export function categoriesOn(registered: readonly RegisteredCategory[], date: string): StandingCategories {
  const dated = registered.map(datedCategory)
  const names = [...new Set(dated.map(({ category }) => category))]
  const categories: string[] = []
  const lapsed: LapsedCategory[] = []
  for (const category of names) {
    const times = dated.filter((one) => one.category === category)
    if (times.some((one) => holdsOn(one, date))) categories.push(category)
    else lapsed.push({ category, until: lastBefore(times, date), from: firstAfter(times, date) })
  }
  return { categories, lapsed }
}

const lastBefore = (times: readonly DatedCategory[], date: string): string | null =>
  times
    .flatMap(({ until }) => (until !== null && until < date ? [until] : []))
    .toSorted()
    .at(-1) ?? null

const firstAfter = (times: readonly DatedCategory[], date: string): string | null =>
  times.flatMap(({ from }) => (from !== null && date < from ? [from] : [])).toSorted()[0] ?? null

/** A category that ends soon and that nothing registered continues. */
export interface RunningOut {
  readonly category: string
  readonly until: string
  /** 0 on its last day. */
  readonly daysLeft: number
}

/** What ends within `days` from this date on, the soonest first (SPEC ME-15). */
export function runningOut(
  registered: readonly RegisteredCategory[],
  date: string,
  days: number,
): readonly RunningOut[] {
  const dated = registered.map(datedCategory)
  return dated
    .flatMap(({ category, from, until }) => {
      if (until === null || !holdsOn({ category, from, until }, date)) return []
      const daysLeft = daysBetween(date, until)
      const goesOn = dated.some((other) => other.category === category && outlasts(other, until, date))
      return daysLeft > days || goesOn ? [] : [{ category, until, daysLeft }]
    })
    .toSorted((one, other) => one.daysLeft - other.daysLeft || (one.category < other.category ? -1 : 1))
}

/** Goes on after that date without a day between. */
const outlasts = ({ from, until }: DatedCategory, last: string, today: string): boolean =>
  (until === null || until > last) && (from === null || daysBetween(last, from) <= 1 || from <= today)
