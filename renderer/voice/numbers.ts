import type { Language } from '../i18n/language.ts'

/** The id of one recorded clip; every id stands in `phrases.json`. */
export type ClipId = string

/** The largest whole number that there are clips for. */
const LARGEST_READ = 99_999

const CHINESE_PLACES = [
  { size: 10_000, clip: 'w' },
  { size: 1_000, clip: 't' },
  { size: 100, clip: 'h' },
] as const

function chineseInteger(value: number): ClipId[] {
  if (value < 100) return [`n${value}`]
  const clips: ClipId[] = []
  let rest = value
  let gap = false
  for (const place of CHINESE_PLACES) {
    const digit = Math.floor(rest / place.size)
    rest %= place.size
    if (digit === 0) {
      gap = clips.length > 0
      continue
    }
    if (gap) clips.push('n0')
    gap = false
    clips.push(`${place.clip}${digit}`)
  }
  if (rest === 0) return clips
  if (gap || rest < 10) clips.push('n0')
  // After a hundred, ten is read 一十: 二百一十五.
  clips.push(rest >= 10 && rest < 20 ? `tail${rest}` : `n${rest}`)
  return clips
}

function englishInteger(value: number): ClipId[] {
  const thousands = Math.floor(value / 1_000)
  const hundreds = Math.floor(value / 100) % 10
  const rest = value % 100
  const clips: ClipId[] = []
  if (thousands > 0) clips.push(`n${thousands}`, 'thousand')
  if (hundreds > 0) clips.push(`h${hundreds}`)
  if (rest > 0 && clips.length > 0) clips.push('and')
  if (rest > 0 || clips.length === 0) clips.push(`n${rest}`)
  return clips
}

/**
 * The clips that read a whole number from 0 to 99 999 as people say it.
 *
 * @returns null for anything else: silence, never a wrong number.
 */
export function numberToClips(value: number, language: Language): readonly ClipId[] | null {
  if (!Number.isSafeInteger(value) || value < 0 || value > LARGEST_READ) return null
  return language === 'zh-CN' ? chineseInteger(value) : englishInteger(value)
}

/** A count before its measure word: two is 两 there. */
function chineseCount(value: number): readonly ClipId[] | null {
  return value === 2 ? ['liang'] : numberToClips(value, 'zh-CN')
}

function chineseAmount(fen: number): readonly ClipId[] | null {
  const yuan = Math.floor(fen / 100)
  const jiao = Math.floor(fen / 10) % 10
  const rest = fen % 10
  if (fen === 0) return ['n0', 'yuan']
  const clips: ClipId[] = []
  if (yuan > 0) {
    const count = chineseCount(yuan)
    if (count === null) return null
    clips.push(...count, 'yuan')
  }
  if (jiao > 0) clips.push(yuan === 0 && jiao === 2 ? 'liang' : `n${jiao}`, 'jiao')
  if (rest > 0) {
    if (yuan > 0 && jiao === 0) clips.push('n0')
    clips.push(fen === 2 ? 'liang' : `n${rest}`, 'fen')
  }
  return clips
}

function englishAmount(fen: number): readonly ClipId[] | null {
  const yuan = numberToClips(Math.floor(fen / 100), 'en')
  if (yuan === null) return null
  const rest = fen % 100
  if (rest === 0) return [...yuan, 'yuan']
  const small = [`n${rest}`, 'fen']
  return fen < 100 ? small : [...yuan, 'yuan', 'and', ...small]
}

/**
 * An amount as people say it: 两元一角, 十二元零五分; two yuan and ten fen.
 *
 * @param fen integer fen
 * @returns null below zero or above 99 999.99 yuan.
 */
export function amountToClips(fen: number, language: Language): readonly ClipId[] | null {
  if (!Number.isSafeInteger(fen) || fen < 0) return null
  return language === 'zh-CN' ? chineseAmount(fen) : englishAmount(fen)
}

/**
 * A weight in grams: 二百一十五克; digits after the point one by one.
 *
 * @param milligrams integer milligrams
 * @returns null below zero or above 99 999 g.
 */
export function weightToClips(milligrams: number, language: Language): readonly ClipId[] | null {
  if (!Number.isSafeInteger(milligrams) || milligrams < 0) return null
  const grams = Math.floor(milligrams / 1_000)
  const decimals = decimalsOf(milligrams % 1_000)
  const whole =
    language === 'zh-CN' && decimals.length === 0 ? chineseCount(grams) : numberToClips(grams, language)
  if (whole === null) return null
  const point = decimals.length > 0 ? ['point', ...decimals] : []
  const one = grams === 1 && decimals.length === 0
  return [...whole, ...point, language === 'en' && !one ? 'grams' : 'gram']
}

function decimalsOf(thousandths: number): ClipId[] {
  if (thousandths === 0) return []
  const digits = String(thousandths).padStart(3, '0').replace(/0+$/, '')
  return Array.from(digits, (digit) => `n${digit}`)
}
