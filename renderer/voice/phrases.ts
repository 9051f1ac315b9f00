import type { Words } from '../../shared/domain/menu.ts'
import type { Language } from '../i18n/language.ts'
import type { ClipId } from './numbers.ts'
import phrases from './phrases.json' with { type: 'json' }

/** Every clip to record, with its words, per language: the manifest that a voice pack has to fill. */
export const PHRASES: Readonly<Record<Language, Readonly<Record<ClipId, string>>>> = phrases

const DISH_PREFIX = 'dish-'

const DISH_CLIPS: Readonly<Record<Language, ReadonlyMap<string, ClipId>>> = {
  'zh-CN': dishClipsOf('zh-CN'),
  en: dishClipsOf('en'),
}

function dishClipsOf(language: Language): ReadonlyMap<string, ClipId> {
  const dishes = Object.entries(PHRASES[language]).filter(([id]) => id.startsWith(DISH_PREFIX))
  return new Map(dishes.map(([id, text]) => [text, id]))
}

/**
 * The clip that says this dish. Found by its words, not by its id on the menu, so that a renamed dish is silent rather
 * than wrong.
 */
export function dishClip(name: Words, language: Language): ClipId | null {
  return DISH_CLIPS[language].get(language === 'zh-CN' ? name.zh : name.en) ?? null
}
