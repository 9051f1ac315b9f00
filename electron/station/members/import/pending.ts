import type { ImportRow } from '../../../../shared/domain/members/import-rows.ts'
import type { BookFile } from '../../book/book.ts'

/** A senior of the list with the id that she will be registered under. */
export interface PlannedMember extends ImportRow {
  readonly memberId: string
}

export interface PendingPart {
  readonly partNo: number
  readonly actor: string
  readonly members: readonly PlannedMember[]
}

interface PartRow {
  readonly part_no: number
  readonly actor: string
  readonly sealed: Buffer
}

/** So many at a time: some 20 ms in which the counter waits. */
const PART_SIZE = 200
/** Written with one flush of the disk: again some 20 ms. */
const PIECE_SIZE = 5 * PART_SIZE

const boundTo = (partNo: number): string => `pending-import/${partNo}`

/** In `meta` while a list is put down piece by piece and nobody has decided yet that it is taken in. */
const UNDECIDED = 'import-undecided'

/** As many members as are put down in one transaction, a list after the other. */
export function* pieces(members: readonly PlannedMember[]): Generator<readonly PlannedMember[]> {
  for (let from = 0; from < members.length; from += PIECE_SIZE) yield members.slice(from, from + PIECE_SIZE)
}

/** Every function from here on runs inside a read or a write of the book. */

/** Puts a piece of a list down, undecided: until `decide` nothing of it is ever taken in. */
export function keepUndecided(file: BookFile, members: readonly PlannedMember[], actor: string): void {
  const { queries, seals, persons, originId } = file
  queries.setMeta.run(UNDECIDED, originId)
  seals.seal('meta', UNDECIDED)
  const insert = file.statement<[number, string, string, number, Buffer]>(
    'INSERT INTO pending_imports (part_no, origin, actor, count, sealed) VALUES (?, ?, ?, ?, ?)',
  )
  const newest = file.statement<[], { part_no: number }>(
    'SELECT part_no FROM pending_imports ORDER BY part_no DESC',
  )
  let partNo = (newest.get()?.part_no ?? -1) + 1
  for (let from = 0; from < members.length; from += PART_SIZE) {
    const part = members.slice(from, from + PART_SIZE)
    const sealed = persons.sealText(JSON.stringify(part), boundTo(partNo))
    insert.run(partNo, originId, actor, part.length, sealed)
    seals.seal('pending_imports', String(partNo))
    partNo += 1
  }
}

/** From here on the list is taken in, whatever happens. */
export function decide(file: BookFile): void {
  file.statement<[string]>('DELETE FROM meta WHERE key = ?').run(UNDECIDED)
  file.seals.seal('meta', UNDECIDED)
}

/** Forgets a list that was never decided on. */
export function dropUndecided(file: BookFile): void {
  if (file.queries.meta.get(UNDECIDED) === undefined) return
  const parts = file.statement<[], { part_no: number }>('SELECT part_no FROM pending_imports').all()
  for (const { part_no: partNo } of parts) dropPart(file, partNo)
  decide(file)
}

export function nextPending(file: BookFile): PendingPart | null {
  const row = file
    .statement<[], PartRow>('SELECT part_no, actor, sealed FROM pending_imports ORDER BY part_no LIMIT 1')
    .get()
  if (row === undefined) return null
  const text = file.persons.unsealText(row.sealed, boundTo(row.part_no))
  return { partNo: row.part_no, actor: row.actor, members: JSON.parse(text) as readonly PlannedMember[] }
}

export function dropPart(file: BookFile, partNo: number): void {
  file.statement<[number]>('DELETE FROM pending_imports WHERE part_no = ?').run(partNo)
  file.seals.seal('pending_imports', String(partNo))
}

/** How many members are left to take in; 0 when none. */
export const pendingCount = (file: BookFile): number =>
  file.statement<[], { count: number }>('SELECT coalesce(sum(count), 0) AS count FROM pending_imports').get()
    ?.count ?? 0

/** Forgets what another origin left: the book was put back from a backup. @returns true when there was any. */
export function dropOthers(file: BookFile): boolean {
  const others = file.statement<[string], { readonly part_no: number }>(
    'SELECT part_no FROM pending_imports WHERE origin <> ?',
  )
  const found = others.all(file.originId)
  for (const row of found) dropPart(file, row.part_no)
  return found.length > 0
}
