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
  shared ??= new CanonicalWriter()
  shared.clear()
  shared.value(value)
  return decoder.decode(shared.view(0))
}

/** Made once: an entry that is read back has a dozen small values, and its memory costs more than they do. */
let shared: CanonicalWriter | undefined
const decoder = new TextDecoder()

const QUOTE = 0x22
const MINUS = 0x2d
const ZERO = 0x30
const BACKSLASH = 0x5c

/** Longest text of a safe integer, with its sign. */
const INTEGER_BYTES = 17
/** A UTF-16 code unit becomes at most this many bytes of UTF-8. */
const BYTES_PER_UNIT = 3

/**
 * Writes canonical JSON as UTF-8, which is what is hashed and stored, into memory that it keeps: a settlement is measured
 * in microseconds, and text built from pieces has to be put together and encoded again.
 */
export class CanonicalWriter {
  #bytes = new Uint8Array(16_384)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Forgets what was written; views of it show what is written next. */
  clear(): void {
    this.#length = 0
  }

  /** What was written from `from` up to `to`: a view, good until the next `clear` or the next write. */
  view(from: number, to = this.#length): Uint8Array {
    return this.#bytes.subarray(from, to)
  }

  /** Appends text that is canonical JSON, or a part of it, already. ASCII only. */
  raw(text: string): void {
    this.#makeRoom(text.length)
    const bytes = this.#bytes
    let at = this.#length
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index)
    this.#length = at
  }

  /** Appends a value. @throws CanonicalError, see `canonicalJson`. */
  value(value: unknown): void {
    switch (typeof value) {
      case 'string':
        this.#string(value)
        return
      case 'number':
        this.#integer(value)
        return
      case 'boolean':
        this.raw(value ? 'true' : 'false')
        return
      case 'object':
        if (value === null) this.raw('null')
        else if (Array.isArray(value)) this.#array(value)
        else this.#object(value as Readonly<Record<string, unknown>>)
        return
      default:
        throw new CanonicalError(`${typeof value} has no canonical form`)
    }
  }

  #array(values: readonly unknown[]): void {
    this.raw('[')
    for (let index = 0; index < values.length; index++) {
      if (index > 0) this.raw(',')
      this.value(values[index])
    }
    this.raw(']')
  }

  #object(value: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(value)
    const shape = rememberedShape(keys) ?? newShape(value, keys)
    this.raw('{')
    const start = this.#length
    for (const { key, text } of shape) {
      const member = value[key]
      if (member === undefined) continue
      this.#key(text, this.#length === start ? 1 : 0)
      this.value(member)
    }
    this.raw('}')
  }

  #key(text: Uint8Array, from: number): void {
    this.#makeRoom(text.length)
    const bytes = this.#bytes
    let at = this.#length
    for (let index = from; index < text.length; index++) bytes[at++] = text[index] ?? 0
    this.#length = at
  }

  #integer(value: number): void {
    if (!Number.isSafeInteger(value)) throw new CanonicalError(`${value} is not a safe integer`)
    this.#makeRoom(INTEGER_BYTES)
    const bytes = this.#bytes
    let rest = value < 0 ? -value : value
    if (value < 0) bytes[this.#length++] = MINUS
    let end = this.#length + 1
    for (let above = 10; above <= rest; above *= 10) end += 1
    this.#length = end
    do {
      const digit = rest % 10
      bytes[--end] = ZERO + digit
      rest = (rest - digit) / 10
    } while (rest > 0)
  }

  #string(value: string): void {
    this.#makeRoom(value.length * BYTES_PER_UNIT + 2)
    const bytes = this.#bytes
    let at = this.#length
    bytes[at++] = QUOTE
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index)
      if (unit < 0x80) {
        if (unit < 0x20 || unit === QUOTE || unit === BACKSLASH) return this.#unusual(value)
        bytes[at++] = unit
      } else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6)
        bytes[at++] = 0x80 | (unit & 0x3f)
      } else if (unit < 0xd800 || unit > 0xdfff) {
        bytes[at++] = 0xe0 | (unit >> 12)
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f)
        bytes[at++] = 0x80 | (unit & 0x3f)
      } else return this.#unusual(value)
    }
    bytes[at++] = QUOTE
    this.#length = at
  }

  /** Texts with escapes, or with characters beyond the first plane such as 𠮷. */
  #unusual(value: string): void {
    if (!value.isWellFormed())
      throw new CanonicalError('a string with a lone surrogate has no canonical form')
    const encoded = new TextEncoder().encode(JSON.stringify(value))
    this.#makeRoom(encoded.length)
    this.#bytes.set(encoded, this.#length)
    this.#length += encoded.length
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** The keys of an object in the order of UTF-16 code units, each with the text before its value: `,"key":`. */
type Shape = readonly { readonly key: string; readonly text: Uint8Array }[]

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
  if (!keys.every((key) => key.isWellFormed()))
    throw new CanonicalError('a key with a lone surrogate has no canonical form')
  const shape = keys
    .toSorted()
    .map((key) => ({ key, text: new TextEncoder().encode(`,${JSON.stringify(key)}:`) }))
  const [first] = keys
  if (first === undefined || keys.length > MOST_KEYS) return shape
  const alike = SHAPES.get(first) ?? []
  alike[keys.length] = { keys, shape }
  if (SHAPES.size < MOST_SHAPES) SHAPES.set(first, alike)
  return shape
}
