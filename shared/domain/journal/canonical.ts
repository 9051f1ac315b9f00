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

function canonicalString(value: string): string {
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
  // The default order is by UTF-16 code units, which is what the RFC asks for.
  const keys = Object.keys(value).toSorted()
  let text = '{'
  for (const key of keys) {
    const member = value[key]
    if (member === undefined) continue
    if (text.length > 1) text += ','
    text += canonicalString(key) + ':' + canonicalJson(member)
  }
  return text + '}'
}
