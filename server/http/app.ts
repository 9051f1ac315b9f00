import { Hono, type Context } from 'hono'
import { DatabaseError } from '../database/database.ts'
import type { ServerDeps } from '../deps.ts'
import type { ServerIdentity } from '../access/identity.ts'
import { Failure, otherVersion } from '../failure.ts'
import { pages } from '../page/pages.ts'
import { openApi } from './openapi.ts'
import { stationCalls } from './station-calls.ts'

/** Seconds that a station is asked to wait when the database is busy. */
const RETRY_SECONDS = 5

/** The whole server as one handler of requests. */
export function createApp(deps: ServerDeps, identity: ServerIdentity): Hono {
  const app = new Hono()
  app.onError((error, context) => answerTo(deps, error, context))
  app.notFound((context) => {
    const isCall = /^\/v\d+(?:\/|$)/.test(context.req.path)
    const failure = isCall && !context.req.path.startsWith('/v1/') ? otherVersion() : new Failure('NOT_FOUND')
    return context.json(failure.body, failure.status)
  })
  app.get('/healthz', async (context) => {
    await deps.database.query('SELECT 1')
    return context.json({ status: 'ok', database: deps.database.kind })
  })
  app.get('/openapi.json', (context) => context.json(openApi()))
  app.route('/v1', stationCalls(deps, identity))
  app.route('/', pages(deps))
  return app
}

/** What the caller reads when a call came to nothing. A defect says nothing about its inside. */
function answerTo({ log }: ServerDeps, error: Error, context: Context): Response {
  const failure = failureOf(error)
  const { status, body } = failure
  const about = { call: `${context.req.method} ${context.req.path}`, error: body.error }
  if (body.error === 'FAULT') log.error('fault', { ...about, message: error.message, stack: error.stack })
  else if (body.error === 'BUSY') log.error('busy', { ...about, message: error.message })
  else log.info('refused', { ...about, detail: body.detail })
  if (body.error === 'BUSY') context.header('retry-after', String(RETRY_SECONDS))
  if (body.error === 'UNAUTHORIZED') context.header('www-authenticate', 'Bearer')
  return context.json(body, status)
}

function failureOf(error: Error): Failure {
  if (error instanceof Failure) return error
  if (error instanceof DatabaseError && error.trouble === 'busy') return new Failure('BUSY')
  return new Failure('FAULT')
}
