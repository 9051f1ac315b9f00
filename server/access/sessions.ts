import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import {
  sessionText,
  type ChallengeAnswer,
  type ChallengeRequest,
  type SessionAnswer,
  type SessionRequest,
} from '../../shared/contract/sync-wire.ts'
import type { ServerDeps } from '../deps.ts'
import { Failure } from '../failure.ts'
import type { ServerIdentity } from './identity.ts'
import { isSignedBy } from './signature.ts'

const CHALLENGE_MS = 2 * 60_000
const SESSION_MS = 30 * 60_000
const NONCE_BYTES = 24
const TOKEN_BYTES = 32

/** Who is calling, once her session was looked up. */
export interface KnownStation {
  readonly canteenId: string
  readonly stationId: string
  /** Raw Ed25519 in base64. */
  readonly publicKey: string
}

type Named = Pick<ChallengeRequest, 'canteenId' | 'stationId'>

/**
 * Sessions by challenge: the server asks, the station signs, and each challenge is good once (SPEC SY-2). A challenge is
 * not kept but signed by the server, so that asking for many costs nothing; only an answered one is noted.
 */
export class Sessions {
  readonly #deps: ServerDeps
  readonly #identity: ServerIdentity

  constructor(deps: ServerDeps, identity: ServerIdentity) {
    this.#deps = deps
    this.#identity = identity
  }

  /** @throws Failure UNKNOWN_STATION */
  async challenge(asked: ChallengeRequest): Promise<ChallengeAnswer> {
    if ((await this.#keyOf(asked)) === null) throw new Failure('UNKNOWN_STATION')
    const expiresAtMs = this.#deps.clock.nowMs() + CHALLENGE_MS
    const nonce = Buffer.from(this.#deps.random.bytes(NONCE_BYTES)).toString('base64url')
    const text = `${nonce}.${expiresAtMs}`
    return { challenge: `${text}.${this.#seal(text, asked)}`, expiresAtMs }
  }

  /** @throws Failure UNKNOWN_STATION, CHALLENGE_REFUSED, SIGNATURE */
  async open(request: SessionRequest): Promise<SessionAnswer> {
    const publicKey = await this.#keyOf(request)
    if (publicKey === null) throw new Failure('UNKNOWN_STATION')
    const challengeExpiresMs = this.#expiryOf(request)
    const { canteenId, stationId, challenge, signature } = request
    const text = sessionText({ serverId: this.#identity.serverId, canteenId, stationId, challenge })
    if (!isSignedBy(publicKey, text, signature)) throw new Failure('SIGNATURE')
    return await this.#begin(request, challengeExpiresMs)
  }

  /** The station whose session this is. @throws Failure UNAUTHORIZED */
  async stationOf(token: string): Promise<KnownStation> {
    const [station] = await this.#deps.database.query<KnownStation>(
      `SELECT canteen_id AS "canteenId", station_id AS "stationId", public_key AS "publicKey"
       FROM sessions JOIN stations USING (canteen_id, station_id) WHERE token_hash = $1 AND expires_at_ms > $2`,
      [hash('sha256', token, 'hex'), this.#deps.clock.nowMs()],
    )
    if (station === undefined) throw new Failure('UNAUTHORIZED')
    return station
  }

  #begin({ canteenId, stationId, challenge }: SessionRequest, challengeExpiresMs: number) {
    const nowMs = this.#deps.clock.nowMs()
    const token = Buffer.from(this.#deps.random.bytes(TOKEN_BYTES)).toString('base64url')
    const expiresAtMs = nowMs + SESSION_MS
    return this.#deps.database.transaction(async (connection): Promise<SessionAnswer> => {
      const first = await connection.query(
        `INSERT INTO used_challenges (challenge_hash, expires_at_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING
         RETURNING challenge_hash`,
        [hash('sha256', challenge, 'hex'), challengeExpiresMs],
      )
      if (first.length === 0) throw new Failure('CHALLENGE_REFUSED')
      await connection.query('DELETE FROM used_challenges WHERE expires_at_ms < $1', [nowMs])
      await connection.query('DELETE FROM sessions WHERE expires_at_ms < $1', [nowMs])
      await connection.query(
        'INSERT INTO sessions (token_hash, canteen_id, station_id, expires_at_ms) VALUES ($1, $2, $3, $4)',
        [hash('sha256', token, 'hex'), canteenId, stationId, expiresAtMs],
      )
      await connection.query(
        'UPDATE stations SET last_contact_ms = $1 WHERE canteen_id = $2 AND station_id = $3',
        [nowMs, canteenId, stationId],
      )
      return { token, expiresAtMs }
    })
  }

  async #keyOf({ canteenId, stationId }: Named): Promise<string | null> {
    const [row] = await this.#deps.database.query<{ public_key: string }>(
      'SELECT public_key FROM stations WHERE canteen_id = $1 AND station_id = $2',
      [canteenId, stationId],
    )
    return row?.public_key ?? null
  }

  /** @throws Failure CHALLENGE_REFUSED unless this server made it for this station and it is not over. */
  #expiryOf({ challenge, ...named }: SessionRequest): number {
    const end = challenge.lastIndexOf('.')
    const text = challenge.slice(0, Math.max(0, end))
    const expected = Buffer.from(this.#seal(text, named))
    const sealed = Buffer.from(challenge.slice(end + 1))
    const expiresAtMs = Number(text.slice(text.indexOf('.') + 1))
    const ours = sealed.length === expected.length && timingSafeEqual(sealed, expected)
    if (!ours || expiresAtMs <= this.#deps.clock.nowMs()) throw new Failure('CHALLENGE_REFUSED')
    return expiresAtMs
  }

  #seal(text: string, { canteenId, stationId }: Named): string {
    return createHmac('sha256', this.#identity.challengeSecret)
      .update(`${canteenId}/${stationId}/${text}`)
      .digest('base64url')
  }
}
