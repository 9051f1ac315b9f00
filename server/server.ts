import { createAdaptorServer } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { serverIdentity } from './access/identity.ts'
import { migrate } from './database/migrate.ts'
import type { ServerDeps } from './deps.ts'
import { createApp } from './http/app.ts'
import { countAgain } from './totals/count-again.ts'

/** How long calls that are under way may take when the server stops, in milliseconds. */
const LAST_CALLS_MS = 5_000
/** How long a request may take to arrive whole, in milliseconds: a month's backlog over a slow line comes in batches. */
const REQUEST_MS = 120_000

export type ServerApp = ReturnType<typeof createApp>

/**
 * The community server over a database, which it brings up to date first.
 *
 * @throws DatabaseError
 */
export async function createServer(deps: ServerDeps): Promise<ServerApp> {
  await migrate(deps.database)
  const looked = await countAgain(deps)
  if (looked > 0) deps.log.info('counted again', { entries: looked })
  return createApp(deps, await serverIdentity(deps))
}

export interface ListeningServer {
  readonly url: string
  /** Takes no more calls, lets those under way end, and resolves when all are over. The database stays open. */
  stop(): Promise<void>
}

/**
 * Listens for calls.
 *
 * @param port 0 for any that is free.
 * @throws the operating system's error when the port cannot be had.
 */
export async function listen(
  app: ServerApp,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<ListeningServer> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { requestTimeout: REQUEST_MS } })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${name}:${address.port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        const force = setTimeout(
          () => 'closeAllConnections' in server && server.closeAllConnections(),
          LAST_CALLS_MS,
        )
        server.close((error) => {
          clearTimeout(force)
          if (error) reject(error)
          else resolve()
        })
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }),
  }
}
