/** A value that has no canonical form in this product: the book would not be the same on every machine. */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError'
}

/**
 * The canonical text of a value by RFC 8785: no white space, keys in UTF-16 order, strings as ECMAScript writes them.
 * Properties that are `undefined` are left out, as JSON does.
 *
 * Stricter than the RFC in one place: numbers are safe integers. Money and weight are, so anything else is a mistake
 * that must not be hashed into a book.
 *
 * @throws CanonicalError for other numbers, lone surrogates, `undefined` in an array, and whatever JSON cannot say.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value)
    case 'number':
      return canonicalInteger(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return canonicalArray(value)
      return canonicalObject(value as Record<string, unknown>)
    default:
      throw new CanonicalError(`${typeof value} has no canonical form`)
  }
}

function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw new CanonicalError(`${value} is not a safe integer`)
  // Minus zero is written as zero, by the RFC.
  return String(value === 0 ? 0 : value)
}

/** Characters that stand for themselves: most texts have no others, and the test is cheaper than the general way. */
const PLAIN = /^[ !#-[\]-~\u4e00-\u9fff]*$/

function canonicalString(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new CanonicalError('a string with a lone surrogate has no canonical form')
  return JSON.stringify(value)
}

function canonicalArray(values: readonly unknown[]): string {
  let text = '['
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ','
    text += canonicalJson(values[index])
  }
  return text + ']'
}

function canonicalObject(value: Record<string, unknown>): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new CanonicalError('only plain objects have a canonical form')
  let text = '{'
  for (const key of sortedKeys(value)) {
    const member = value[key]
    if (member === undefined) continue
    if (text.length > 1) text += ','
    text += keyText(key) + canonicalJson(member)
  }
  return text + '}'
}

/** The same few names come again and again: their texts are kept, up to a bound that no sender can push. */
const KEY_TEXTS = new Map<string, string>()
const MOST_KEY_TEXTS = 1000

function keyText(key: string): string {
  const known = KEY_TEXTS.get(key)
  if (known !== undefined) return known
  const text = `${canonicalString(key)}:`
  if (KEY_TEXTS.size < MOST_KEY_TEXTS) KEY_TEXTS.set(key, text)
  return text
}

/** Above this many keys, sorting by insertion would take too long. */
const FEW_KEYS = 24

/** In the order of UTF-16 code units. Objects here are small, so insertion is the quick way for most of them. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value)
  if (keys.length > FEW_KEYS) return keys.toSorted()
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? ''
    let place = index
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place] = before
      place -= 1
    }
    keys[place] = key
  }
  return keys
}
