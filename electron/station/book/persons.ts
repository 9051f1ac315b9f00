import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'
import { BookError } from './errors.ts'
import { PersonPhotos } from './person-photos.ts'
import { RowSeals } from './row-seals.ts'

/** What the canteen knows about a person and the journal must not (SPEC LG-16). */
export interface Person {
  readonly fullName: string
  /** How the counter greets her in front of others: surname and form of address, 林依姆. */
  readonly formOfAddress: string
  /** YYYY-MM-DD. */
  readonly bornOn: string
  readonly idNumber?: string
  readonly phone?: string
  /** Whom to call when she is not well: a name and a number, as staff wrote it. */
  readonly emergencyContact?: string
  /** Codes of what she may not and should not eat: health data, which the journal never holds. */
  readonly allergens?: readonly string[]
  readonly diets?: readonly string[]
  /** What proves her categories; the journal knows the dates alone. */
  readonly proofs?: readonly CategoryProof[]
  /** Who of her family pays into her wallet; the journal knows them by id alone. */
  readonly payers?: readonly Payer[]
}

/** Somebody who pays into a member's wallet: her daughter, a neighbour. */
export interface Payer {
  readonly payerId: string
  readonly name: string
  readonly relation: string
  readonly phone?: string
}

/** The document that a category was registered by, and who looked at it. */
export interface CategoryProof {
  readonly category: string
  /** What document it is: 低保证, 残疾人证. */
  readonly kind: string
  readonly number?: string
  /** Who looked at it, by id, and on which business date. */
  readonly checkedBy: string
  readonly checkedOn: string
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** `nonce ‖ tag ‖ ciphertext`; `bound` is authenticated too, so a row cannot stand in for another. */
function seal(text: string, key: KeyObject, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

function unseal(sealed: Buffer, key: KeyObject, bound: string): string {
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce).setAAD(Buffer.from(bound)).setAuthTag(tag)
  return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}

interface PersonRow {
  readonly version: number
  readonly sealed: Buffer
}

/** A person as she travels and is backed up: sealed, with nothing inside once she was erased. */
export interface SealedPerson {
  readonly memberId: string
  readonly version: number
  readonly sealed: Uint8Array
}

interface SealedRow {
  readonly member_id: string
  readonly version: number
  readonly sealed: Buffer
}

/** What is left of an erased person: a version without content, so that she is erased wherever she was copied to. */
const ERASED = Buffer.alloc(0)

const KEY_CHECK = 'person-key-check'

/** Told of each person that may have changed; what was written can still be rolled back. */
export type PersonChanged = (memberId: string) => void

/** The table of people, encrypted with AES-256-GCM under a key that the caller keeps. */
export class Persons {
  readonly #key: KeyObject
  readonly #changed: PersonChanged
  readonly #byId: Statement<[string], PersonRow>
  readonly #after: Statement<[string, number], { member_id: string }>
  readonly #put: Statement<[string, number, Buffer]>
  readonly #unsynced: Statement<[number], SealedRow>
  readonly #markSynced: Statement<[number, string, number]>
  readonly #import: Statement<[string, number, Buffer, number]>
  readonly #meta: Statement<[string], { value: string }>
  readonly #setMeta: Statement<[string, string]>
  readonly #forgetSynced: Statement<[]>
  readonly #seals: RowSeals
  /** Their pictures; who is erased, here or by a row that came from elsewhere, loses hers. */
  readonly photos: PersonPhotos

  /** @throws BookError `wrong-key` unless the key has 32 bytes. */
  constructor(db: Database, key: Uint8Array, changed: PersonChanged = () => undefined) {
    if (key.length !== KEY_BYTES)
      throw new BookError('wrong-key', `the key for persons has ${key.length} bytes, not 32`)
    // Prepared once: handing the bytes over for each row takes longer than sealing it.
    this.#key = createSecretKey(key)
    this.#changed = changed
    this.#byId = db.prepare('SELECT version, sealed FROM persons WHERE member_id = ?')
    this.#after = db.prepare('SELECT member_id FROM persons WHERE member_id > ? ORDER BY member_id LIMIT ?')
    this.#put = db.prepare(
      `INSERT INTO persons (member_id, version, sealed) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, sealed = excluded.sealed`,
    )
    this.#unsynced = db.prepare(
      'SELECT member_id, version, sealed FROM persons WHERE version > synced_version ORDER BY member_id LIMIT ?',
    )
    this.#markSynced = db.prepare(
      'UPDATE persons SET synced_version = max(synced_version, ?) WHERE member_id = ? AND version >= ?',
    )
    this.#import = db.prepare(
      `INSERT INTO persons (member_id, version, sealed, synced_version) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, sealed = excluded.sealed,
         synced_version = excluded.synced_version
       WHERE excluded.version > persons.version`,
    )
    this.#meta = db.prepare('SELECT value FROM meta WHERE key = ?')
    this.#setMeta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)')
    this.#forgetSynced = db.prepare('UPDATE persons SET synced_version = 0 WHERE synced_version > 0')
    this.#seals = new RowSeals(db)
    this.photos = new PersonPhotos(db, this, this.#seals)
  }

  /** In the first run seals a known text; later proves that the key still opens it. @throws BookError `wrong-key`. */
  checkKey(): void {
    const sealed = this.#meta.get(KEY_CHECK)?.value
    if (sealed === undefined) {
      this.#setMeta.run(KEY_CHECK, seal(KEY_CHECK, this.#key, KEY_CHECK).toString('base64'))
      this.#seals.seal('meta', KEY_CHECK)
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

  /** 32 secret bytes for another purpose, that whoever copies the book alone does not get. */
  secretFor(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#key, '', purpose, KEY_BYTES))
  }

  /** Seals any other text about people; `bound` is authenticated too. */
  sealText(text: string, bound: string): Buffer {
    return seal(text, this.#key, bound)
  }

  /** @throws BookError `damaged` when it was not sealed with this key for `bound`. */
  unsealText(sealed: Buffer, bound: string): string {
    try {
      return unseal(sealed, this.#key, bound)
    } catch (error) {
      throw new BookError('damaged', `${bound} cannot be opened`, error)
    }
  }

  /** The person, or null when unknown or erased. @throws BookError `damaged` when the row cannot be opened. */
  get(memberId: string): Person | null {
    const row = this.#byId.get(memberId)
    return row === undefined ? null : this.#opened(memberId, row)
  }

  /** True of somebody who was registered and then erased; a person whom this book never knew is not. */
  isErased(memberId: string): boolean {
    return this.#byId.get(memberId)?.sealed.length === 0
  }

  /** The ids that follow one in their own order, erased persons among them: the whole table, piece by piece. */
  idsAfter(memberId: string, limit: number): readonly string[] {
    return this.#after.all(memberId, limit).map((row) => row.member_id)
  }

  put(memberId: string, person: Person): void {
    const version = this.#nextVersion(memberId)
    this.#write(memberId, version, seal(JSON.stringify(person), this.#key, boundTo(memberId, version)))
  }

  erase(memberId: string): void {
    if (this.#byId.get(memberId) === undefined) return
    this.photos.drop(memberId)
    this.#write(memberId, this.#nextVersion(memberId), ERASED)
  }

  /** Persons whose newest version the server does not hold yet, erased ones among them. */
  unsynced(limit: number): readonly SealedPerson[] {
    return this.#unsynced.all(limit).map(({ member_id: memberId, ...row }) => ({ memberId, ...row }))
  }

  /** The server holds this version now; a newer one that was written meanwhile is still to be sent. */
  markSynced(memberId: string, version: number): void {
    this.#markSynced.run(version, memberId, version)
    this.#seals.seal('persons', memberId)
  }

  /** The server no longer holds what it held: every person is to be sent again. */
  forgetSynced(): void {
    this.#forgetSynced.run()
    this.#seals.sealAll(['persons'])
  }

  /**
   * Takes in what another copy of this book holds: the newer version wins, so an erased person stays erased.
   *
   * @throws BookError `damaged` when a row was not sealed for its member and version with this book's key.
   */
  importSealed(persons: readonly SealedPerson[]): void {
    for (const { memberId, version, sealed } of persons) {
      const row = { version, sealed: Buffer.from(sealed) }
      this.#opened(memberId, row)
      this.#import.run(memberId, version, row.sealed, version)
      this.#seals.seal('persons', memberId)
      if (this.isErased(memberId)) this.photos.drop(memberId)
      this.#changed(memberId)
    }
  }

  #write(memberId: string, version: number, sealed: Buffer): void {
    this.#put.run(memberId, version, sealed)
    this.#seals.seal('persons', memberId)
    this.#changed(memberId)
  }

  #nextVersion(memberId: string): number {
    return (this.#byId.get(memberId)?.version ?? 0) + 1
  }

  #opened(memberId: string, { version, sealed }: PersonRow): Person | null {
    if (sealed.length === 0) return null
    try {
      return JSON.parse(unseal(sealed, this.#key, boundTo(memberId, version))) as Person
    } catch (error) {
      throw new BookError('damaged', `the personal data of member ${memberId} cannot be opened`, error)
    }
  }
}

const boundTo = (memberId: string, version: number): string => `${memberId}/${version}`
