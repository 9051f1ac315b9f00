import { Hono, type Context, type MiddlewareHandler } from 'hono'
import {
  batch,
  challengeRequest,
  enrolmentRequest,
  personsRequest,
  sessionRequest,
  type StationOrigins,
} from '../../shared/contract/sync-wire.ts'
import { enrol } from '../access/enrolment.ts'
import type { ServerIdentity } from '../access/identity.ts'
import { Sessions, type KnownStation } from '../access/sessions.ts'
import type { ServerDeps } from '../deps.ts'
import { Failure } from '../failure.ts'
import { checkBatch } from '../journal/check-batch.ts'
import { ingest } from '../journal/ingest.ts'
import { entriesFrom, originsOf, positionOf } from '../journal/read.ts'
import { personsAfter, takePersons } from '../persons.ts'
import { alarmsFor } from '../totals/card-taps.ts'
import { answerPacked, readJson, readPacked } from './body.ts'

/** Batches unpacked at the same time: together they bound the memory that batches can take. */
const BATCHES_AT_ONCE = 8

interface Known {
  Variables: { station: KnownStation }
}

/** The calls of `shared/contract/sync-wire.ts`, below `/v1`. */
export function stationCalls(deps: ServerDeps, identity: ServerIdentity): Hono<Known> {
  const { database } = deps
  const sessions = new Sessions(deps, identity)
  const calls = new Hono<Known>()

  calls.post('/enrolments', async (context) => {
    const answer = await enrol(deps, identity, await readJson(context, enrolmentRequest))
    deps.log.info('enrolled', { canteenId: answer.canteenId })
    return context.json(answer)
  })
  calls.post('/challenges', async (context) =>
    context.json(await sessions.challenge(await readJson(context, challengeRequest))),
  )
  calls.post('/sessions', async (context) =>
    context.json(await sessions.open(await readJson(context, sessionRequest))),
  )

  calls.use('/origins/*', onlyKnown(sessions))
  calls.use('/stations/*', onlyKnown(sessions))
  calls.use('/persons', onlyKnown(sessions))
  calls.use('/card-alarms', onlyKnown(sessions))

  calls.get('/origins/:origin/position', async (context) =>
    context.json(await positionOf(database, context.var.station, context.req.param('origin'))),
  )
  calls.get('/origins/:origin/entries', async (context) => {
    const from = wholeParameter(context, 'from', 1)
    return answerPacked(
      context,
      await entriesFrom(database, context.var.station, context.req.param('origin'), from),
    )
  })
  calls.post('/origins/:origin/batches', atMost(BATCHES_AT_ONCE), async (context) => {
    const { station } = context.var
    const pushed = await readPacked(context, batch)
    checkBatch(pushed, context.req.param('origin'), station)
    const position = await ingest(deps, station, pushed)
    deps.log.info('batch', { canteenId: station.canteenId, ...position, entries: pushed.entries.length })
    return context.json(position)
  })
  calls.get('/stations/:stationId/origins', async (context) => {
    const origins = await originsOf(database, context.var.station, context.req.param('stationId'))
    return context.json({ origins: [...origins] } satisfies StationOrigins)
  })
  calls.get('/card-alarms', async (context) => context.json(await alarmsFor(deps, context.var.station)))
  calls.post('/persons', async (context) =>
    context.json(await takePersons(database, context.var.station, await readJson(context, personsRequest))),
  )
  calls.get('/persons', async (context) =>
    context.json(await personsAfter(database, context.var.station, wholeParameter(context, 'after', 0))),
  )
  return calls
}

/** @throws Failure UNAUTHORIZED without a session that holds. */
function onlyKnown(sessions: Sessions): MiddlewareHandler<Known> {
  return async (context, next) => {
    const token = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (token === undefined) throw new Failure('UNAUTHORIZED')
    context.set('station', await sessions.stationOf(token))
    await next()
  }
}

/** @throws Failure BUSY when as many are under way already. */
function atMost(limit: number): MiddlewareHandler<Known> {
  let running = 0
  return async (_context, next) => {
    if (running >= limit) throw new Failure('BUSY')
    running += 1
    try {
      await next()
    } finally {
      running -= 1
    }
  }
}

function wholeParameter(context: Context, name: string, least: number): number {
  const text = context.req.query(name) ?? String(least)
  const value = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (value < least) throw new Failure('INVALID', { detail: `${name}: a whole number from ${least}` })
  return value
}
