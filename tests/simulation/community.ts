import { newCode } from '../../server/access/enrolment.ts'
import type { Connection, Database } from '../../server/database/database.ts'
import { embeddedInMemory } from '../fixtures/embedded.ts'
import { createServer, type ServerApp } from '../../server/server.ts'
import type { ServerDeps } from '../../server/deps.ts'
import type { Random } from '../fixtures/random.ts'
import { uuidOf } from './office.ts'
import type { Trace } from './trace.ts'

/** A defect put under the server on purpose: the auditor has to find it. */
export type ServerPlant = (database: Database) => Database

interface CommunityDeps {
  readonly trace: Trace
  readonly random: Random
  readonly clock: { nowMs(): number }
  readonly plant: ServerPlant
}

/** An entry as the server keeps it. */
export interface ServerEntry {
  readonly origin: string
  readonly seq: number
  readonly hash: string
  readonly kind: string
  readonly businessDate: string
  readonly body: string
}

export interface ServerDay {
  readonly businessDate: string
  readonly meals: number
  readonly priceFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
  readonly voidedMeals: number
  readonly voidedFen: number
  readonly voidedSubsidyFen: number
}

const CANTEEN = '模拟食堂'

/** One database for all simulations of a process: its start takes longer than a simulated week. */
let shared: Promise<Database> | null = null

/** The community server: the real one, on the embedded database, which may be killed and put back to an earlier state. */
export class Community {
  readonly #deps: CommunityDeps
  #database: Database | null = null
  #app: ServerApp | null = null
  /** Statements until the server dies; null while it is not about to. */
  #dieAfter: number | null = null
  #dead = false
  #remembered = false
  /** Calls that are being answered. */
  working = 0
  /** The server called something a defect of its own. */
  defect: string | null = null

  constructor(deps: CommunityDeps) {
    this.#deps = deps
  }

  /** An empty server. */
  async fresh(): Promise<void> {
    shared ??= embeddedInMemory()
    const database = await shared
    await database.execute(
      'DROP SCHEMA IF EXISTS yesterday CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public',
    )
    this.#database = database
    this.#remembered = false
    await this.restart()
  }

  /** The server's process ended, and another one is started on its database. */
  async restart(): Promise<void> {
    this.#dieAfter = null
    this.#dead = false
    this.#app = await createServer(this.#serverDeps())
  }

  /** A code with which a station can be enrolled. */
  async code(replaces: string | null): Promise<string> {
    // A server put back behind a new key would know the old one alone, and take nothing until somebody enrols the station.
    if (replaces !== null) this.#remembered = false
    return (await newCode(this.#serverDeps(), CANTEEN, replaces)).code
  }

  /** @returns the whole answer, or null when the server died over it. */
  async answer(url: string, init: RequestInit): Promise<Response | null> {
    const app = this.#app
    if (app === null) throw new Error('the server was never started')
    this.working += 1
    try {
      const { signal: _signal, ...request } = init
      const response = await app.fetch(new Request(url, request))
      const bytes = await response.arrayBuffer()
      if (this.#dead) {
        await this.restart()
        return null
      }
      return new Response(bytes, { status: response.status, headers: response.headers })
    } finally {
      this.working -= 1
    }
  }

  /** The server dies at one of the next statements. */
  dieSoon(statements: number): void {
    this.#dieAfter = statements
  }

  /** Keeps the server's state, for `goBack`. */
  async remember(): Promise<void> {
    await this.#raw().execute(
      `DROP SCHEMA IF EXISTS yesterday CASCADE; CREATE SCHEMA yesterday;
       ${(await this.#tables()).map((name) => `CREATE TABLE yesterday.${name} AS TABLE public.${name};`).join('')}`,
    )
    this.#remembered = true
  }

  /** The server is put back to what was remembered last. @returns false when nothing was. */
  async goBack(): Promise<boolean> {
    if (!this.#remembered) return false
    const tables = await this.#tables()
    await this.#raw().transaction(async (connection) => {
      await connection.execute(`TRUNCATE ${tables.map((name) => `public.${name}`).join(', ')} CASCADE`)
      for (const name of tables)
        await connection.execute(
          `INSERT INTO public.${name} OVERRIDING SYSTEM VALUE SELECT * FROM yesterday.${name}`,
        )
      await connection.execute(
        `SELECT setval(pg_get_serial_sequence('public.origins', 'origin_id'),
           (SELECT coalesce(max(origin_id), 0) + 1 FROM public.origins), false)`,
      )
    })
    await this.restart()
    return true
  }

  /** All that the server holds, by origin and number. */
  async entries(): Promise<readonly ServerEntry[]> {
    return await this.#raw().query<ServerEntry>(
      `SELECT origin, seq, hash, kind, business_date AS "businessDate", body
       FROM journal JOIN origins USING (origin_id) ORDER BY origin, seq`,
    )
  }

  async days(): Promise<readonly ServerDay[]> {
    const summed = (column: string): string => `sum(${column})::bigint`
    return await this.#raw().query<ServerDay>(
      `SELECT business_date AS "businessDate", ${summed('meals')} AS meals, ${summed('price_fen')} AS "priceFen",
         ${summed('subsidy_fen')} AS "subsidyFen", ${summed('wallet_fen')} AS "walletFen",
         ${summed('cash_fen')} AS "cashFen", ${summed('voided_meals')} AS "voidedMeals",
         ${summed('voided_price_fen')} AS "voidedFen", ${summed('voided_subsidy_fen')} AS "voidedSubsidyFen"
       FROM day_meals GROUP BY business_date ORDER BY business_date`,
    )
  }

  /** In the order in which they were made, so that what is referred to comes first. */
  async #tables(): Promise<readonly string[]> {
    const rows = await this.#raw().query<{ name: string }>(
      `SELECT relname AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = 'public' AND relkind = 'r' ORDER BY pg_class.oid`,
    )
    return rows.map(({ name }) => name)
  }

  #raw(): Database {
    if (this.#database === null) throw new Error('the server was never started')
    return this.#database
  }

  #serverDeps(): ServerDeps {
    const { clock, random, plant } = this.#deps
    return {
      database: plant(this.#mortal(this.#raw())),
      clock,
      random: { uuid: () => uuidOf(random), bytes: (count) => random.bytes(count) },
      log: {
        info: () => undefined,
        error: (event, data) => {
          if (event === 'fault' && !this.#dead) this.defect ??= JSON.stringify(data)
        },
      },
    }
  }

  /** The database as a server sees it that may die between two statements. */
  #mortal(database: Database): Database {
    const mortal = (connection: Connection): Connection => ({
      query: async (sql, values) => {
        this.#live()
        return await connection.query(sql, values)
      },
      execute: async (sql) => {
        this.#live()
        await connection.execute(sql)
      },
    })
    return {
      ...mortal(database),
      kind: database.kind,
      close: () => Promise.resolve(),
      transaction: (work) =>
        database.transaction(async (connection) => {
          const result = await work(mortal(connection))
          this.#live()
          return result
        }),
    }
  }

  #live(): void {
    if (this.#dieAfter !== null) {
      this.#dieAfter -= 1
      if (this.#dieAfter <= 0) {
        this.#dead = true
        this.#deps.trace.fault('server-killed')
        this.#dieAfter = null
      }
    }
    if (this.#dead) throw new Error('the server was killed')
  }
}
