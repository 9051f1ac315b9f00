import type { Readings } from './spelling.ts'

/** What a search is compared with: one member, as the index keeps her. */
export interface Searchable {
  readonly memberId: string
  readonly name: string
  readonly syllables: readonly Readings[]
  /** Of `beginningsOf` the syllables. */
  readonly beginnings: number
  /** Digits alone; empty when none is known. */
  readonly phone: string
  readonly idNumber: string
}

/** How well somebody fits; the smaller the better. */
export const FIT = { exact: 0, prefix: 1, inner: 2 } as const
export type Fit = (typeof FIT)[keyof typeof FIT]

/** How well a member fits, or null when she does not. */
export type Matcher = (member: Searchable) => Fit | null

const HAN = /\p{Script=Han}/u
const DIGITS = /^\d+$/
const IDENTITY_NUMBER = /^\d{17}[\dX]$/
/** Of a number's inside less than this is no search: half of the canteen would answer. */
const FEWEST_INNER_DIGITS = 3

/** The text as it is compared: whole-width letters made narrow, in small letters, without spaces and marks. */
export const searchText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ü/g, 'v')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** The comparison that suits what was typed: a number, Chinese characters, or letters (SPEC ME-5). */
export function matcherOf(text: string): Matcher {
  const typed = searchText(text)
  if (typed === '') return () => FIT.inner
  if (IDENTITY_NUMBER.test(typed.toUpperCase())) return byIdNumber(typed.toUpperCase())
  if (DIGITS.test(typed)) return byPhone(typed)
  return HAN.test(typed) ? byName(typed) : bySpelling(typed)
}

const byIdNumber =
  (typed: string): Matcher =>
  ({ idNumber }) =>
    idNumber === typed ? FIT.exact : null

/** The last digits are what people know of a number, so they come right after the whole of it. */
const byPhone =
  (typed: string): Matcher =>
  ({ phone }) => {
    if (phone === typed) return FIT.exact
    if (phone.endsWith(typed)) return FIT.prefix
    return typed.length >= FEWEST_INNER_DIGITS && phone.includes(typed) ? FIT.inner : null
  }

/** Characters, and after them perhaps the pinyin of what follows: 林xy. */
function byName(typed: string): Matcher {
  const [characters = ''] = /^\P{Script=Latin}+/u.exec(typed) ?? []
  const spelling = typed.slice(characters.length)
  return ({ name, syllables }) => {
    const at = characters === '' ? -1 : name.indexOf(characters)
    if (at < 0) return null
    if (spelling !== '') {
      const rest = syllables.slice(Array.from(name.slice(0, at + characters.length)).length)
      return startFit(rest, spelling) === null ? null : at === 0 ? FIT.prefix : FIT.inner
    }
    if (name.length === characters.length) return FIT.exact
    return at === 0 ? FIT.prefix : FIT.inner
  }
}

/** The letters that any syllable begins with, one bit each: most people are passed over at one glance. */
export function beginningsOf(syllables: readonly Readings[]): number {
  let letters = 0
  for (const readings of syllables) for (const reading of readings) letters |= bitOf(reading)
  return letters
}

/** Zero for what does not begin with a small Latin letter. */
function bitOf(text: string): number {
  const place = text.charCodeAt(0) - FIRST_LETTER
  return place >= 0 && place < LETTERS ? 1 << place : 0
}

const FIRST_LETTER = 97
const LETTERS = 26

function bySpelling(typed: string): Matcher {
  const bit = bitOf(typed)
  return ({ beginnings, syllables }) =>
    bit !== 0 && (beginnings & bit) === 0 ? null : spellingFit(syllables, typed)
}

function spellingFit(syllables: readonly Readings[], typed: string): Fit | null {
  for (let from = 0; from < syllables.length; from += 1) {
    const fit = startFit(syllables, typed, from)
    if (fit !== null) return from === 0 ? fit : FIT.inner
  }
  return null
}

interface Spelled {
  readonly typed: string
  readonly syllables: readonly Readings[]
  /** Of the first reading alone: an unusual one is a weaker find. */
  readonly usual: boolean
}

/**
 * Does the spelling begin with what was typed, each syllable whole or begun: linxiuying, lxy, linxy, zhxy? Exact when
 * every syllable is whole or every one is its first letter, and none is missing.
 */
function startFit(syllables: readonly Readings[], typed: string, from = 0): Fit | null {
  const usual = consumed({ typed, syllables, usual: true }, 0, from)
  if (usual !== null) return isWhole(syllables, typed, from, usual) ? FIT.exact : FIT.prefix
  return consumed({ typed, syllables, usual: false }, 0, from) === null ? null : FIT.inner
}

/** How many syllables it takes to spell everything from `at` on; null when they do not. */
function consumed(search: Spelled, at: number, syllable: number): number | null {
  if (at === search.typed.length) return 0
  const readings = search.syllables[syllable]
  if (readings === undefined) return null
  const count = search.usual ? 1 : readings.length
  for (let index = 0; index < count; index += 1)
    for (let taken = commonStart(search.typed, at, readings[index] ?? ''); taken > 0; taken -= 1) {
      const rest = consumed(search, at + taken, syllable + 1)
      if (rest !== null) return rest + 1
    }
  return null
}

/** How many letters of the reading are typed from `at` on. ü is typed as v or as u. */
function commonStart(typed: string, at: number, reading: string): number {
  let length = 0
  while (length < reading.length && sameLetter(typed[at + length], reading[length])) length += 1
  return length
}

const sameLetter = (typed: string | undefined, letter: string | undefined): boolean =>
  typed === letter || (letter === 'v' && typed === 'u')

function isWhole(syllables: readonly Readings[], typed: string, from: number, taken: number): boolean {
  if (from !== 0 || taken !== syllables.length) return false
  if (typed.length === taken) return true
  return typed.length === syllables.reduce((length, [first = '']) => length + first.length, 0)
}
