import type {
  PersonsAnswer,
  PersonsPage,
  PersonsRequest,
  SealedPerson,
} from '../shared/contract/sync-wire.ts'
import { WIRE_LIMITS } from '../shared/contract/sync-wire.ts'
import type { KnownStation } from './access/sessions.ts'
import type { Database } from './database/database.ts'

/** Takes sealed rows; a newer version replaces an older one. */
export function takePersons(
  database: Database,
  { canteenId }: KnownStation,
  { persons }: PersonsRequest,
): Promise<PersonsAnswer> {
  return database.transaction(async (connection) => {
    const [canteen] = await connection.query<{ before: number }>(
      `UPDATE canteens SET person_changes = person_changes + $1 WHERE canteen_id = $2
       RETURNING person_changes - $1 AS before`,
      [persons.length, canteenId],
    )
    const heldNewer: { memberId: string; version: number }[] = []
    for (const [index, { memberId, version, sealed }] of persons.entries()) {
      const taken = await connection.query(
        `INSERT INTO persons AS held (canteen_id, member_id, version, sealed, change) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (canteen_id, member_id) DO UPDATE
           SET version = excluded.version, sealed = excluded.sealed, change = excluded.change
           WHERE held.version < excluded.version
         RETURNING member_id`,
        [canteenId, memberId, version, sealed, (canteen?.before ?? 0) + index + 1],
      )
      if (taken.length > 0) continue
      const [held] = await connection.query<{ version: number }>(
        'SELECT version FROM persons WHERE canteen_id = $1 AND member_id = $2',
        [canteenId, memberId],
      )
      heldNewer.push({ memberId, version: held?.version ?? version })
    }
    return { heldNewer }
  })
}

/** Rows of the canteen in the order in which they changed, after a cursor. */
export async function personsAfter(
  database: Database,
  { canteenId }: KnownStation,
  cursor: number,
): Promise<PersonsPage> {
  const rows = await database.query<SealedPerson & { change: number }>(
    `SELECT member_id AS "memberId", version, sealed, change FROM persons
     WHERE canteen_id = $1 AND change > $2 ORDER BY change LIMIT $3`,
    [canteenId, cursor, WIRE_LIMITS.persons],
  )
  return {
    persons: rows.map(({ change: _, ...person }) => person),
    cursor: rows.at(-1)?.change ?? cursor,
  }
}
