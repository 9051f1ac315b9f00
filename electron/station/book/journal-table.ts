import { hash } from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'
import { CanonicalWriter } from '../../../shared/domain/journal/canonical.ts'
import {
  FIRST_PREV_HASH,
  hashedText,
  writeHashed,
  type EntryText,
  type JournalEntry,
} from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { HYBRID_TIME_ZERO, laterOf, type HybridTime } from '../../../shared/domain/journal/hybrid-clock.ts'

/** A row of the journal as it is stored: the body in canonical form. */
export interface StoredEntry extends EntryText {
  readonly hash: string
}

/** Where the next entry of an origin goes. `hlc` is the newest of all origins. */
export interface JournalHead {
  readonly seq: number
  readonly hash: string
  readonly hlc: HybridTime
  /** The newest business date that this station closed, or null: nothing is written on it or before it any more. */
  readonly closedThrough: string | null
}

/** Beyond every row number, a damaged one too. */
const EVERYWHERE = 2 ** 64

const COLUMNS = `id, origin, seq, kind, version, hlc, at, business_date AS businessDate, actor,
  prev_hash AS prevHash, hash, body AS bodyText`

/** SHA-256 of the entry's canonical form, in hexadecimal (SPEC LG-9). */
export const hashOf = (entry: EntryText): string => hash('sha256', hashedText(entry), 'hex')

/** The entry as everyone but the table sees it. */
export function entryOf({ bodyText, ...rest }: StoredEntry): JournalEntry {
  const body: unknown = JSON.parse(bodyText)
  return { ...rest, body }
}

/** Reads and appends; rows are never changed nor deleted (SPEC LG-6). */
export class JournalTable {
  readonly #writer = new CanonicalWriter()
  readonly #insert: Statement<unknown[]>
  readonly #bySeq: Statement<[string, number], StoredEntry>
  readonly #range: Statement<[string, number, number], StoredEntry>
  readonly #newest: Statement<[string, number], StoredEntry>
  readonly #between: Statement<[number | bigint, number | bigint], StoredEntry & { position: number }>
  readonly #nextOrigin: Statement<[string], { origin: string }>
  readonly #last: Statement<[], { position: number }>
  readonly #closes: Statement<[], { origin: string; closed_date: string }>

  constructor(db: Database) {
    this.#insert = db.prepare(
      `INSERT INTO journal (origin, seq, id, kind, version, hlc, at, business_date, actor, prev_hash, hash, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT))`,
    )
    this.#bySeq = db.prepare(`SELECT ${COLUMNS} FROM journal WHERE origin = ? AND seq = ?`)
    this.#range = db.prepare(
      `SELECT ${COLUMNS} FROM journal WHERE origin = ? AND seq >= ? ORDER BY seq LIMIT ?`,
    )
    this.#newest = db.prepare(`SELECT ${COLUMNS} FROM journal WHERE origin = ? ORDER BY seq DESC LIMIT ?`)
    this.#between = db.prepare(
      `SELECT position, ${COLUMNS} FROM journal WHERE position >= ? AND position <= ? ORDER BY position`,
    )
    this.#nextOrigin = db.prepare('SELECT origin FROM journal WHERE origin > ? ORDER BY origin LIMIT 1')
    this.#closes = db.prepare(
      'SELECT origin, max(closed_date) AS closed_date FROM day_closes GROUP BY origin',
    )
    this.#last = db.prepare('SELECT position FROM journal ORDER BY position DESC LIMIT 1')
  }

  /** Hashes an entry and writes it to the end. @returns its hash. */
  append(entry: Omit<JournalEntry, 'hash'>): string {
    const { bodyFrom, bodyTo } = writeHashed(this.#writer, entry)
    const entryHash = hash('sha256', this.#writer.view(0), 'hex')
    this.#insert.run(
      entry.origin,
      entry.seq,
      entry.id,
      entry.kind,
      entry.version,
      entry.hlc,
      entry.at,
      entry.businessDate,
      entry.actor,
      entry.prevHash,
      entryHash,
      this.#writer.view(bodyFrom, bodyTo),
    )
    return entryHash
  }

  bySeq(origin: string, seq: number): StoredEntry | undefined {
    return this.#bySeq.get(origin, seq)
  }

  /** At most `limit` entries of an origin from a number on, in order. */
  range(origin: string, fromSeq: number, limit: number): readonly StoredEntry[] {
    return this.#range.all(origin, fromSeq, limit)
  }

  /** The newest entries of an origin, newest first. */
  newest(origin: string, limit: number): readonly StoredEntry[] {
    return this.#newest.all(origin, limit)
  }

  /** Every entry in order of arrival. No other statement may write while this runs. */
  all(): IterableIterator<StoredEntry & { position: number }> {
    return this.between(-EVERYWHERE, EVERYWHERE)
  }

  /** The entries from one position to another, both included, in order. No other statement may write while this runs. */
  between(from: number | bigint, to: number | bigint): IterableIterator<StoredEntry & { position: number }> {
    return this.#between.iterate(from, to)
  }

  /** Number of entries: positions have no gaps, so the last one tells. */
  count(): number {
    return this.#last.get()?.position ?? 0
  }

  /** Each origin with entries here, by steps through the index and not by a scan. */
  origins(): readonly string[] {
    const origins: string[] = []
    for (let next = this.#nextOrigin.get(''); next !== undefined; next = this.#nextOrigin.get(next.origin))
      origins.push(next.origin)
    return origins
  }

  head(origin: string): JournalHead {
    const newest = this.newest(origin, 1)[0]
    let hlc = HYBRID_TIME_ZERO
    for (const each of this.origins()) hlc = laterOf(hlc, this.newest(each, 1)[0]?.hlc ?? HYBRID_TIME_ZERO)
    const closes = this.#closes.all().filter((close) => stationOf(close.origin) === stationOf(origin))
    const closedThrough =
      closes
        .map((close) => close.closed_date)
        .toSorted()
        .at(-1) ?? null
    return { seq: newest?.seq ?? 0, hash: newest?.hash ?? FIRST_PREV_HASH, hlc, closedThrough }
  }

  /** What is wrong with the newest `depth` entries of an origin, or null: hashes, links and numbering. */
  tailFault(origin: string, depth: number): string | null {
    let later: StoredEntry | null = null
    for (const entry of this.newest(origin, depth)) {
      if (hashOf(entry) !== entry.hash) return `entry ${origin}/${entry.seq} is not what was written`
      if (later !== null && (later.prevHash !== entry.hash || later.seq !== entry.seq + 1))
        return `entry ${origin}/${later.seq} does not follow ${origin}/${entry.seq}`
      later = entry
    }
    if (later?.seq === 1 && later.prevHash !== FIRST_PREV_HASH)
      return `entry ${origin}/1 is not a first entry`
    return null
  }
}
