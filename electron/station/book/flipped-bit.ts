import { hash } from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'
import { CanonicalError } from '../../../shared/domain/journal/canonical.ts'
import { hashedText } from '../../../shared/domain/journal/entry.ts'
import { hashOf, type StoredEntry } from './journal-table.ts'

/** What an entry said before one bit of it was flipped, and in which of its fields that was. */
export interface Mended {
  readonly field: keyof StoredEntry
  readonly entry: StoredEntry
}

/** Words before the long body, because they are tried sooner. */
const WORDS = ['id', 'origin', 'kind', 'hlc', 'at', 'businessDate', 'actor', 'prevHash'] as const
const NUMBERS = ['seq', 'version'] as const
type Word = (typeof WORDS)[number] | 'bodyText'
type Bytes = Readonly<Record<Word, Buffer>>

/** Trying every bit costs the square of the length: a long body is left alone. */
const LONGEST_BYTES = 12_000
const BITS_OF_AN_INTEGER = 63n

/**
 * Finds the one bit that makes an entry's hash fit again: a damaged disk or a bad memory cell changes one, and then both
 * the field and what stood there are known. Slow, for the few entries of a book that are broken.
 */
export class FlippedBit {
  readonly #bytes: Statement<[number], Bytes>
  readonly #numbers: Statement<[number], { readonly seq: bigint; readonly version: bigint }>

  constructor(db: Database) {
    const blob = (column: string, name: string): string => `CAST(${column} AS BLOB) AS ${name}`
    const columns = WORDS.map((name) =>
      blob(
        name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        name,
      ),
    )
    this.#bytes = db.prepare(
      `SELECT ${[...columns, blob('body', 'bodyText')].join(', ')} FROM journal WHERE position = ?`,
    )
    this.#numbers = db
      .prepare<[number], { seq: bigint; version: bigint }>(
        'SELECT seq, version FROM journal WHERE position = ?',
      )
      .safeIntegers()
  }

  /** Null when no single bit explains it. @param position the row's own, whether it is right or not */
  mend(entry: StoredEntry, position: number): Mended | null {
    const wanted = hashIfAny(entry)
    if (wanted !== null && isOneBitFrom(wanted, entry.hash))
      return { field: 'hash', entry: { ...entry, hash: wanted } }
    const bytes = this.#bytes.get(position)
    if (bytes === undefined) return null
    return (
      this.#mendNumber(entry, position) ??
      WORDS.map((field) => mendWord(entry, field, bytes[field])).find((mended) => mended !== null) ??
      mendBody(entry, bytes.bodyText)
    )
  }

  #mendNumber(entry: StoredEntry, position: number): Mended | null {
    const numbers = this.#numbers.get(position)
    if (numbers === undefined) return null
    for (const field of NUMBERS)
      for (let bit = 0n; bit <= BITS_OF_AN_INTEGER; bit += 1n) {
        const value = Number(BigInt.asIntN(64, numbers[field] ^ (1n << bit)))
        if (!Number.isSafeInteger(value)) continue
        const mended = { ...entry, [field]: value }
        if (hashIfAny(mended) === entry.hash) return { field, entry: mended }
      }
    return null
  }
}

function mendWord(entry: StoredEntry, field: Exclude<Word, 'bodyText'>, bytes: Buffer): Mended | null {
  for (const flipped of flips(bytes)) {
    const mended = { ...entry, [field]: flipped.toString('utf8') }
    if (hashIfAny(mended) === entry.hash) return { field, entry: mended }
  }
  return null
}

/** The body is hashed as it is stored, so its bits are tried in place. */
function mendBody(entry: StoredEntry, body: Buffer): Mended | null {
  if (body.length > LONGEST_BYTES) return null
  const mark = '\u0000'
  const [before = '', after = ''] = hashedText({ ...entry, bodyText: mark }).split(mark)
  const whole = Buffer.concat([Buffer.from(before), body, Buffer.from(after)])
  const start = Buffer.byteLength(before)
  for (const flipped of flips(whole, start, start + body.length))
    if (hash('sha256', flipped, 'hex') === entry.hash) {
      const bodyText = flipped.toString('utf8', start, start + body.length)
      return { field: 'bodyText', entry: { ...entry, bodyText } }
    }
  return null
}

/** The bytes with each bit flipped in turn: always the same buffer, which is whole again at the end. */
function* flips(bytes: Buffer, from = 0, to = bytes.length): Generator<Buffer> {
  for (let index = from; index < to; index++)
    for (let bit = 0; bit < 8; bit++) {
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
      yield bytes
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
    }
}

/** One sign differs, by one bit or by what is no text at all any more. */
function isOneBitFrom(wanted: string, found: string): boolean {
  if (wanted.length !== found.length) return false
  let at = 0
  while (at < wanted.length && wanted[at] === found[at]) at += 1
  if (at === wanted.length || wanted.slice(at + 1) !== found.slice(at + 1)) return false
  const difference = wanted.charCodeAt(at) ^ found.charCodeAt(at)
  return found[at] === '\uFFFD' || (difference & (difference - 1)) === 0
}

/** Null for numbers that no entry can have: they are hashed nowhere. */
export function hashIfAny(entry: StoredEntry): string | null {
  try {
    return hashOf(entry)
  } catch (error) {
    if (error instanceof CanonicalError) return null
    throw error
  }
}

/** How a finding calls a field: as the table does. */
const columnOf = (field: keyof StoredEntry): string =>
  field === 'bodyText' ? 'body' : field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What a finding says of a mended entry: the field, and both values when they are short. */
export function wordsOfMended({ field, entry }: Mended, found: StoredEntry): string {
  const name = columnOf(field)
  if (field === 'bodyText')
    return `one bit of its body was flipped: ${surroundings(found.bodyText, entry.bodyText)}`
  return `one bit of its ${name} was flipped: it is ${shown(found[field])}, and was ${shown(entry[field])}`
}

/** With quotes, and control characters written out. */
const shown = (value: string | number): string => JSON.stringify(value)

const AROUND = 20

function surroundings(found: string, was: string): string {
  let at = 0
  while (at < was.length && found[at] === was[at]) at += 1
  const piece = (text: string): string => shown(text.slice(Math.max(0, at - AROUND), at + AROUND))
  return `at character ${at} it says ${piece(found)}, and said ${piece(was)}`
}
