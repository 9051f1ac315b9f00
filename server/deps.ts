import type { Database } from './database/database.ts'

/** What the server takes from outside: the same server runs in its process, in the trial and in tests. */
export interface ServerDeps {
  readonly database: Database
  /** Milliseconds since 1970. */
  readonly clock: { nowMs(): number }
  readonly random: { uuid(): string; bytes(count: number): Uint8Array }
  readonly log: ServerLog
  /** Between two canteens nobody goes in less; 0: one card at two places is not looked for. */
  readonly cardMinutes?: number
  /** Public keys of those who sign policy packs, told to each station at its enrolment. */
  readonly policyKeys?: readonly string[]
}

/** One line for each event; never a name, a code, a token or a sealed row. */
export interface ServerLog {
  info(event: string, data?: object): void
  error(event: string, data?: object): void
}
