/**
 * Card readers that type: a card's digits and Enter, faster than any person (SPEC DV-20). Keys and their times go in; a
 * whole card comes out, or word that this was a person.
 */

/** A reader's next key comes sooner than this; the fastest typist's comes later. */
export const WEDGE_GAP_MS = 50

const LEAST_DIGITS = 8
const MOST_DIGITS = 20
const LONGEST_NUMBER = 0xffff_ffff

/** What a reader is set to send. Decimal is safer: no input method makes words of digits. */
export type WedgeBase = 'decimal' | 'hexadecimal'

export interface WedgeKey {
  /** The character, or `Enter`. */
  readonly key: string
  /** The key's place on the keyboard, which an input method that is switched on does not change: `Digit7`, `KeyA`. */
  readonly code: string
  readonly atMs: number
}

/** Digits that came fast enough so far. */
export interface WedgeState {
  readonly digits: string
  readonly lastMs: number
}

export const NO_KEYS: WedgeState = { digits: '', lastMs: Number.NEGATIVE_INFINITY }

/** `held`: may be a card's, so nothing else shall act on it. `card`: its digits are whole. `person`: not a card's. */
export type WedgeAnswer =
  | { readonly kind: 'held' | 'person'; readonly state: WedgeState }
  | { readonly kind: 'card'; readonly digits: string; readonly state: WedgeState }

/** Pure: the same keys at the same times always answer the same. */
export function wedgeKey(before: WedgeState, key: WedgeKey): WedgeAnswer {
  const fast = key.atMs - before.lastMs < WEDGE_GAP_MS
  const character = characterOf(key)
  if (character === 'Enter') {
    const whole = fast && before.digits.length >= LEAST_DIGITS
    return whole
      ? { kind: 'card', digits: before.digits, state: NO_KEYS }
      : { kind: 'person', state: NO_KEYS }
  }
  if (!/^[0-9A-F]$/.test(character)) return { kind: 'person', state: NO_KEYS }
  const digits = (fast ? before.digits : '') + character
  if (digits.length > MOST_DIGITS) return { kind: 'person', state: NO_KEYS }
  return { kind: 'held', state: { digits, lastMs: key.atMs } }
}

/** By the key's place where an input method hides the character. */
function characterOf({ key, code }: WedgeKey): string {
  if (key !== 'Process') return key === 'Enter' ? key : key.toUpperCase()
  if (code === 'Enter' || code === 'NumpadEnter') return 'Enter'
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? /^Key([A-F])$/.exec(code)?.[1] ?? ''
}

/**
 * The UID that typed digits stand for, in upper-case hexadecimal; null for what no card has. Decimal digits are the last four
 * bytes as one number, whether the zeros before it are typed or not.
 */
export function uidOfTyped(digits: string, base: WedgeBase): string | null {
  if (base === 'hexadecimal')
    return /^(?:[0-9A-F]{8}|[0-9A-F]{10}|[0-9A-F]{14}|[0-9A-F]{20})$/.test(digits) ? digits : null
  if (!/^\d{8,10}$/.test(digits)) return null
  const number = Number(digits)
  return number > LONGEST_NUMBER ? null : number.toString(16).toUpperCase().padStart(8, '0')
}
