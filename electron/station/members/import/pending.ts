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

const boundTo = (partNo: number): string => `pending-import/${partNo}`

/** The rows of `pending_imports`; every function runs inside a read or a write of the book. */
export function keepPending(file: BookFile, members: readonly PlannedMember[], actor: string): void {
  const insert = file.statement<[number, string, string, number, Buffer]>(
    'INSERT INTO pending_imports (part_no, origin, actor, count, sealed) VALUES (?, ?, ?, ?, ?)',
  )
  for (let from = 0; from < members.length; from += PART_SIZE) {
    const part = members.slice(from, from + PART_SIZE)
    const partNo = from / PART_SIZE
    const sealed = file.persons.sealText(JSON.stringify(part), boundTo(partNo))
    insert.run(partNo, file.originId, actor, part.length, sealed)
    file.seals.seal('pending_imports', String(partNo))
  }
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
