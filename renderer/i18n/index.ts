import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import type { Language } from './language.ts'
import { zhCN, type Translation } from './zh-CN.ts'

/** Every word's dotted name. */
type Dotted<Part, Before extends string = ''> = {
  [Name in keyof Part & string]: Part[Name] extends string
    ? `${Before}${Name}`
    : Dotted<Part[Name], `${Before}${Name}.`>
}[keyof Part & string]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    // For the types alone the names are flat: a thousand of them in a tree are more than the compiler takes.
    keySeparator: false
    resources: { translation: Record<Dotted<Translation>, string> }
  }
}

/** The screens' words. One per window; `changeLanguage` switches it. */
export async function createWords(language: Language): Promise<i18n> {
  const words = createInstance()
  await words.use(initReactI18next).init({
    lng: language,
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return words
}
