import type { Request as Ask } from '../../electron/station/deps.ts'
import type { Random } from '../fixtures/random.ts'
import type { Community } from './community.ts'
import type { Scheduler } from './scheduler.ts'
import type { Trace } from './trace.ts'

/** What becomes of one call on its way to the server and back. */
const FAULTS = [
  'unreachable',
  'error-500',
  'busy-503',
  'half-answer',
  'cut-answer',
  'answer-lost',
  'twice',
  'late',
  'never',
  'slow',
  'killed',
] as const
type LinkFault = (typeof FAULTS)[number]

const MOST_STATEMENTS = 14
const SLOW_MS = [1000, 60_000] as const

export const SERVER_URL = 'http://community.test'

interface LinkDeps {
  readonly community: Community
  readonly scheduler: Scheduler
  readonly random: Random
  readonly trace: Trace
}

/** One process's end of the line. */
export interface LinkEnd {
  readonly request: Ask
  /** Calls that wait for time to pass, and not for the server. */
  readonly waiting: () => number
  /** The process is gone: it hears nothing any more. */
  cut(): void
}

/** The line between the canteen and the community server, and what goes wrong on it. */
export class Link {
  readonly #deps: LinkDeps
  #planned: (LinkFault | 'pass')[] = []
  /** Calls that are stuck somewhere and arrive behind the next one. */
  #stuck: (() => Promise<unknown>)[] = []

  constructor(deps: LinkDeps) {
    this.#deps = deps
  }

  /** The next few calls meet something. */
  trouble(): void {
    const { random } = this.#deps
    const fault = random.pick(FAULTS)
    const calls = random.integer(1, 14)
    this.#planned = Array.from({ length: calls }, () => (random.chance(0.25) ? fault : 'pass'))
    this.#planned.push(fault)
    if (fault === 'unreachable') this.#planned = Array.from({ length: random.integer(1, 4) }, () => fault)
  }

  /** Everything passes again. */
  clear(): void {
    this.#planned = []
  }

  end(): LinkEnd {
    let waiting = 0
    let cut = false
    const hold = (init: RequestInit, ms: number): Promise<void> =>
      new Promise((resolve, reject) => {
        waiting += 1
        const over = (): void => {
          waiting -= 1
          cancel()
          init.signal?.removeEventListener('abort', aborted)
        }
        const aborted = (): void => {
          over()
          reject(new DOMException('aborted', 'AbortError'))
        }
        const cancel = this.#deps.scheduler.after(ms, 'timer', () => {
          over()
          resolve()
        })
        init.signal?.addEventListener('abort', aborted)
      })
    const request: Ask = async (input, init = {}) => {
      if (cut) return await new Promise<never>(unheard)
      const answer = await this.#carried(
        input instanceof Request ? input.url : input.toString(),
        init,
        (ms) => hold(init, ms),
      ).catch((error: unknown) => ({ error }))
      if (cut) return await new Promise<never>(unheard)
      if (!('error' in answer)) return answer
      throw answer.error
    }
    return {
      request,
      waiting: () => waiting,
      cut() {
        cut = true
      },
    }
  }

  async #carried(url: string, init: RequestInit, hold: (ms: number) => Promise<void>): Promise<Response> {
    const { random, trace } = this.#deps
    const fault = this.#planned.shift() ?? 'pass'
    if (fault !== 'pass') trace.fault(`link-${fault}`)
    switch (fault) {
      case 'pass':
        return await this.#through(url, init)
      case 'unreachable':
        throw new TypeError('fetch failed')
      case 'error-500':
        return new Response('out of order', { status: 500 })
      case 'busy-503':
        return new Response('busy', {
          status: 503,
          headers: { 'retry-after': String(random.integer(1, 90)) },
        })
      case 'half-answer':
        return await halfOf(await this.#through(url, init))
      case 'cut-answer':
        return await brokenOff(await this.#through(url, init))
      case 'answer-lost':
        await this.#through(url, init)
        throw new TypeError('terminated')
      case 'twice':
        await this.#through(url, init)
        return await this.#through(url, init)
      case 'late':
        this.#stuck.push(() => this.#deps.community.answer(url, init))
        throw new TypeError('terminated')
      case 'never':
        await hold(24 * 3_600_000)
        throw new TypeError('terminated')
      case 'slow':
        await hold(random.integer(...SLOW_MS))
        return await this.#through(url, init)
      case 'killed':
        this.#deps.community.dieSoon(random.integer(1, MOST_STATEMENTS))
        return await this.#through(url, init)
    }
  }

  async #through(url: string, init: RequestInit): Promise<Response> {
    const { community } = this.#deps
    const answer = await community.answer(url, init)
    for (const stuck of this.#stuck.splice(0)) await stuck()
    if (answer === null) throw new TypeError('socket hang up')
    return answer
  }
}

/** Nobody is there any more who would hear it. */
const unheard = (): void => undefined

async function halfOf(answer: Response): Promise<Response> {
  const bytes = await answer.arrayBuffer()
  const { status, headers } = answer
  return new Response(bytes.slice(0, Math.floor(bytes.byteLength / 2)), { status, headers })
}

async function brokenOff(answer: Response): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)))
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { status: answer.status, headers: answer.headers })
}
