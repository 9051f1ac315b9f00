import { z } from 'zod'
import { canonicalJson } from '../domain/journal/canonical.ts'
import type { EntryText } from '../domain/journal/entry.ts'
import type { HybridTime } from '../domain/journal/hybrid-clock.ts'
import { publicKey } from './signed-pack.ts'

/**
 * What stations and the community server say to each other: versioned JSON over HTTP, apart from the screens' contract,
 * because the two sides are upgraded on different nights (docs/design.md §9). Answers may grow fields; requests may not.
 *
 * Calls, all below the server's address. All but the first three ask for `authorization: Bearer TOKEN`.
 *
 *     POST /v1/enrolments                  EnrolmentRequest   → EnrolmentAnswer
 *     POST /v1/challenges                  ChallengeRequest   → ChallengeAnswer
 *     POST /v1/sessions                    SessionRequest     → SessionAnswer
 *     GET  /v1/origins/ORIGIN/position                        → Position
 *     POST /v1/origins/ORIGIN/batches      Batch, packed      → Position
 *     GET  /v1/origins/ORIGIN/entries?from=SEQ                → EntriesPage, packed
 *     GET  /v1/stations/STATION/origins                       → StationOrigins
 *     POST /v1/persons                     PersonsRequest     → PersonsAnswer
 *     GET  /v1/persons?after=CURSOR                           → PersonsPage
 *
 * Packed means JSON in one zstd frame with the content type `PACKED`, and not a content encoding: whoever reads it unpacks
 * it himself and so can stop at `WIRE_LIMITS.unpackedBytes` (SPEC SY-8). Everything else is `application/json`. A call that
 * fails answers a `WireError`.
 */
export const WIRE_VERSION = 1

/** The content type of a batch and of a page of entries. */
export const PACKED = 'application/zstd'

export const WIRE_LIMITS = {
  /** Entries in a batch, and in a page. */
  batchEntries: 1_000,
  /** Bytes of a batch as it travels. */
  packedBytes: 4 * 1024 * 1024,
  /** Bytes of a batch, or of a page, as JSON. A batch should stop growing well before, at `batchBytes`. */
  unpackedBytes: 32 * 1024 * 1024,
  /** About where a sender closes a batch, and the server a page: bytes of JSON. */
  batchBytes: 2 * 1024 * 1024,
  /** Bytes of every other request. */
  jsonBytes: 1024 * 1024,
  persons: 200,
  /** Length of a sealed person in base64. */
  sealedLength: 4_096,
} as const

const version = z.literal(WIRE_VERSION)
const stationId = z.string().regex(/^[a-z0-9-]{1,32}$/)
/** A station, or a station's restored book as `STATION.EPOCH`. */
const origin = z.string().regex(/^[a-z0-9-]{1,32}(\.[a-z0-9-]{1,32})?$/)
const seq = z.int().min(1)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const canteenId = z.uuid()
/** An Ed25519 signature is 64 bytes, the key 32. */
const signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/)
/** Text that every database can hold as it is. */
const text = z
  .string()
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'text without NUL and half characters')

/**
 * An entry as it travels: the body stays the canonical text that was hashed, whoever understands it or not. The envelope is
 * held to what hashing and keeping need; anything else that is odd about an entry must not stop those behind it.
 */
export const wireEntry = z
  .strictObject({
    id: text.min(1).max(64),
    origin,
    seq,
    kind: text.min(1).max(64),
    version: z.int().min(1),
    hlc: text.max(64).transform((value) => value as HybridTime),
    at: text.max(64),
    businessDate: text.max(64),
    actor: text.max(200),
    prevHash: hash,
    hash,
    bodyText: text,
  })
  .readonly() satisfies z.ZodType<EntryText & { readonly hash: string }>
export type WireEntry = z.output<typeof wireEntry>

/** The station's word for its book up to a number; the signature is over `checkpointText`, in base64. */
const checkpoint = z.strictObject({ origin, seq, hash, signature }).readonly()

export const batch = z
  .strictObject({
    version,
    origin,
    /** The number of the first entry; the rest follow without a gap. At most one above the server's position. */
    fromSeq: seq,
    entries: z.array(wireEntry).min(1).max(WIRE_LIMITS.batchEntries).readonly(),
    /** Over the last entry of this batch. */
    checkpoint,
  })
  .readonly()
export type Batch = z.output<typeof batch>

export const position = z.object({
  origin,
  /** The highest number up to which everything is held; 0 and `FIRST_PREV_HASH` when nothing is. */
  seq: z.int().min(0),
  hash,
})
export type Position = z.output<typeof position>

export const entriesPage = z.object({
  version,
  origin,
  /** In ascending order from the number asked for; empty at the end. */
  entries: z.array(wireEntry),
  /** The newest number the server holds of this origin: ask on until it is reached. */
  headSeq: z.int().min(0),
})
export type EntriesPage = z.output<typeof entriesPage>

/** The same card at this station and at another within a time in which nobody goes from one to the other (SPEC CK-23). */
const cardAlarm = z.object({
  alarmId: z.string().min(1).max(200),
  uid: z.string().regex(/^[0-9A-F]{8,20}$/),
  /** When it paid here. */
  hereAtMs: z.int(),
  /** The other's canteen and station, and when it paid there. */
  there: z.string().max(200),
  thereAtMs: z.int(),
})
/** The newest ones that concern the station that asks; it knows by their ids which it has. A server of before does not know the call. */
export const cardAlarms = z.object({ alarms: z.array(cardAlarm).max(100) })
export type CardAlarms = z.output<typeof cardAlarms>

export const stationOrigins = z.object({ origins: z.array(position) })
export type StationOrigins = z.output<typeof stationOrigins>

export const enrolmentRequest = z.strictObject({
  version,
  /** As it was read out to somebody: case, blanks and dashes do not matter. */
  code: z.string().min(1).max(64),
  stationId,
  publicKey,
})
export type EnrolmentRequest = z.output<typeof enrolmentRequest>

export const enrolmentAnswer = z.object({
  canteenId,
  canteenName: z.string(),
  serverId: z.uuid(),
  /** Who signs the policy packs of this server's canteens; a server that names nobody answers as it always did. */
  policyKeys: z.array(publicKey).max(16).default([]),
})
export type EnrolmentAnswer = z.output<typeof enrolmentAnswer>

export const challengeRequest = z.strictObject({ version, canteenId, stationId })
export type ChallengeRequest = z.output<typeof challengeRequest>

export const challengeAnswer = z.object({ challenge: z.string().max(256), expiresAtMs: z.int() })
export type ChallengeAnswer = z.output<typeof challengeAnswer>

/** The signature is over `sessionText`, in base64. */
export const sessionRequest = z.strictObject({
  version,
  canteenId,
  stationId,
  challenge: z.string().min(1).max(256),
  signature,
})
export type SessionRequest = z.output<typeof sessionRequest>

export const sessionAnswer = z.object({ token: z.string(), expiresAtMs: z.int() })
export type SessionAnswer = z.output<typeof sessionAnswer>

/** A person as the station sealed her: the server cannot read it. Empty when she was erased. */
const sealedPerson = z
  .strictObject({
    /** A member's id, or `staff:ID`: people of the house have their names here too. */
    memberId: z.string().regex(/^(?:staff:)?[A-Za-z0-9._-]{1,64}$/),
    version: z.int().min(1),
    sealed: z
      .string()
      .max(WIRE_LIMITS.sealedLength)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/),
  })
  .readonly()
export type SealedPerson = z.output<typeof sealedPerson>

export const personsRequest = z.strictObject({
  version,
  persons: z.array(sealedPerson).min(1).max(WIRE_LIMITS.persons),
})
export type PersonsRequest = z.output<typeof personsRequest>

export const personsAnswer = z.object({
  /** Rows that the server did not take, because it holds this version or a newer one. */
  heldNewer: z.array(z.object({ memberId: z.string(), version: z.int() })),
})
export type PersonsAnswer = z.output<typeof personsAnswer>

export const personsPage = z.object({
  persons: z.array(sealedPerson),
  /** What to ask after next; the same as was asked after when nothing is new. */
  cursor: z.int().min(0),
})
export type PersonsPage = z.output<typeof personsPage>

/** Why a call came to nothing. `error` is what a program goes by; everything else helps a person. */
export const wireError = z.object({
  error: z.enum([
    /** 426: the server speaks only the versions in `supported`. */
    'VERSION',
    /** 400: not what this page says; `detail` names the place. */
    'INVALID',
    /** 413: more bytes than `WIRE_LIMITS`, packed or unpacked. */
    'TOO_LARGE',
    /** 401: no session, or one that is over: ask for a challenge. */
    'UNAUTHORIZED',
    /** 403: the code was used, is over, or never was. */
    'CODE_REFUSED',
    /** 409: the canteen has a station of that name with another key. */
    'STATION_EXISTS',
    /** 404: this canteen has no such station. */
    'UNKNOWN_STATION',
    /** 403: the challenge was answered before, or is over. */
    'CHALLENGE_REFUSED',
    /** 403: not signed by the key that the station was enrolled with. */
    'SIGNATURE',
    /** 403: the origin belongs to another station. */
    'NOT_YOURS',
    /** 409: the batch begins above `seq` + 1; `seq` is the server's position. */
    'GAP',
    /** 409: the server holds another entry under the number `seq`: two books under one name. */
    'FORK',
    /** 422: the hash of entry `seq` is not its hash, or it does not follow the one before it. */
    'CHAIN',
    /** 429 or 503: later, after `retry-after` seconds. */
    'BUSY',
    /** 404: there is no such call. */
    'NOT_FOUND',
    /** 500: a defect of the server; nothing was kept. */
    'FAULT',
  ]),
  detail: z.string().optional(),
  seq: z.int().min(0).optional(),
  supported: z.array(z.int()).optional(),
})
export type WireError = z.output<typeof wireError>

/** What a station signs to open a session. The server's id keeps the answer from being used at another server. */
export const sessionText = (parts: {
  readonly serverId: string
  readonly canteenId: string
  readonly stationId: string
  readonly challenge: string
}): string => canonicalJson({ purpose: 'canteen-session/1', ...parts })

/** What a station signs to vouch for its book: the entry `hash` is number `seq` of `origin` in this canteen. */
export const checkpointText = (parts: {
  readonly canteenId: string
  readonly origin: string
  readonly seq: number
  readonly hash: string
}): string => canonicalJson({ purpose: 'canteen-checkpoint/1', ...parts })
