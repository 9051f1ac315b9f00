import type { Database, Statement } from 'better-sqlite3'
import type { RowSeals } from './row-seals.ts'

interface PhotoRow {
  readonly member_id: string
  readonly photo_id: string
  readonly sealed: Buffer
}

/** How a picture is sealed and opened; `bound` is authenticated too. */
export interface PhotoCipher {
  sealText(text: string, bound: string): Buffer
  unsealText(sealed: Buffer, bound: string): string
}

/** The rows of `person_photos`: pictures in base64, sealed with the key of the persons. Writes inside a transaction. */
export class PersonPhotos {
  readonly #cipher: PhotoCipher
  readonly #seals: RowSeals
  readonly #idOf: Statement<[string], { photo_id: string }>
  readonly #byId: Statement<[string], PhotoRow>
  readonly #put: Statement<[string, string, Buffer]>
  readonly #drop: Statement<[string]>

  constructor(db: Database, cipher: PhotoCipher, seals: RowSeals) {
    this.#cipher = cipher
    this.#seals = seals
    this.#idOf = db.prepare('SELECT photo_id FROM person_photos WHERE member_id = ?')
    this.#byId = db.prepare('SELECT member_id, photo_id, sealed FROM person_photos WHERE photo_id = ?')
    this.#put = db.prepare(
      `INSERT INTO person_photos (member_id, photo_id, sealed) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET photo_id = excluded.photo_id, sealed = excluded.sealed`,
    )
    this.#drop = db.prepare('DELETE FROM person_photos WHERE member_id = ?')
  }

  /** The name of her picture; null when there is none. */
  idOf(memberId: string): string | null {
    return this.#idOf.get(memberId)?.photo_id ?? null
  }

  /** The picture in base64; null when it is gone. @throws BookError `damaged` when it was not sealed for her. */
  get(photoId: string): string | null {
    const row = this.#byId.get(photoId)
    return row === undefined ? null : this.#cipher.unsealText(row.sealed, boundTo(row.member_id, photoId))
  }

  put(memberId: string, photoId: string, base64: string): void {
    this.#put.run(memberId, photoId, this.#cipher.sealText(base64, boundTo(memberId, photoId)))
    this.#seals.seal('person_photos', memberId)
  }

  drop(memberId: string): void {
    if (this.#drop.run(memberId).changes > 0) this.#seals.seal('person_photos', memberId)
  }
}

const boundTo = (memberId: string, photoId: string): string => `photo/${memberId}/${photoId}`
