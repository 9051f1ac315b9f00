import { staffActor } from '../../../shared/domain/staff.ts'
import type { BookReader } from '../book/reader.ts'

/** Somebody of the staff by name; her id once the name is no longer kept. */
export const staffNameIn = (reader: BookReader, staffId: string): string =>
  reader.persons.get(staffActor(staffId))?.fullName ?? staffId

/** `staff:ID` by name; programs, such as the counter or a command, as they call themselves. */
export const actorNameIn = (reader: BookReader, actor: string): string =>
  actor.startsWith('staff:') ? staffNameIn(reader, actor.slice('staff:'.length)) : actor
