import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BookFile } from './book-file.ts'
import { BookError } from './errors.ts'

export interface Mark {
  readonly seq: number
  readonly hash: string
}

export const MARK_FILE_NAME = 'book.reached'

/**
 * How far this station's journal had come, in a small file beside the book: `SEQ HASH`. An older copy put in the book's
 * place ends before the mark, and then nothing is sold: the next sale would use a number a second time (SPEC LG-23).
 *
 * The mark is written when nobody is being served, and only for entries that are durable already, so a power cut leaves the
 * book at the mark or after it. Whoever puts back the whole folder, mark and all, is found out by the server alone.
 */
export class HighWater {
  readonly #path: string
  #written = ''

  constructor(folder: string) {
    this.#path = join(folder, MARK_FILE_NAME)
  }

  /** @throws BookError `damaged` when the book ends before the mark, or holds another entry in its place. */
  assertReached(file: BookFile): void {
    const mark = this.read()
    if (mark === null || mark === 'unreadable') return
    const found = file.journal.bySeq(file.originId, mark.seq)
    if (found?.hash === mark.hash) return
    const where = found === undefined ? `ends at ${file.head.seq}` : `holds another entry ${mark.seq}`
    throw new BookError(
      'damaged',
      `an older or other copy stands in the book's place: it ${where}, but this station had reached ${mark.seq}; ` +
        'put the newest book back, or say `canteen restore FILE`, which goes on under a new name',
    )
  }

  /** @throws the system's error when the disk does not take it: the mark before stays. */
  write({ seq, hash }: Mark): void {
    const text = `${seq} ${hash}\n`
    if (seq === 0 || text === this.#written) return
    const fresh = `${this.#path}.new`
    writeFileSync(fresh, text, { flush: true })
    renameSync(fresh, this.#path)
    this.#written = text
  }

  /** A mark that cannot be read stops nobody: the one after it is written at the next quiet moment. */
  read(): Mark | 'unreadable' | null {
    if (!existsSync(this.#path)) return null
    const [, seq, hash] = /^(\d{1,15}) ([0-9a-f]{64})\n$/.exec(readFileSync(this.#path, 'utf8')) ?? []
    return seq === undefined || hash === undefined ? 'unreadable' : { seq: Number(seq), hash }
  }
}
