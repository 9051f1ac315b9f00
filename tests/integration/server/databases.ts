import type { Database } from '../../../server/database/database.ts'
import { openPostgres } from '../../../server/database/postgres.ts'
import { embeddedInMemory } from '../../fixtures/embedded.ts'
import { PostgresCluster } from '../../fixtures/postgres.ts'

/** The two databases that everything about the server is tried on, each opened empty. */
export const DATABASES: readonly {
  readonly kind: Database['kind']
  readonly open: () => Promise<{ readonly database: Database; readonly close: () => Promise<void> }>
}[] = [
  {
    kind: 'embedded',
    async open() {
      const database = await embeddedInMemory()
      return { database, close: () => database.close() }
    },
  },
  {
    kind: 'postgresql',
    async open() {
      const cluster = await PostgresCluster.start()
      const database = await openPostgres(await cluster.newDatabase(), () => undefined)
      return {
        database,
        async close() {
          await database.close()
          await cluster.stop()
        },
      }
    },
  },
]
