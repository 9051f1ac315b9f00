import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { offsetMsAt } from '../../../shared/domain/business-day.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { openBook, type BookOptions } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import { prepareFolder } from '../book/folder.ts'
import { HighWater } from '../book/high-water.ts'
import { JournalTable } from '../book/journal-table.ts'
import { lockFolder } from '../book/lock.ts'
import { migrate, migrationsFolder as nearestMigrations, readMigrations } from '../book/migrate.ts'
import { RowSeals } from '../book/row-seals.ts'
import { BOOK_FILE_NAME } from '../book/session.ts'
import { verifyBook } from '../book/verify-book.ts'
import { flushFolder } from './files.ts'
import { backupName, PACKED, readManifest, type Manifest } from './manifest.ts'
import { hashFile, unpackFile } from './pack.ts'

export interface RestoreRequest {
  /** The packed backup, with its manifest beside it. */
  readonly packedPath: string
  /** How the station opens its book; `folder` is where the backup goes. */
  readonly book: BookOptions
  /** IANA name: the replaced book is named by the canteen's clocks. */
  readonly timeZone: string
  readonly onProgress?: (step: 'checking' | 'unpacking' | 'verifying' | 'replacing') => void
}

export interface Restored {
  /** Under which the book goes on. */
  readonly origin: string
  readonly fromOrigin: string
  readonly fromSeq: number
  /** ISO 8601 in UTC. */
  readonly backupAt: string
  readonly entries: number
  readonly headHash: string
  /** The folder that holds the book that stood there before; null when there was none. */
  readonly replaced: string | null
}

const WORK_FOLDER = 'book.restoring'
/** Beside the book; they go with it. */
const BOOK_FILES = [BOOK_FILE_NAME, `${BOOK_FILE_NAME}-wal`, `${BOOK_FILE_NAME}-shm`] as const

/**
 * Puts a backup in the book's place. Everything is done and checked aside; the book that stands there is moved away whole
 * and never deleted. The one that takes its place goes on under a new origin, because numbers of the old one may have been
 * used for entries that the backup lacks (SPEC LG-28). Cut off at any point, either the old book is in place, or none is
 * and the station says so, or the new one is.
 *
 * @throws BookError `locked` while a station runs, `damaged` when the backup is not what was packed or does not verify,
 *   `cannot-open` when it is another station's or no backup, `wrong-key` when the key of persons is another one
 */
export async function restoreBook(request: RestoreRequest): Promise<Restored> {
  const { folder } = request.book
  const onProgress = request.onProgress ?? (() => undefined)
  prepareFolder(folder)
  const unlock = lockFolder(folder)
  const work = join(folder, WORK_FOLDER)
  try {
    rmSync(work, { recursive: true, force: true })
    onProgress('checking')
    const manifest = await checkedManifest(request)
    onProgress('unpacking')
    mkdirSync(work, { mode: 0o700 })
    await unpackFile(request.packedPath, join(work, BOOK_FILE_NAME))
    const origin = rename(join(work, BOOK_FILE_NAME), manifest, request.book)
    const head = goOn({ ...request.book, folder: work }, manifest)
    onProgress('verifying')
    const report = verifyBook(work)
    if (!report.ok)
      throw new BookError('damaged', `the backup does not verify: ${report.findings[0]?.message ?? ''}`)
    onProgress('replacing')
    const replaced = replace(request, work, head)
    return {
      origin,
      fromOrigin: manifest.origin,
      fromSeq: manifest.headSeq,
      backupAt: manifest.takenAt,
      entries: report.entries,
      headHash: head.hash,
      replaced,
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
    unlock()
  }
}

async function checkedManifest({ packedPath, book }: RestoreRequest): Promise<Manifest> {
  if (!existsSync(packedPath)) throw new BookError('cannot-open', `there is no backup at ${packedPath}`)
  const manifest = readManifest(packedPath)
  if (manifest === null)
    throw new BookError(
      'cannot-open',
      `${packedPath} is not a backup: its name ends in ${PACKED} and its .json lies beside it`,
    )
  if (stationOf(manifest.origin) !== book.originId)
    throw new BookError('cannot-open', `this backup is of ${manifest.origin}, not of ${book.originId}`)
  if ((await hashFile(packedPath, 'as it is')) !== manifest.sha256)
    throw new BookError('damaged', `${packedPath} is not what was packed: its SHA-256 differs`)
  return manifest
}

/**
 * Gives the unpacked book its new origin, before anything is written under it: when it was put back, for people, and a few
 * random digits, because a computer with a dead battery begins each life at the same moment. @returns the origin
 */
function rename(path: string, manifest: Manifest, { clock, ids, migrationsFolder }: BookOptions): string {
  const db = new Sqlite(path, { fileMustExist: true })
  try {
    const journal = new JournalTable(db)
    const found = journal.bySeq(manifest.origin, manifest.headSeq)
    if (manifest.headSeq > 0 && found?.hash !== manifest.headHash)
      throw new BookError('damaged', 'the backup does not end where its manifest says')
    const epoch = `${Math.floor(clock.nowMs() / 1000).toString(36)}-${ids.next().slice(-6)}`
    const origin = `${stationOf(manifest.origin)}.${epoch}`
    migrate(db, readMigrations(migrationsFolder ?? nearestMigrations()))
    const seals = new RowSeals(db)
    db.transaction(() => {
      if (seals.none) seals.sealAll()
      db.prepare("UPDATE meta SET value = ? WHERE key = 'origin'").run(origin)
      seals.seal('meta', 'origin')
    })()
    return origin
  } finally {
    db.close()
  }
}

/** Opens the book as the station will, which also brings an older one up to date, and writes its first new entry. */
function goOn(options: BookOptions, { origin, headSeq, takenAt }: Manifest): { seq: number; hash: string } {
  const book = openBook(options)
  try {
    const body = { fromOrigin: origin, fromSeq: headSeq, backupAtMs: Date.parse(takenAt) }
    const { seq, hash } = book.append({ kind: 'book.restored', body }, 'restore')
    return { seq, hash }
  } finally {
    book.close()
  }
}

/**
 * The old book goes first and the mark of the new one is written before it comes: whatever stands here after a cut, a book
 * that does not hold the mark sells nothing (SPEC LG-23).
 */
function replace(request: RestoreRequest, work: string, head: { seq: number; hash: string }): string | null {
  const { folder, clock } = request.book
  if ((statSync(join(work, `${BOOK_FILE_NAME}-wal`), { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new BookError('broken-invariant', 'the restored book did not close')
  const kept = movedAway(folder, clock.nowMs() + offsetMsAt(clock.nowMs(), request.timeZone))
  new HighWater(folder).write(head)
  renameSync(join(work, BOOK_FILE_NAME), join(folder, BOOK_FILE_NAME))
  flushFolder(folder)
  return kept
}

/** @returns the folder that the book which stood here lies in now; null when there was none */
function movedAway(folder: string, wallMs: number): string | null {
  const found = BOOK_FILES.filter((name) => existsSync(join(folder, name)))
  if (found.length === 0) return null
  const base = backupName(wallMs).slice(0, -PACKED.length).replace('book-', 'book.replaced-')
  let kept = join(folder, base)
  for (let number = 2; statSync(kept, { throwIfNoEntry: false }) !== undefined; number++)
    kept = join(folder, `${base}-${number}`)
  mkdirSync(kept, { mode: 0o700 })
  const mark = join(folder, 'book.reached')
  if (existsSync(mark)) copyFileSync(mark, join(kept, 'book.reached'))
  // The book before its log: a book without its log would pass for an older, whole one.
  for (const name of found) renameSync(join(folder, name), join(kept, name))
  flushFolder(kept)
  flushFolder(folder)
  return kept
}
