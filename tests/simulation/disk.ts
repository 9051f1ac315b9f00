import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BOOK_FILE_NAME } from '../../electron/station/book/station-book.ts'
import type { Random } from '../fixtures/random.ts'

const WAL_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const SECTOR_BYTES = 512

/** Gone with the process that had them open. */
const OF_MEMORY = /-shm$|^book\.lock/

/** Which frames of a write-ahead log belong to its present generation. */
interface LogExtent {
  readonly salts: string
  readonly endByte: number
}

/**
 * The computer's disk, on a RAM disk where there is one. A crash leaves the book's file and its log as they are, and
 * nothing of what only memory knew: the shared-memory index is not carried over.
 */
export class SimulatedDisk {
  readonly #root: string
  readonly #random: Random
  #count = 0
  folder = ''
  /** A second place, which outlives the disk: a stick. */
  readonly stick: string

  constructor(random: Random) {
    const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
    this.#root = mkdtempSync(join(base, 'canteen-sim-'))
    this.#random = random
    this.stick = join(this.#root, 'stick')
  }

  /** A folder for a new book. The ones before are gone. */
  fresh(): string {
    this.#removeCurrent()
    rmSync(this.stick, { recursive: true, force: true })
    this.folder = this.#next()
    return this.folder
  }

  /** Where the log ends now; what comes after it has not been flushed. */
  extent(): LogExtent {
    const bytes = this.#log(this.folder)
    if (bytes === null || bytes.length < WAL_HEADER_BYTES) return { salts: '', endByte: WAL_HEADER_BYTES }
    const pageBytes = bytes.readUInt32BE(8)
    const salts = bytes.toString('hex', 16, 24)
    let endByte = WAL_HEADER_BYTES
    while (endByte + FRAME_HEADER_BYTES + pageBytes <= bytes.length) {
      if (bytes.toString('hex', endByte + 8, endByte + 16) !== salts) break
      endByte += FRAME_HEADER_BYTES + pageBytes
    }
    return { salts, endByte }
  }

  /** As if no byte of the log were on the disk yet. */
  nothingFlushed(): LogExtent {
    return { ...this.extent(), endByte: WAL_HEADER_BYTES }
  }

  /**
   * What a dead process leaves behind, in a folder of its own. With `flushed`, the power went too: of what was written
   * after it only a part reached the disk.
   *
   * @param forgotten a file whose last words did not reach the disk either
   * @returns the folder to start from again.
   */
  image(flushed: LogExtent | null, forgotten: string | null = null): string {
    const image = this.#copy((name) => !OF_MEMORY.test(name) && name !== forgotten)
    if (flushed !== null) this.#tear(image, flushed)
    return image
  }

  /** Another disk in its place, with only these small files of the one before. */
  replace(kept: readonly string[]): void {
    this.restart(this.#copy((name) => kept.includes(name)))
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name))
  }

  /** Goes on from an image; the disk before it is gone. */
  restart(image: string): void {
    this.#removeCurrent()
    this.folder = image
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }

  #tear(image: string, flushed: LogExtent): void {
    const { salts, endByte } = this.extent()
    const from = salts === flushed.salts ? flushed.endByte : 0
    const bytes = this.#log(image)
    if (bytes === null || endByte <= from) return
    const at = this.#random.integer(from, endByte - 1)
    const torn = this.#random.chance(0.5) ? bytes.subarray(0, at) : holed(bytes, at, endByte)
    writeFileSync(join(image, `${BOOK_FILE_NAME}-wal`), torn)
  }

  #log(folder: string): Buffer | null {
    const path = join(folder, `${BOOK_FILE_NAME}-wal`)
    return existsSync(path) ? readFileSync(path) : null
  }

  #copy(isWanted: (name: string) => boolean): string {
    const copy = this.#next()
    for (const name of readdirSync(this.folder)) {
      const from = join(this.folder, name)
      if (isWanted(name) && statSync(from).isFile()) copyFileSync(from, join(copy, name))
    }
    return copy
  }

  #next(): string {
    this.#count += 1
    const folder = join(this.#root, String(this.#count))
    mkdirSync(folder)
    return folder
  }

  #removeCurrent(): void {
    if (this.folder !== '') rmSync(this.folder, { recursive: true, force: true })
  }
}

/** One sector never arrived, while others after it did. */
function holed(bytes: Buffer, at: number, endByte: number): Buffer {
  const torn = Buffer.from(bytes)
  torn.fill(0, at, Math.min(at + SECTOR_BYTES, endByte))
  return torn
}
