import type { z } from 'zod'
import { wireError } from '../../../shared/contract/sync-wire.ts'
import { messageOf } from '../book/errors.ts'
import type { Clock, Request, Timers } from '../deps.ts'
import { parsedJson } from './enrolment.ts'
import { ServerRefused, SyncStopped } from './trouble.ts'

/** Until a server that was asked begins to answer. Sending a batch over a poor line is part of it. */
const ANSWER_MS = 45_000
/** Until the whole answer is there. */
const WHOLE_MS = 90_000
/** Bytes of an error page that are looked at. */
const ERROR_BYTES = 64 * 1024

export interface LinkDeps {
  readonly request: Request
  readonly clock: Clock
  readonly timers: Timers
  /** Ends whatever is under way. */
  readonly signal: AbortSignal
}

export interface Call {
  readonly method: 'GET' | 'POST'
  /** Below the server's address, beginning with `/v1/`. */
  readonly path: string
  readonly token?: string
  readonly body?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  /** Bytes of an answer, as it travels, that are taken at most. */
  readonly mostBytes: number
}

/**
 * One server, asked over HTTP. Nothing waits without an end, no answer is larger than it may be, and everything that goes
 * wrong is a SyncStopped that says what it means.
 */
export class Link {
  readonly #base: string
  readonly #deps: LinkDeps

  /** @param url the server's address; a path in it is kept, as behind a gateway. */
  constructor(url: string, deps: LinkDeps) {
    this.#base = url.replace(/\/+$/, '')
    this.#deps = deps
  }

  /** The bytes of a whole, good answer. @throws SyncStopped for every other. */
  async ask(call: Call): Promise<Buffer> {
    const { timers, signal } = this.#deps
    const abort = new AbortController()
    const stop = (): void => abort.abort(new Error('stopped'))
    const late = (what: string) => (): void => abort.abort(new Error(what))
    const cancels = [
      timers.after(ANSWER_MS, late(`no answer in ${ANSWER_MS / 1000} s`)),
      timers.after(WHOLE_MS, late(`no whole answer in ${WHOLE_MS / 1000} s`)),
    ]
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    try {
      const response = await this.#sent(call, abort.signal)
      cancels[0]?.()
      if (response.ok) return await whole(response, call.mostBytes)
      throw this.#refused(response, await whole(response, ERROR_BYTES))
    } catch (error) {
      throw asLinkTrouble(error, abort.signal)
    } finally {
      for (const cancel of cancels) cancel()
      signal.removeEventListener('abort', stop)
      // Whatever is left of an answer that was not wanted must not hold its connection.
      abort.abort()
    }
  }

  /** The same, for an answer in JSON. */
  async json<Output>(schema: z.ZodType<Output>, call: Call): Promise<Output> {
    return checked(schema, (await this.ask(call)).toString('utf8'))
  }

  #sent(call: Call, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { accept: '*/*' }
    if (call.token !== undefined) headers['authorization'] = `Bearer ${call.token}`
    if (call.body !== undefined) headers['content-type'] = call.body.type
    return this.#deps.request(this.#base + call.path, {
      method: call.method,
      headers,
      signal,
      redirect: 'error',
      ...(call.body === undefined ? {} : { body: call.body.bytes }),
    })
  }

  #refused(response: Response, body: Buffer): SyncStopped {
    const { status } = response
    const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), this.#deps.clock.nowMs())
    const refusal = parsedJson(body.toString('utf8'), wireError)
    if (refusal !== null) return new ServerRefused(refusal, status, retryAfterMs)
    if (status === 429 || status >= 500)
      return new SyncStopped('server-busy', `the server answered ${status}`, { retryAfterMs })
    return new SyncStopped('damaged-answer', `the server answered ${status}, and not in its own words`)
  }
}

/** What an answer says. @throws SyncStopped `damaged-answer` when it is half a one, or another's. */
export function checked<Output>(schema: z.ZodType<Output>, text: string): Output {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new SyncStopped('damaged-answer', 'the answer is not JSON', { cause: error })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.join('.') ?? ''
  throw new SyncStopped('damaged-answer', `the answer is not what it should be at '${place}'`)
}

async function whole(response: Response, mostBytes: number): Promise<Buffer> {
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (announced > mostBytes) throw tooLarge(mostBytes)
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > mostBytes) throw tooLarge(mostBytes)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const tooLarge = (mostBytes: number): SyncStopped =>
  new SyncStopped('damaged-answer', `the answer is larger than ${mostBytes} bytes`)

/** Seconds or a date, as RFC 9110 has it; null when it says neither. */
function retryAfterOf(text: string | null, nowMs: number): number | null {
  if (text === null) return null
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs)
}

/** What `fetch` throws for a line that is cut, refused or slow is a TypeError, or what it was aborted with. */
function asLinkTrouble(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof SyncStopped) return error
  const aborted: unknown = signal.aborted ? signal.reason : null
  if (aborted instanceof Error) return new SyncStopped('unreachable', aborted.message, { cause: error })
  if (error instanceof TypeError) return new SyncStopped('unreachable', reasonOf(error), { cause: error })
  return error
}

const reasonOf = (error: TypeError): string =>
  error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`
