import { parsePolicyPack } from '../../../shared/contract/policy-pack.ts'
import type { QuoteCaseInput } from '../../../shared/contract/quote-case.ts'
import { addDays, isDate } from '../../../shared/domain/calendar.ts'
import type { Words } from '../../../shared/domain/menu.ts'
import { fenOfText } from '../../ui/yuan.ts'

/** One meal as it is being written down: text, before it is checked. */
export interface MealDraft {
  readonly guest: boolean
  readonly bornOn: string
  readonly categories: readonly string[]
  readonly household: string
  readonly residence: string
  readonly date: string
  readonly mealPeriod: 'breakfast' | 'lunch' | 'dinner'
  readonly channel: 'counter' | 'take-away' | 'delivery'
  readonly food: string
  readonly delivery: string
  readonly dishTags: readonly string[]
  /** Meals she ate earlier that day, subsidised or not. */
  readonly earlierMeals: number
  /** A benefit that she had before, how often that day and earlier that month, and how much each time. */
  readonly used: string | null
  readonly usedToday: number
  readonly usedBefore: number
  readonly usedAmount: string
}

/** Null while a date or an amount is none. */
export function mealOf(draft: MealDraft, canteen: string): QuoteCaseInput | null {
  const { bornOn, categories, household, residence, date, mealPeriod, channel, dishTags } = draft
  const foodFen = fenOfText(draft.food)
  const deliveryFen = channel === 'delivery' ? fenOfText(draft.delivery) : 0
  const uses = usesOf(draft)
  const isPerson = draft.guest || isDate(bornOn)
  if (foodFen === null || deliveryFen === null || uses === null || !isPerson || !isDate(date)) return null
  const member = draft.guest ? null : { bornOn, household, residence, categories: [...categories] }
  const before = draft.guest ? {} : { uses, earlierMeals: draft.earlierMeals }
  return {
    member,
    date,
    canteen,
    mealPeriod,
    channel,
    foodFen,
    deliveryFen,
    dishTags: [...dishTags],
    ...before,
  }
}

/** Earlier uses, each a meal of its own: those of the day at its breakfast, the others on another day of the month. */
function usesOf({
  used,
  usedToday,
  usedBefore,
  usedAmount,
  date,
}: MealDraft): NonNullable<QuoteCaseInput['uses']> | null {
  if (used === null || usedToday + usedBefore === 0) return []
  const amountFen = fenOfText(usedAmount)
  if (amountFen === null || !isDate(date)) return null
  const first = `${date.slice(0, 7)}-01`
  const otherDay = date === first ? addDays(first, 1) : first
  const use = (day: string, number: number) =>
    ({ benefit: used, date: day, mealPeriod: 'breakfast', amountFen, saleId: `${day}/${number}` }) as const
  return [
    ...Array.from({ length: usedToday }, (_, number) => use(date, number)),
    ...Array.from({ length: usedBefore }, (_, number) => use(otherDay, number)),
  ]
}

/** The benefits of a pack's text, by id; none of a text that is no pack. */
export function benefitsOf(packText: string): readonly { readonly id: string; readonly title: Words }[] {
  try {
    const parsed = parsePolicyPack(JSON.parse(packText))
    if (parsed.kind === 'refused') return []
    return parsed.pack.steps.flatMap((step) => (step.kind === 'benefits' ? step.benefits : []))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return []
  }
}
