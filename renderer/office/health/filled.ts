import type { HealthItem } from '../../../shared/contract/health.ts'
import type { Words } from '../../../shared/domain/menu.ts'
import { inWords, type Language } from '../../i18n/language.ts'

/** Words with their `{{gaps}}` filled; a gap without a value stays as it is. */
export const filled = (words: Words, values: HealthItem['values'], language: Language): string =>
  inWords(words, language).replaceAll(/\{\{(\w+)\}\}/g, (gap, name: string) => String(values[name] ?? gap))
