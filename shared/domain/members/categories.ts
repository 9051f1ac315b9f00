import type { Words } from '../menu.ts'

/** What policy packs ask about a senior, in words. A pack may ask for more: then the code itself is shown. */
export const CATEGORY_WORDS = {
  'hukou-city': { zh: '本市户籍', en: 'Registered in this city' },
  'living-at-home': { zh: '居家养老', en: 'Cared for at home' },
  'living-alone': { zh: '独居', en: 'Living alone' },
  'minimum-living': { zh: '低保', en: 'Minimum living allowance' },
  'near-minimum-living': { zh: '低保边缘', en: 'Near the minimum living allowance' },
  'low-income': { zh: '低收入', en: 'Low income' },
  'extreme-poverty': { zh: '特困', en: 'Extreme poverty' },
  hardship: { zh: '困难长者', en: 'In hardship' },
  'basic-elder-care': { zh: '基本养老服务对象', en: 'Basic elder care' },
  supported: { zh: '扶助对象', en: 'Supported' },
  'disabled-moderate': { zh: '中度失能', en: 'Moderately unable' },
  'disabled-severe': { zh: '重度失能', en: 'Severely unable' },
  'disabled-total': { zh: '完全失能', en: 'Wholly unable' },
  disabled: { zh: '残疾', en: 'Disabled' },
  'lost-only-child': { zh: '失独', en: 'Lost an only child' },
  'martyr-family': { zh: '三属五老', en: 'Family of martyrs, veteran of the revolution' },
  veteran: { zh: '优抚对象', en: 'Veteran' },
  'diet-diabetes': { zh: '登记糖尿病饮食', en: 'Registered for a diabetic diet' },
  'diet-hypertension': { zh: '登记高血压饮食', en: 'Registered for a low-salt diet' },
  'compatriot-residence-permit': { zh: '港澳台居民居住证', en: 'Hong Kong, Macau, Taiwan residence permit' },
} as const satisfies { readonly [code: string]: Words }

export type KnownCategory = keyof typeof CATEGORY_WORDS

/** A category in words; its code where there are none. */
export const categoryWords = (code: string): Words =>
  Object.hasOwn(CATEGORY_WORDS, code) ? CATEGORY_WORDS[code as KnownCategory] : { zh: code, en: code }

const CODE = /^[a-z][a-z0-9-]{0,39}$/

/** The code of a category that was written as a word or as its code; null for anything else. */
export function categoryOf(written: string): string | null {
  const text = written.trim()
  for (const [code, { zh, en }] of Object.entries(CATEGORY_WORDS))
    if (text === zh || text.toLowerCase() === en.toLowerCase()) return code
  return CODE.test(text) ? text : null
}
