import type { Words } from '../../shared/domain/menu.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.some((language) => language === value)

/** Data such as a dish's name, in the screen's language. */
export const inWords = (words: Words, language: Language): string =>
  language === 'zh-CN' ? words.zh : words.en
