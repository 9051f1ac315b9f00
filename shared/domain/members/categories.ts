import type { Words } from '../menu.ts'

/** What policy packs ask about a senior, in words. A pack may ask for more: then the code itself is shown. */
export const CATEGORY_WORDS = {
  'hukou-city': { zh: '本市户籍', en: 'Registered in this city' },
  'living-at-home': { zh: '居家养老', en: 'Cared for at home' },
  'living-alone': { zh: '独居', en: 'Living alone' },
  'low-income': { zh: '低保', en: 'Low income' },
  disabled: { zh: '残疾', en: 'Disabled' },
  veteran: { zh: '优抚对象', en: 'Veteran' },
  'compatriot-residence-permit': { zh: '港澳台居民居住证', en: 'Hong Kong, Macau, Taiwan residence permit' },
} as const satisfies { readonly [code: string]: Words }

export type KnownCategory = keyof typeof CATEGORY_WORDS

const CODE = /^[a-z][a-z0-9-]{0,39}$/

/** The code of a category that was written as a word or as its code; null for anything else. */
export function categoryOf(written: string): string | null {
  const text = written.trim()
  for (const [code, { zh, en }] of Object.entries(CATEGORY_WORDS))
    if (text === zh || text.toLowerCase() === en.toLowerCase()) return code
  return CODE.test(text) ? text : null
}
