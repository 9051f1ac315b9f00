import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'
import { BookError } from './errors.ts'

/** What the canteen knows about a person and the journal must not (SPEC LG-16). */
export interface Person {
  readonly fullName: string
  /** How the counter greets her in front of others: surname and form of address, 林依姆. */
  readonly formOfAddress: string
  /** YYYY-MM-DD. */
  readonly bornOn: string
  readonly idNumber?: string
  readonly phone?: string
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** `nonce ‖ tag ‖ ciphertext`; `bound` is authenticated too, so a row cannot stand in for another. */
function seal(text: string, key: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

function unseal(sealed: Buffer, key: Uint8Array, bound: string): string {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound)).setAuthTag(tag)
  return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}

interface PersonRow {
  readonly version: number
  readonly sealed: Buffer
}

const KEY_CHECK = 'person-key-check'

/** The table of people, encrypted with AES-256-GCM under a key that the caller keeps. */
export class Persons {
  readonly #key: Uint8Array
  readonly #byId: Statement<[string], PersonRow>
  readonly #put: Statement<[string, number, Buffer]>
  readonly #erase: Statement<[string]>
  readonly #meta: Statement<[string], { value: string }>
  readonly #setMeta: Statement<[string, string]>

  /** @throws BookError `wrong-key` unless the key has 32 bytes. */
  constructor(db: Database, key: Uint8Array) {
    if (key.length !== KEY_BYTES)
      throw new BookError('wrong-key', `the key for persons has ${key.length} bytes, not 32`)
    this.#key = key
    this.#byId = db.prepare('SELECT version, sealed FROM persons WHERE member_id = ?')
    this.#put = db.prepare(
      `INSERT INTO persons (member_id, version, sealed) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, sealed = excluded.sealed`,
    )
    this.#erase = db.prepare('DELETE FROM persons WHERE member_id = ?')
    this.#meta = db.prepare('SELECT value FROM meta WHERE key = ?')
    this.#setMeta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)')
  }

  /** In the first run seals a known text; later proves that the key still opens it. @throws BookError `wrong-key`. */
  checkKey(): void {
    const sealed = this.#meta.get(KEY_CHECK)?.value
    if (sealed === undefined) {
      this.#setMeta.run(KEY_CHECK, seal(KEY_CHECK, this.#key, KEY_CHECK).toString('base64'))
      return
    }
    try {
      unseal(Buffer.from(sealed, 'base64'), this.#key, KEY_CHECK)
    } catch (error) {
      throw new BookError(
        'wrong-key',
        'the key for personal data is not the one this book was made with',
        error,
      )
    }
  }

  /** The person, or null when unknown or erased. @throws BookError `damaged` when the row cannot be opened. */
  get(memberId: string): Person | null {
    const row = this.#byId.get(memberId)
    if (row === undefined) return null
    try {
      return JSON.parse(unseal(row.sealed, this.#key, boundTo(memberId, row.version))) as Person
    } catch (error) {
      throw new BookError('damaged', `the personal data of member ${memberId} cannot be opened`, error)
    }
  }

  put(memberId: string, person: Person): void {
    const version = (this.#byId.get(memberId)?.version ?? 0) + 1
    this.#put.run(memberId, version, seal(JSON.stringify(person), this.#key, boundTo(memberId, version)))
  }

  erase(memberId: string): void {
    this.#erase.run(memberId)
  }
}

const boundTo = (memberId: string, version: number): string => `${memberId}/${version}`
