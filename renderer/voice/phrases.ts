import type { Words } from '../../shared/domain/menu.ts'
import type { Language } from '../i18n/language.ts'
import type { ClipId } from './numbers.ts'
import phrases from './phrases.json' with { type: 'json' }

/** Every clip to record, with its words, per language: the manifest that a voice pack has to fill. */
export const PHRASES: Readonly<Record<Language, Readonly<Record<ClipId, string>>>> = phrases

type NameClips = Readonly<Record<Language, ReadonlyMap<string, ClipId>>>

const DISH_CLIPS = clipsNamed('dish-')
const FUNDER_CLIPS = clipsNamed('funder-')

function clipsNamed(prefix: string): NameClips {
  const of = (language: Language): ReadonlyMap<string, ClipId> => {
    const names = Object.entries(PHRASES[language]).filter(([id]) => id.startsWith(prefix))
    return new Map(names.map(([id, text]) => [text, id]))
  }
  return { 'zh-CN': of('zh-CN'), en: of('en') }
}

const clipOf = (clips: NameClips, { zh, en }: Words, language: Language): ClipId | null =>
  clips[language].get(language === 'zh-CN' ? zh : en) ?? null

/**
 * The clip that says this dish. Found by its words, not by its id on the menu, so that a renamed dish is silent rather
 * than wrong.
 */
export const dishClip = (name: Words, language: Language): ClipId | null => clipOf(DISH_CLIPS, name, language)

/** The clip that says who pays a subsidy; by its words as well. */
export const funderClip = (name: Words, language: Language): ClipId | null =>
  clipOf(FUNDER_CLIPS, name, language)
