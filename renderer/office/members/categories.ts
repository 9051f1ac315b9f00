import { useTranslation } from 'react-i18next'
import { CATEGORY_WORDS, categoryWords } from '../../../shared/domain/members/categories.ts'
import { inWords, isLanguage } from '../../i18n/language.ts'

/** What policy packs ask about a senior. A pack may ask for more: then the code itself is shown. */
export const KNOWN_CATEGORIES = Object.keys(CATEGORY_WORDS)

/** A category in words. */
export function useCategoryWord(): (code: string) => string {
  const { i18n } = useTranslation()
  return (code) => inWords(categoryWords(code), isLanguage(i18n.language) ? i18n.language : 'zh-CN')
}
