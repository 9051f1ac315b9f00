import type { z } from 'zod'
import {
  cardAlarms,
  challengeAnswer,
  enrolmentAnswer,
  entriesPage,
  PACKED,
  personsAnswer,
  personsPage,
  position,
  sessionAnswer,
  sessionText,
  stationOrigins,
  WIRE_LIMITS,
  WIRE_VERSION,
  type CardAlarms,
  type EnrolmentAnswer,
  type EntriesPage,
  type PersonsAnswer,
  type PersonsPage,
  type Position,
  type SealedPerson,
} from '../../../shared/contract/sync-wire.ts'
import type { Enrolment } from './enrolment.ts'
import { checked, type Link } from './link.ts'
import { packed, unpacked } from './packing.ts'
import type { StationKey } from './station-key.ts'
import { ServerRefused } from './trouble.ts'

const JSON_TYPE = 'application/json'

/** A session may be over before a long backlog is; more often than this something else is wrong. */
const MOST_SESSIONS = 3
/** A line that sends each request twice uses a challenge up before its answer is here. */
const MOST_CHALLENGES = 4

interface JsonCall<Output> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: object
  readonly answer: z.ZodType<Output>
}

const bodyOf = (value: object) => ({
  bytes: new TextEncoder().encode(JSON.stringify(value)),
  type: JSON_TYPE,
})

/** Hands in the one-time code. @throws SyncStopped; a ServerRefused `CODE_REFUSED` for a code that does not count. */
export async function enrolAt(
  link: Link,
  request: { readonly code: string; readonly stationId: string; readonly key: StationKey },
): Promise<EnrolmentAnswer> {
  const { code, stationId, key } = request
  const body = { version: WIRE_VERSION, code, stationId, publicKey: key.publicKey }
  const call = { method: 'POST', path: '/v1/enrolments', body: bodyOf(body) } as const
  return await link.json(enrolmentAnswer, { ...call, mostBytes: WIRE_LIMITS.jsonBytes })
}

/** The calls of the wire as the station that is enrolled, with a session that is opened when one is needed. */
export class Server {
  readonly #link: Link
  readonly #enrolment: Enrolment
  readonly #key: StationKey
  #token: string | null = null

  constructor(link: Link, enrolment: Enrolment, key: StationKey) {
    this.#link = link
    this.#enrolment = enrolment
    this.#key = key
  }

  /** How far the server holds each origin of this station. */
  async origins(): Promise<readonly Position[]> {
    const path = `/v1/stations/${this.#enrolment.stationId}/origins`
    return (await this.#json({ method: 'GET', path, answer: stationOrigins })).origins
  }

  async position(origin: string): Promise<Position> {
    return await this.#json({ method: 'GET', path: `/v1/origins/${origin}/position`, answer: position })
  }

  /** @param batch a Batch as JSON. @returns how far the server holds the origin now, durably. */
  async push(origin: string, batch: Uint8Array): Promise<Position> {
    const body = { bytes: await packed(batch), type: PACKED }
    const path = `/v1/origins/${origin}/batches`
    const answer = await this.#inSession((token) =>
      this.#link.ask({ method: 'POST', path, token, body, mostBytes: WIRE_LIMITS.jsonBytes }),
    )
    return checked(position, answer.toString('utf8'))
  }

  async entries(origin: string, fromSeq: number): Promise<EntriesPage> {
    const path = `/v1/origins/${origin}/entries?from=${fromSeq}`
    const mostBytes = WIRE_LIMITS.packedBytes
    const frame = await this.#inSession((token) => this.#link.ask({ method: 'GET', path, token, mostBytes }))
    return checked(entriesPage, (await unpacked(frame)).toString('utf8'))
  }

  async pushPersons(persons: readonly SealedPerson[]): Promise<PersonsAnswer> {
    const body = { version: WIRE_VERSION, persons }
    return await this.#json({ method: 'POST', path: '/v1/persons', body, answer: personsAnswer })
  }

  async persons(after: number): Promise<PersonsPage> {
    return await this.#json({ method: 'GET', path: `/v1/persons?after=${after}`, answer: personsPage })
  }

  /** Cards that paid here and elsewhere too soon; none from a server that does not know the question. */
  async cardAlarms(): Promise<CardAlarms['alarms']> {
    try {
      return (await this.#json({ method: 'GET', path: '/v1/card-alarms', answer: cardAlarms })).alarms
    } catch (error) {
      if (isRefusal(error, 'NOT_FOUND')) return []
      throw error
    }
  }

  async #json<Output>({ method, path, body, answer }: JsonCall<Output>): Promise<Output> {
    const mostBytes = WIRE_LIMITS.jsonBytes * 2
    const given = body === undefined ? {} : { body: bodyOf(body) }
    return await this.#inSession((token) =>
      this.#link.json(answer, { method, path, token, mostBytes, ...given }),
    )
  }

  async #inSession<Answer>(ask: (token: string) => Promise<Answer>): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      this.#token ??= await this.#openSession()
      try {
        return await ask(this.#token)
      } catch (error) {
        if (!isRefusal(error, 'UNAUTHORIZED') || tries >= MOST_SESSIONS) throw error
        this.#token = null
      }
    }
  }

  async #openSession(): Promise<string> {
    for (let tries = 1; ; tries += 1)
      try {
        return await this.#answeredChallenge()
      } catch (error) {
        if (!isRefusal(error, 'CHALLENGE_REFUSED') || tries >= MOST_CHALLENGES) throw error
      }
  }

  async #answeredChallenge(): Promise<string> {
    const { canteenId, stationId, serverId } = this.#enrolment
    const who = { version: WIRE_VERSION, canteenId, stationId }
    const mostBytes = WIRE_LIMITS.jsonBytes
    const asking = { method: 'POST', mostBytes } as const
    const { challenge } = await this.#link.json(challengeAnswer, {
      ...asking,
      path: '/v1/challenges',
      body: bodyOf(who),
    })
    const signature = this.#key.sign(sessionText({ serverId, canteenId, stationId, challenge }))
    const body = bodyOf({ ...who, challenge, signature })
    const session = await this.#link.json(sessionAnswer, { ...asking, path: '/v1/sessions', body })
    return session.token
  }
}

const isRefusal = (error: unknown, word: ServerRefused['error']): boolean =>
  error instanceof ServerRefused && error.error === word
