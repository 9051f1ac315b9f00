import { categoryWords } from '../members/categories.ts'
import type { LapsedCategory } from '../members/dated-categories.ts'
import type { Words } from '../menu.ts'
import type { Fen } from '../units.ts'
import type { Unmet } from './conditions.ts'
import type { Channel, FunderShare, Limit } from './types.ts'

/** '6.60' for 660 fen. */
export function yuan(amountFen: number): string {
  const magnitude = Math.abs(amountFen)
  const jiaoFen = magnitude % 100
  const digits = `${(magnitude - jiaoFen) / 100}.${jiaoFen < 10 ? '0' : ''}${jiaoFen}`
  return amountFen < 0 ? `-${digits}` : digits
}

const titled = (title: Words, zh: string, en: string): Words => ({
  zh: `${title.zh}：${zh}`,
  en: `${title.en}: ${en}`,
})

export function priceWords(foodFen: Fen, deliveryFen: Fen): Words {
  if (deliveryFen === 0)
    return { zh: `这顿饭 ${yuan(foodFen)} 元`, en: `This meal costs ${yuan(foodFen)} yuan` }
  return {
    zh: `饭菜 ${yuan(foodFen)} 元，送餐费 ${yuan(deliveryFen)} 元，一共 ${yuan(foodFen + deliveryFen)} 元`,
    en: `Food ${yuan(foodFen)} yuan, delivery ${yuan(deliveryFen)} yuan, ${yuan(foodFen + deliveryFen)} yuan in all`,
  }
}

export function selfPayWords(selfPayFen: Fen): Words {
  if (selfPayFen === 0) return { zh: '您不用付钱', en: 'You pay nothing' }
  return { zh: `您付 ${yuan(selfPayFen)} 元`, en: `You pay ${yuan(selfPayFen)} yuan` }
}

/** Who pays a benefit, each with what is theirs; of several, first what they pay together. */
export function benefitWords(title: Words, amountFen: Fen, payers: readonly Payer[]): Words {
  const [first, ...others] = payers
  const amount = yuan(amountFen)
  if (first !== undefined && others.length === 0)
    return titled(
      title,
      `${first.name.zh}替您付 ${amount} 元`,
      `${amount} yuan paid for you by ${first.name.en}`,
    )
  const zh = payers.map(({ name, amountFen: own }) => `${name.zh} ${yuan(own)} 元`).join('、')
  const en = payers.map(({ name, amountFen: own }) => `${name.en} ${yuan(own)} yuan`).join(', ')
  return titled(title, `替您付 ${amount} 元：${zh}`, `${amount} yuan paid for you: ${en}`)
}

interface Payer {
  readonly name: Words
  readonly amountFen: Fen
}

export const discountWords = (title: Words, amountFen: Fen): Words =>
  titled(title, `少收 ${yuan(amountFen)} 元`, `${yuan(amountFen)} yuan less`)

const WINDOW: Record<Limit['per'], Words> = {
  meal: { zh: '一顿饭', en: 'a meal' },
  'meal-period': { zh: '这一餐', en: 'this meal time' },
  day: { zh: '今天', en: 'today' },
  month: { zh: '这个月', en: 'this month' },
}

/** Why a limit gives less than the benefit is worth, or nothing more. */
export function limitWords(title: Words, limit: Limit, leftFen: number): Words {
  const { zh, en } = WINDOW[limit.per]
  if (limit.per === 'meal' && limit.amountFen !== undefined)
    return titled(
      title,
      `${zh}最多补 ${yuan(limit.amountFen)} 元`,
      `at most ${yuan(limit.amountFen)} yuan ${en}`,
    )
  if (leftFen > 0) return titled(title, `${zh}只剩 ${yuan(leftFen)} 元`, `${yuan(leftFen)} yuan left ${en}`)
  return titled(title, `${zh}已经用完了`, `used up ${en}`)
}

/** A funder whose share is lost at this canteen. */
export const lostShareWords = (title: Words, funder: FunderShare, amountFen: Fen): Words =>
  titled(
    title,
    `${funder.name.zh}的 ${yuan(amountFen)} 元在这里不能用`,
    `the ${yuan(amountFen)} yuan from ${funder.name.en} cannot be used here`,
  )

/** A benefit that applies and is worth nothing on this bill. */
export const nothingToGiveWords = (title: Words, leftFen: Fen): Words =>
  leftFen === 0
    ? titled(title, '没有要付的钱了', 'nothing is left to pay')
    : titled(title, '这顿饭用不着', 'not needed for this meal')

export const notChosenWords = (title: Words, chosen: Words): Words =>
  titled(title, `已经用了“${chosen.zh}”`, `"${chosen.en}" was used instead`)

export const unmetWords = (title: Words, unmet: Unmet): Words => {
  const { zh, en } = reason(unmet)
  return titled(title, zh, en)
}

/** A registration that is over, or not yet begun: what to do stands in it. */
export function lapsedWords({ category, until, from }: LapsedCategory): Words {
  const { zh, en } = categoryWords(category)
  if (from !== null)
    return { zh: `您登记的“${zh}”从 ${from} 起才算`, en: `Your registration "${en}" counts from ${from} on` }
  return {
    zh: `您登记的“${zh}”到 ${until ?? ''} 为止，今天不算了，请带新证明来登记`,
    en: `Your registration "${en}" ended on ${until ?? ''} and does not count today: please bring a new proof`,
  }
}

const MEAL = {
  breakfast: { zh: '早餐', en: 'breakfast' },
  lunch: { zh: '午餐', en: 'lunch' },
  dinner: { zh: '晚餐', en: 'dinner' },
} as const

const CHANNEL: Record<Channel, Words> = {
  counter: { zh: '堂食', en: 'eating in' },
  'take-away': { zh: '打包', en: 'take-away' },
  delivery: { zh: '送餐', en: 'delivery' },
}

const AREA = {
  province: { zh: '本省', en: 'province' },
  city: { zh: '本市', en: 'city' },
  district: { zh: '本区', en: 'district' },
  town: { zh: '本镇街', en: 'town' },
} as const

function reason(unmet: Unmet): Words {
  if ('age' in unmet) return ageReason(unmet.age)
  if ('category' in unmet) return { zh: '您的登记里没有这一项', en: 'not in your registration' }
  if ('area' in unmet) return areaReason(unmet.area)
  if ('mealPeriod' in unmet) return onlyFor(unmet.mealPeriod.map((period) => MEAL[period]))
  if ('channel' in unmet) return onlyFor(unmet.channel.map((channel) => CHANNEL[channel]))
  if ('workingDay' in unmet)
    return unmet.workingDay
      ? { zh: '只在工作日有', en: 'on working days only' }
      : { zh: '只在休息日有', en: 'on days off only' }
  if ('weekday' in unmet) return onlyFor(WEEKDAY.filter((_, index) => unmet.weekday.includes(index + 1)))
  if ('date' in unmet) return dateReason(unmet.date)
  if ('time' in unmet) return timeReason(unmet.time)
  if ('mealOfDay' in unmet) return mealOfDayReason(unmet.mealOfDay)
  if ('spend' in unmet) return spendReason(unmet.spend)
  if ('dish' in unmet) return dishReason(unmet.dish)
  if ('dishTag' in unmet) return { zh: '这份饭菜不在补贴范围', en: 'not for this dish' }
  if ('guest' in unmet)
    return unmet.guest
      ? { zh: '只给没有卡的客人', en: 'for guests without a card only' }
      : { zh: '刷卡才有', en: 'with a card only' }
  return { zh: '这顿饭不符合条件', en: 'not for this meal' }
}

function ageReason({
  from,
  to,
  fromExclusive,
  toExclusive,
}: Extract<Unmet, { readonly age: unknown }>['age']): Words {
  const first = from === undefined ? null : from + (fromExclusive === true ? 1 : 0)
  const last = to === undefined ? null : to - (toExclusive === true ? 1 : 0)
  if (first !== null && last !== null)
    return { zh: `${first} 岁到 ${last} 岁才有`, en: `from ${first} to ${last} years of age` }
  if (first !== null) return { zh: `满 ${first} 岁才有`, en: `from ${first} years of age` }
  if (last !== null) return { zh: `${last} 岁及以下才有`, en: `up to ${last} years of age` }
  return { zh: '刷卡才有', en: 'with a card only' }
}

function areaReason(area: Extract<Unmet, { readonly area: unknown }>['area']): Words {
  if (area.of === 'canteen') return { zh: '别的地方的食堂才有', en: 'for canteens elsewhere' }
  const place = 'within' in area ? null : AREA[area.sameAsCanteen]
  if (area.of === 'household')
    return { zh: `${place?.zh ?? '当地'}户籍才有`, en: `for people registered in the ${place?.en ?? 'area'}` }
  return { zh: `住在${place?.zh ?? '当地'}才有`, en: `for people living in the ${place?.en ?? 'area'}` }
}

function mealOfDayReason({ from, to }: { readonly from?: number; readonly to?: number }): Words {
  if (from !== undefined && from === to)
    return { zh: `每天第 ${from} 餐才有`, en: `for meal ${from} of the day only` }
  if (to !== undefined) return { zh: `每天前 ${to} 餐才有`, en: `for the first ${to} meals of the day only` }
  return { zh: `每天第 ${from ?? 1} 餐起才有`, en: `from meal ${from ?? 1} of the day on` }
}

const WEEKDAY: readonly Words[] = [
  { zh: '星期一', en: 'Mondays' },
  { zh: '星期二', en: 'Tuesdays' },
  { zh: '星期三', en: 'Wednesdays' },
  { zh: '星期四', en: 'Thursdays' },
  { zh: '星期五', en: 'Fridays' },
  { zh: '星期六', en: 'Saturdays' },
  { zh: '星期日', en: 'Sundays' },
]

function dateReason({ from, to }: Extract<Unmet, { readonly date: unknown }>['date']): Words {
  if (from !== undefined && from === to) return { zh: `只在 ${from} 有`, en: `on ${from} only` }
  if (from !== undefined && to !== undefined)
    return { zh: `只在 ${from} 到 ${to} 有`, en: `from ${from} to ${to} only` }
  if (from !== undefined) return { zh: `${from} 起才有`, en: `from ${from} on` }
  return { zh: `到 ${to ?? ''} 为止`, en: `until ${to ?? ''}` }
}

function timeReason({ from, until }: Extract<Unmet, { readonly time: unknown }>['time']): Words {
  if (from !== undefined && until !== undefined)
    return { zh: `只在 ${from} 到 ${until} 有`, en: `from ${from} until ${until} only` }
  if (from !== undefined) return { zh: `${from} 以后才有`, en: `from ${from} on` }
  return { zh: `${until ?? ''} 以前才有`, en: `before ${until ?? ''}` }
}

function dishReason({ atLeastFen, atMostFen }: Extract<Unmet, { readonly dish: unknown }>['dish']): Words {
  if (atMostFen !== undefined)
    return {
      zh: `只给不超过 ${yuan(atMostFen)} 元的这种饭菜`,
      en: `for such dishes of up to ${yuan(atMostFen)} yuan`,
    }
  if (atLeastFen !== undefined)
    return {
      zh: `只给满 ${yuan(atLeastFen)} 元的这种饭菜`,
      en: `for such dishes of ${yuan(atLeastFen)} yuan or more`,
    }
  return { zh: '这份饭菜不在补贴范围', en: 'not for this dish' }
}

function spendReason(spend: Extract<Unmet, { readonly spend: unknown }>['spend']): Words {
  const zhOf = spend.of === 'food' ? '饭菜' : '一共'
  const enOf = spend.of === 'food' ? 'food' : 'a bill'
  if (spend.atLeastFen !== undefined)
    return {
      zh: `${zhOf}满 ${yuan(spend.atLeastFen)} 元才有`,
      en: `for ${enOf} of ${yuan(spend.atLeastFen)} yuan or more`,
    }
  if (spend.moreThanFen !== undefined)
    return {
      zh: `${zhOf}超过 ${yuan(spend.moreThanFen)} 元才有`,
      en: `for ${enOf} of more than ${yuan(spend.moreThanFen)} yuan`,
    }
  return {
    zh: `${zhOf}不超过 ${yuan(spend.atMostFen ?? 0)} 元才有`,
    en: `for ${enOf} of up to ${yuan(spend.atMostFen ?? 0)} yuan`,
  }
}

function onlyFor(allowed: readonly Words[]): Words {
  const zh = allowed.map((words) => words.zh).join('、')
  const en = allowed.map((words) => words.en).join(' and ')
  return { zh: `只有${zh}才有`, en: `for ${en} only` }
}
