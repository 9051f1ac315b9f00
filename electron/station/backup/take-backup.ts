import { mkdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { BackupFile, BackupTrouble, BackupsView } from '../../../shared/contract/backups.ts'
import { offsetMsAt } from '../../../shared/domain/business-day.ts'
import type { CheckResult } from '../../../shared/domain/book-checks.ts'
import { checkBookFile } from '../book-checks/run.ts'
import { BookError, messageOf, storageFault } from '../book/errors.ts'
import { BOOK_FILE_NAME } from '../book/session.ts'
import type { Finding, VerifyReport } from '../book/verifier.ts'
import { verifyBook } from '../book/verify-book.ts'
import type { MealPlace } from '../policy/past-month.ts'
import { acknowledgedIn } from '../sync/memory.ts'
import { copyBook } from './copy-book.ts'
import { flushFolder, writeWhole } from './files.ts'
import { backupName, backupsIn, leftovers, manifestPathOf, type Manifest } from './manifest.ts'
import { hashFile, packFile } from './pack.ts'
import { preparePlace, type Place } from './place.ts'
import { superfluous } from './retention.ts'

export interface BackupRequest {
  readonly dataFolder: string
  readonly place: Place
  readonly stationId: string
  /** IANA name: names and days of backups go by the canteen's clocks. */
  readonly timeZone: string
  readonly nowMs: number
  /** What the entries do not say about their meals, for the checks that quote them again. */
  readonly meals: MealPlace
  /** Version of this program. */
  readonly program: string
}

/** What a night's look at the whole book found. */
export interface Audit {
  readonly atMs: number
  readonly entries: number
  readonly count: number
  readonly first: Finding | null
  /** What each of the book's checks found (SPEC LG-31). */
  readonly checks: readonly CheckResult[]
}

export type BackupOutcome =
  | { readonly kind: 'made'; readonly file: BackupFile; readonly audit: Audit }
  | {
      readonly kind: 'failed'
      readonly trouble: BackupTrouble
      readonly detail: string
      /** Null when it did not come to the check. */
      readonly audit: Audit | null
    }

export type BackupProgress = (running: NonNullable<BackupsView['running']>) => void

/** Copies the book to its second place. In a station it runs beside the counter, in a thread of its own. */
export type TakeBackup = (request: BackupRequest, onProgress: BackupProgress) => Promise<BackupOutcome>

/** Room that a copy leaves on the book's own disk: backups must never be why nothing can be sold. */
const ROOM_LEFT_BYTES = 64 * 1024 * 1024

const WORK_FOLDER = 'backup.partial'

/**
 * Copies the book, replays the copy and compares, packs it, reads the packed file again, and only then gives it its name:
 * whenever this is cut off, the backups before it are as they were and nothing half counts (SPEC LG-29). Never throws for
 * what a disk or a book can do.
 */
export const takeBackup: TakeBackup = async (request, onProgress) => {
  const work = join(request.dataFolder, WORK_FOLDER)
  let audit: Audit | null = null
  try {
    const { folder } = atPlace(() => preparedPlace(request))
    // Before the book: what the server acknowledges meanwhile is beyond the moment that is copied.
    const acknowledged = acknowledgedIn(request.dataFolder)
    const copy = await copied(request, work, onProgress)
    const report = checked(copy, onProgress)
    const checks = checkBookFile(copy, { report, place: request.meals, acknowledged })
    audit = auditOf(report, checks, request.nowMs)
    if (!report.ok) return { kind: 'failed', trouble: 'not-verified', detail: wordsOf(audit), audit }
    const file = await stored(request, folder, copy, report)
    prune(request, folder, file.name)
    return { kind: 'made', file, audit }
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble === null) throw error
    return { kind: 'failed', trouble, detail: messageOf(error), audit }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The place for backups failed, not the book's disk. */
class PlaceError extends Error {
  override readonly name = 'PlaceError'
}

function atPlace<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (errnoOf(error) === null || NO_ROOM.has(errnoOf(error) ?? '')) throw error
    throw new PlaceError(messageOf(error), { cause: error })
  }
}

function preparedPlace({ place, stationId }: BackupRequest): Place {
  preparePlace(place)
  for (const name of leftovers(place.folder, stationId)) rmSync(join(place.folder, name), { force: true })
  return place
}

async function copied(request: BackupRequest, work: string, onProgress: BackupProgress): Promise<string> {
  const book = join(request.dataFolder, BOOK_FILE_NAME)
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { mode: 0o700 })
  assertRoom(request.dataFolder, (statSync(book, { throwIfNoEntry: false })?.size ?? 0) + ROOM_LEFT_BYTES)
  const copy = join(work, BOOK_FILE_NAME)
  await copyBook(book, copy, (doneShare) => onProgress({ phase: 'copying', doneShare }))
  return copy
}

function assertRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes) throw new BookError('disk-full', `${folder}: a copy needs ${bytes} bytes`)
}

function checked(copy: string, onProgress: BackupProgress): VerifyReport {
  onProgress({ phase: 'verifying', doneShare: 0 })
  return verifyBook(copy, (entries, of) => {
    onProgress({ phase: 'verifying', doneShare: of === 0 ? 1 : entries / of })
  })
}

const auditOf = (
  { entries, findings }: VerifyReport,
  checks: readonly CheckResult[],
  atMs: number,
): Audit => ({
  atMs,
  checks,
  entries,
  count: findings.length,
  first: findings[0] ?? null,
})

const wordsOf = ({ count, first }: Audit): string => `${count} findings, the first: ${first?.message ?? ''}`

/** Packs the copy beside its final place, reads it back, and names it. */
async function stored(
  request: BackupRequest,
  folder: string,
  copy: string,
  report: VerifyReport,
): Promise<BackupFile> {
  const { stationId } = request
  const path = join(folder, freeName(folder, request))
  const partial = `${path}.${stationId}.partial`
  try {
    const [bookHash, { sha256, bytes }] = await Promise.all([
      hashFile(copy, 'as it is'),
      packFile(copy, partial),
    ])
    if (
      (await hashFile(partial, 'unpacked')) !== bookHash ||
      (await hashFile(partial, 'as it is')) !== sha256
    )
      throw new BookError('damaged', `${partial} reads back otherwise than it was written`)
    const manifest: Manifest = {
      format: 1,
      ...headOf(copy, report),
      entries: report.entries,
      takenAt: new Date(request.nowMs).toISOString(),
      sha256,
      bytes,
      bookBytes: statSync(copy).size,
      program: request.program,
    }
    const manifestPath = manifestPathOf(path)
    writeWhole(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`, `${manifestPath}.${stationId}.partial`)
    renameSync(partial, path)
    flushFolder(folder)
    const { entries, headSeq, headHash } = manifest
    const name = path.slice(folder.length + 1)
    return { name, takenAtMs: request.nowMs, bytes, entries, headSeq, headHash }
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Two backups in one second, or two counters on one stick: the later one takes the next second. */
function freeName(folder: string, { nowMs, timeZone }: BackupRequest): string {
  for (let wallMs = nowMs + offsetMsAt(nowMs, timeZone); ; wallMs += 1000) {
    const name = backupName(wallMs)
    const taken = [join(folder, name), manifestPathOf(join(folder, name))]
    if (taken.every((path) => statSync(path, { throwIfNoEntry: false }) === undefined)) return name
  }
}

function headOf(copy: string, { heads }: VerifyReport): Pick<Manifest, 'origin' | 'headSeq' | 'headHash'> {
  const db = new Sqlite(copy, { readonly: true })
  try {
    const origin = db
      .prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'origin'")
      .get()?.value
    const head = heads.find((each) => each.origin === origin)
    if (origin === undefined) throw new BookError('damaged', 'the book does not say whose it is')
    return { origin, headSeq: head?.seq ?? 0, headHash: head?.hash ?? '0'.repeat(64) }
  } finally {
    db.close()
  }
}

/** Removes what retention lets go: the packed file first, without which its manifest says nothing. */
function prune({ stationId, nowMs, timeZone }: BackupRequest, folder: string, justMade: string): void {
  for (const name of superfluous(backupsIn(folder, stationId), offsetMsAt(nowMs, timeZone), justMade)) {
    rmSync(join(folder, name))
    rmSync(manifestPathOf(join(folder, name)), { force: true })
  }
}

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const NO_PLACE: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENODEV',
  'ENXIO',
])

/** Null for what is a defect of ours and no trouble of a disk. */
function troubleOf(error: unknown): BackupTrouble | null {
  if (error instanceof PlaceError) return 'no-place'
  const errno = errnoOf(error)
  if (errno !== null) return NO_ROOM.has(errno) ? 'no-room' : NO_PLACE.has(errno) ? 'no-place' : 'failed'
  const fault = error instanceof BookError ? error.code : storageFault(error)
  if (fault === 'disk-full') return 'no-room'
  if (fault === 'damaged') return 'not-verified'
  return fault === null || fault === 'broken-invariant' ? null : 'failed'
}

function errnoOf(error: unknown): string | null {
  const isSystems = error instanceof Error && 'code' in error && 'errno' in error
  return isSystems ? String(error.code) : null
}
