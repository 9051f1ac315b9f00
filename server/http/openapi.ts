import { z } from 'zod'
import * as wire from '../../shared/contract/sync-wire.ts'

interface Call {
  readonly summary: string
  readonly request?: z.ZodType
  readonly answer: z.ZodType
  /** Whether request or answer travel packed. */
  readonly packed?: 'request' | 'answer'
  readonly withoutSession?: true
  readonly query?: string
}

const health = z.object({ status: z.literal('ok'), database: z.enum(['postgresql', 'embedded']) })

const CALLS: Readonly<Record<string, Readonly<Partial<Record<'get' | 'post', Call>>>>> = {
  '/healthz': {
    get: { summary: 'Whether the server and its database answer', answer: health, withoutSession: true },
  },
  '/v1/enrolments': {
    post: {
      summary: 'Makes a station known by its public key, with a code that works once',
      request: wire.enrolmentRequest,
      answer: wire.enrolmentAnswer,
      withoutSession: true,
    },
  },
  '/v1/challenges': {
    post: {
      summary: 'Asks for a challenge to sign',
      request: wire.challengeRequest,
      answer: wire.challengeAnswer,
      withoutSession: true,
    },
  },
  '/v1/sessions': {
    post: {
      summary: 'Opens a session with a signed challenge; a challenge is good once',
      request: wire.sessionRequest,
      answer: wire.sessionAnswer,
      withoutSession: true,
    },
  },
  '/v1/origins/{origin}/position': {
    get: { summary: 'Up to where the server holds a book without a gap', answer: wire.position },
  },
  '/v1/origins/{origin}/batches': {
    post: {
      summary: 'Hands over entries with a signed checkpoint; all of them are kept, or none',
      request: wire.batch,
      answer: wire.position,
      packed: 'request',
    },
  },
  '/v1/origins/{origin}/entries': {
    get: {
      summary: 'Entries from a number on, for a book that was restored',
      answer: wire.entriesPage,
      packed: 'answer',
      query: 'from',
    },
  },
  '/v1/stations/{stationId}/origins': {
    get: { summary: 'Every book of the own station', answer: wire.stationOrigins },
  },
  '/v1/card-alarms': {
    get: { summary: 'Cards of the own station that were seen elsewhere too soon', answer: wire.cardAlarms },
  },
  '/v1/persons': {
    get: {
      summary: 'Sealed persons that changed after a cursor',
      answer: wire.personsPage,
      query: 'after',
    },
    post: {
      summary: 'Hands over sealed persons; a newer version replaces an older one',
      request: wire.personsRequest,
      answer: wire.personsAnswer,
    },
  },
}

/** The description of the calls in OpenAPI 3.1, derived from the schemas that check them. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Community server of the elder canteens',
      version: `${wire.WIRE_VERSION}`,
      description: 'Stations hand over their journals. Money is fen, times are milliseconds since 1970.',
    },
    paths: Object.fromEntries(
      Object.entries(CALLS).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, call]) => [method, operation(path, method, call)]),
        ),
      ]),
    ),
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: schemaOf(wire.wireError, 'output') },
    },
  }
}

function operation(path: string, method: string, call: Call): object {
  const inPath = [...path.matchAll(/\{(?<name>\w+)\}/g)].map((match) => match.groups?.['name'] ?? '')
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(call.query === undefined
      ? []
      : [{ name: call.query, in: 'query', schema: { type: 'integer', minimum: 0 } }]),
  ]
  return {
    operationId: `${method}${path.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '')}`,
    summary: call.summary,
    parameters,
    security: call.withoutSession ? [] : [{ session: [] }],
    ...(call.request === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: content(call.packed === 'request', schemaOf(call.request, 'input')),
          },
        }),
    responses: {
      200: {
        description: 'Done',
        content: content(call.packed === 'answer', schemaOf(call.answer, 'output')),
      },
      default: {
        description: 'It came to nothing',
        content: content(false, { $ref: '#/components/schemas/Error' }),
      },
    },
  }
}

const content = (packed: boolean, schema: object): object => ({
  [packed ? wire.PACKED : 'application/json']: { schema },
})

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  // What a transform makes of a text has no schema of its own: the text's holds.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
