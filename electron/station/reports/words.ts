import type { TopUpSource } from '../../../shared/domain/journal/entry.ts'
import type { MealPeriod } from '../../../shared/domain/menu.ts'
import type { VoidReason } from '../../../shared/domain/sale.ts'
import type { DrawerReckoning } from '../../../shared/contract/day.ts'
import type { MoneySums } from '../../../shared/contract/reports.ts'

/** The words of the files. They are read by the office that pays the subsidy, so they are Chinese whatever the screens say. */

export const MEAL_WORDS: { readonly [Period in MealPeriod]: string } = {
  breakfast: '早餐',
  lunch: '午餐',
  dinner: '晚餐',
}

export const REASON_WORDS: { readonly [Reason in VoidReason]: string } = {
  'wrong-dish': '菜选错了',
  'wrong-weight': '称错了',
  'wrong-member': '刷错了卡',
  'not-taken': '没有拿走',
  other: '其他',
}

export const SOURCE_WORDS: { readonly [Source in TopUpSource]: string } = {
  cash: '现金',
  transfer: '转账',
  opening: '期初转入',
}

export const SUMS_WORDS: { readonly [Sum in keyof MoneySums]: string } = {
  meals: '份数',
  priceFen: '原价',
  discountFen: '优惠',
  subsidyFen: '补贴',
  walletFen: '卡付',
  cashFen: '现金',
}

export const DRAWER_WORDS: { readonly [Part in keyof DrawerReckoning]: string } = {
  floatFen: '备用金',
  salesFen: '现金餐款',
  topUpsFen: '现金充值',
  depositsFen: '卡押金',
  movedFen: '存入或取走',
  givenBackFen: '退还现金',
  expectedFen: '应有',
}

/** What left a bay's pan unsold, by why. */
export const NOT_SOLD_WORDS = {
  unattributedMg: '没刷卡取走',
  belowMinimumMg: '太少没计价',
  takeRefusedMg: '取太多没计入',
  lineCancelledMg: '同意不算钱',
  totalMg: '合计',
} as const

/** The reasons in the order in which they are read, the sum last. */
export const NOT_SOLD_PARTS = Object.keys(NOT_SOLD_WORDS) as readonly (keyof typeof NOT_SOLD_WORDS)[]

/** How a file calls the state of its day. */
export function closeWords(closedDate: string | null, businessDate: string): string {
  if (closedDate === null) return '未日结'
  return closedDate === businessDate ? '已日结' : `随 ${closedDate} 日结`
}

const WEEKDAYS = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六']

/** 2026年11月3日 星期二 */
export function dateWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
  return `${Number(year)}年${Number(month)}月${Number(day)}日 ${weekday}`
}
