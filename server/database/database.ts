/** What a statement takes for its `$1`, `$2` …; a list goes to `unnest` or `ANY`. */
export type Value = string | number | boolean | null | readonly string[] | readonly number[]

export interface Connection {
  /**
   * Runs one statement. `bigint` columns and counts come back as numbers.
   *
   * @throws DatabaseError
   */
  query<Row>(sql: string, values?: readonly Value[]): Promise<readonly Row[]>
  /** Runs several statements without values. @throws DatabaseError */
  execute(sql: string): Promise<void>
}

/** The two databases of the server behind one door: PostgreSQL, and the embedded one for trials. */
export interface Database extends Connection {
  readonly kind: 'postgresql' | 'embedded'
  /** All or nothing, and durable when it answers: every write goes through here (SPEC SY-3). @throws DatabaseError */
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export type DatabaseTrouble =
  /** Not reachable, too busy, or given up by a lock: the same call may work a little later. */
  | 'busy'
  /** Cannot be used: no PostgreSQL, the wrong one, one from the future, or one that would not keep what it says. */
  | 'unusable'
  /** A statement was refused: a defect here. */
  | 'refused'

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly trouble: DatabaseTrouble

  constructor(trouble: DatabaseTrouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.trouble = trouble
  }
}

/** SQLSTATE classes and codes after which the same call may work: connection, resources, shutdown, locks. */
const BUSY_STATE = /^(?:08|53|57P|40001$|40P01$|55P03$|57014$)/
/** What the system calls are named in which a connection is made, used and broken. */
const SYSTEM_CALLS = new Set(['connect', 'read', 'write', 'getaddrinfo'])
/** What `pg` says without a code when a connection breaks or none is free. */
const BUSY_WORDS = /connection terminated|timeout exceeded when trying to connect|not queryable/i

/** @returns what was thrown as a DatabaseError, unless it is none of the database's. */
export function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseError) return error
  const code = 'code' in error ? String(error.code) : ''
  const inSystem = isOfSystem(error) || (error instanceof AggregateError && error.errors.every(isOfSystem))
  const busy = inSystem || BUSY_STATE.test(code) || BUSY_WORDS.test(error.message)
  if (busy) return new DatabaseError('busy', error.message || code, error)
  return /^[0-9A-Z]{5}$/.test(code) ? new DatabaseError('refused', `${code} ${error.message}`, error) : error
}

const isOfSystem = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && SYSTEM_CALLS.has(String(error.syscall))

/** `int8` as a number. @throws RangeError beyond the whole numbers that a number holds. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large to be exact`)
  return value
}

/** The object identifier of `int8` in every PostgreSQL. */
export const INT8 = 20
