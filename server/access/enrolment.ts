import { hash } from 'node:crypto'
import type { EnrolmentAnswer, EnrolmentRequest } from '../../shared/contract/sync-wire.ts'
import type { Connection } from '../database/database.ts'
import type { ServerDeps } from '../deps.ts'
import { Failure } from '../failure.ts'
import type { ServerIdentity } from './identity.ts'

/** How long a code can be used: handed out on a Friday, typed in after the weekend. */
const CODE_DAYS = 7
const DAY_MS = 86_400_000

/** Digits and letters that nobody mistakes for one another (Crockford's base 32). 15 of them are 75 bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 15
const GROUP = 5

export interface NewCode {
  readonly code: string
  readonly canteen: string
  /** ISO 8601. */
  readonly expiresAt: string
}

/**
 * A code with which one station can be enrolled, once; the canteen is made if it is new. Only its hash is kept.
 *
 * @param replaces the station whose key it replaces, because that was lost with its disk; null for a new station.
 */
export async function newCode(
  deps: ServerDeps,
  canteenName: string,
  replaces: string | null = null,
): Promise<NewCode> {
  const { database, clock, random } = deps
  const nowMs = clock.nowMs()
  const expiresAtMs = nowMs + CODE_DAYS * DAY_MS
  const symbols = [...random.bytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length])
  const code = Array.from({ length: CODE_LENGTH / GROUP }, (_, group) =>
    symbols.slice(group * GROUP, (group + 1) * GROUP).join(''),
  ).join('-')
  await database.transaction(async (connection) => {
    await connection.query(
      `INSERT INTO canteens (canteen_id, name, created_at_ms) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`,
      [random.uuid(), canteenName, nowMs],
    )
    await connection.query(
      `INSERT INTO enrolment_codes (code_hash, canteen_id, expires_at_ms, replaces_station)
       SELECT $1, canteen_id, $2, $3 FROM canteens WHERE name = $4`,
      [hashOfCode(code), expiresAtMs, replaces, canteenName],
    )
  })
  return { code, canteen: canteenName, expiresAt: new Date(expiresAtMs).toISOString() }
}

/** Read aloud, copied by hand: case, blanks and dashes do not matter, and O is 0, I and L are 1. */
const hashOfCode = (code: string): string =>
  hash(
    'sha256',
    code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'),
    'hex',
  )

interface CodeRow {
  readonly canteen_id: string
  readonly canteen_name: string
  readonly expires_at_ms: number
  readonly replaces_station: string | null
  readonly used_by_station: string | null
  readonly used_by_key: string | null
}

/**
 * Makes a station known by its public key (SPEC SY-9). The same station with the same key and code gets the same answer
 * again, because the first may have been lost on the way.
 *
 * @throws Failure CODE_REFUSED, STATION_EXISTS
 */
export function enrol(
  { database, clock, policyKeys = [] }: ServerDeps,
  { serverId }: ServerIdentity,
  request: EnrolmentRequest,
): Promise<EnrolmentAnswer> {
  const codeHash = hashOfCode(request.code)
  return database.transaction(async (connection) => {
    const [code] = await connection.query<CodeRow>(
      `SELECT canteen_id, name AS canteen_name, expires_at_ms, replaces_station, used_by_station, used_by_key
       FROM enrolment_codes JOIN canteens USING (canteen_id) WHERE code_hash = $1 FOR UPDATE OF enrolment_codes`,
      [codeHash],
    )
    if (code === undefined) throw new Failure('CODE_REFUSED')
    const { canteen_id: canteenId, canteen_name: canteenName } = code
    const answer = { canteenId, canteenName, serverId, policyKeys: [...policyKeys] }
    if (code.used_by_station !== null) {
      if (code.used_by_station === request.stationId && code.used_by_key === request.publicKey) return answer
      throw new Failure('CODE_REFUSED')
    }
    if (code.expires_at_ms <= clock.nowMs()) throw new Failure('CODE_REFUSED')
    await putStation(connection, code, request, clock.nowMs())
    await connection.query(
      'UPDATE enrolment_codes SET used_by_station = $1, used_by_key = $2 WHERE code_hash = $3',
      [request.stationId, request.publicKey, codeHash],
    )
    return answer
  })
}

async function putStation(
  connection: Connection,
  code: CodeRow,
  { stationId, publicKey }: EnrolmentRequest,
  nowMs: number,
): Promise<void> {
  const { canteen_id: canteenId, replaces_station: replaces } = code
  if (replaces !== null && replaces !== stationId) throw new Failure('CODE_REFUSED')
  if (replaces !== null)
    await connection.query('DELETE FROM sessions WHERE canteen_id = $1 AND station_id = $2', [
      canteenId,
      stationId,
    ])
  const put = await connection.query(
    `INSERT INTO stations AS held (canteen_id, station_id, public_key, enrolled_at_ms, last_contact_ms)
     VALUES ($1, $2, $3, $4, $4)
     ON CONFLICT (canteen_id, station_id) DO UPDATE SET public_key = excluded.public_key, enrolled_at_ms = $4
       WHERE $5 OR held.public_key = excluded.public_key
     RETURNING station_id`,
    [canteenId, stationId, publicKey, nowMs, replaces !== null],
  )
  if (put.length === 0) throw new Failure('STATION_EXISTS')
}
