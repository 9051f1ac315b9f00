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

function canonicalObject(value: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(value)
  let text = ''
  for (const { key, first, next } of rememberedShape(keys) ?? newShape(value, keys)) {
    const member = value[key]
    if (member !== undefined) text += (text === '' ? first : next) + canonicalJson(member)
  }
  return text === '' ? '{}' : `${text}}`
}

/** The keys of an object in the order of UTF-16 code units, each with the text before its value. */
type Shape = readonly { readonly key: string; readonly first: string; readonly next: string }[]

/** Objects of the same few shapes come again and again: what was sorted once is kept, by first key and number of keys. */
const SHAPES = new Map<string, { readonly keys: readonly string[]; readonly shape: Shape }[]>()
/** Bounds that no sender of entries can push. */
const MOST_SHAPES = 1000
const MOST_KEYS = 24

function rememberedShape(keys: readonly string[]): Shape | null {
  const known = SHAPES.get(keys[0] ?? '')?.[keys.length]
  if (known === undefined) return null
  for (let index = 0; index < keys.length; index++) if (keys[index] !== known.keys[index]) return null
  return known.shape
}

function newShape(value: object, keys: readonly string[]): Shape {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new CanonicalError('only plain objects have a canonical form')
  const shape = keys.toSorted().map((key) => {
    const name = canonicalString(key)
    return { key, first: `{${name}:`, next: `,${name}:` }
  })
  const [first] = keys
  if (first === undefined || keys.length > MOST_KEYS) return shape
  const alike = SHAPES.get(first) ?? []
  alike[keys.length] = { keys, shape }
  if (SHAPES.size < MOST_SHAPES) SHAPES.set(first, alike)
  return shape
}
