import { staffActor, type StaffRole } from '../../../shared/domain/staff.ts'
import type { BookFile } from '../book/book.ts'
import type { BookReader } from '../book/reader.ts'
import { staffNameIn } from '../day/staff-name.ts'

/** Somebody of the staff as the book knows her. */
export interface RosterMember {
  readonly staffId: string
  /** From the sealed table of persons: the journal knows no names. */
  readonly name: string
  readonly role: StaffRole
  readonly active: boolean
  /** Without one nobody signs in at this station. */
  readonly hasPin: boolean
}

interface StaffRow {
  readonly staff_id: string
  readonly role: StaffRole
  readonly active: number
  readonly has_pin: number
}

const STAFF = `SELECT staff_id, role, active, staff_pins.staff_id IS NOT NULL AS has_pin
  FROM staff LEFT JOIN staff_pins USING (staff_id)`

/** Everybody who was ever appointed, the oldest first: ids ascend with time. */
export const roster = (reader: BookReader): readonly RosterMember[] =>
  reader
    .statement<[], StaffRow>(`${STAFF} ORDER BY staff_id`)
    .all()
    .map((row) => memberOf(reader, row))

/** Somebody by her id, or null. */
export function rosterMember(file: BookFile, staffId: string): RosterMember | null {
  const row = file.statement<[string], StaffRow>(`${STAFF} WHERE staff_id = ?`).get(staffId)
  return row === undefined ? null : memberOf(file, row)
}

/** Only inside a `book.write`. */
export const putStaffName = (file: BookFile, staffId: string, name: string): void => {
  file.persons.put(staffActor(staffId), { fullName: name, formOfAddress: name, bornOn: '' })
}

const memberOf = (reader: BookReader, row: StaffRow): RosterMember => ({
  staffId: row.staff_id,
  name: staffNameIn(reader, row.staff_id),
  role: row.role,
  active: row.active === 1,
  hasPin: row.has_pin === 1,
})
