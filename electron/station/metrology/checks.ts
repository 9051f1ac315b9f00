import type { ScaleCheck } from '../../../shared/contract/metrology.ts'
import type { CheckVerdict, LatestCheck } from '../../../shared/domain/metrology/standing.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import type { BookReader } from '../book/reader.ts'
import { actorNameIn, staffNameIn } from '../day/staff-name.ts'

interface CheckRow {
  readonly check_id: string
  readonly at: string
  readonly business_date: string
  readonly actor: string
  readonly nominal_mg: number
  readonly measured_mg: number
  readonly error_mg: number
  readonly permissible_mg: number
  readonly verdict: CheckVerdict
}

interface ReleaseRow {
  readonly business_date: string
  readonly approved_by: string
  readonly note: string
}

const NEWEST = `SELECT check_id, at, business_date, actor, nominal_mg, measured_mg, error_mg, permissible_mg, verdict
  FROM scale_checks WHERE scale_id = ? ORDER BY hlc DESC, origin DESC LIMIT ?`

const RELEASE = `SELECT business_date, approved_by, note FROM scale_releases
  WHERE check_id = ? ORDER BY business_date DESC, hlc DESC LIMIT 1`

const rowsOf = (reader: BookReader, scaleId: string, limit: number): readonly CheckRow[] =>
  reader.statement<[string, number], CheckRow>(NEWEST).all(scaleId, limit)

const releaseOf = (reader: BookReader, checkId: string): ReleaseRow | undefined =>
  reader.statement<[string], ReleaseRow>(RELEASE).get(checkId)

/** The newest check of a scale, for whether it may sell; null before the first. */
export function latestCheck(reader: BookReader, scaleId: string): LatestCheck | null {
  const row = rowsOf(reader, scaleId, 1)[0]
  if (row === undefined) return null
  return {
    checkId: row.check_id,
    businessDate: row.business_date,
    verdict: row.verdict,
    releasedOn: releaseOf(reader, row.check_id)?.business_date ?? null,
  }
}

/** The newest checks of a scale, newest first, with names. */
export const newestChecks = (reader: BookReader, scaleId: string, limit: number): readonly ScaleCheck[] =>
  rowsOf(reader, scaleId, limit).map((row) => {
    const release = releaseOf(reader, row.check_id)
    return {
      checkId: row.check_id,
      atMs: Date.parse(row.at),
      businessDate: row.business_date,
      byName: actorNameIn(reader, row.actor),
      nominalMg: milligrams(row.nominal_mg),
      measuredMg: milligrams(row.measured_mg),
      errorMg: milligrams(row.error_mg),
      permissibleMg: milligrams(row.permissible_mg),
      verdict: row.verdict,
      released:
        release === undefined
          ? null
          : {
              businessDate: release.business_date,
              byName: staffNameIn(reader, release.approved_by),
              note: release.note,
            },
    }
  })

/** Writes a check down, inside a `book.write`; nothing when it was written before an answer was lost. */
export function writeCheck(
  file: BookFile,
  append: Append,
  body: JournalBodies['scale.checked'],
  actor: string,
): void {
  const known = file.statement<[string]>('SELECT 1 FROM scale_checks WHERE check_id = ?').get(body.checkId)
  if (known === undefined) append({ kind: 'scale.checked', body }, actor)
}

/** Writes a manager's decision down, inside a `book.write`: about the scale's newest check, and only if that failed. */
export function writeRelease(
  file: BookFile,
  append: Append,
  body: JournalBodies['scale.released'],
  actor: string,
): 'released' | 'not-to-release' {
  const known = file
    .statement<[string]>('SELECT 1 FROM scale_releases WHERE release_id = ?')
    .get(body.releaseId)
  if (known !== undefined) return 'released'
  const latest = latestCheck(file, body.scaleId)
  if (latest?.checkId !== body.checkId || latest.verdict !== 'failed') return 'not-to-release'
  append({ kind: 'scale.released', body }, actor)
  return 'released'
}
