import type { ScaleState } from '../../../shared/domain/scale.ts'
import type { Log, ScaleConfig, ScaleListener, Timers } from '../deps.ts'
import { Alarm } from './alarm.ts'
import type { LineAnswer } from './line-session.ts'
import type { Hearer } from './open-device.ts'
import { answerTo } from './poll-answer.ts'
import type { FrameCounters } from './protocols/framer.ts'
import type { Poll, ScaleProtocol } from './protocols/protocol.ts'
import type { Refusal } from './protocols/scale-frames.ts'
import { ScaleReadings } from './scale-readings.ts'

function refusalWords(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'foreign-unit':
      return `the scale weighs in ${refusal.unit === '' ? 'no unit' : `'${refusal.unit}'`}: set it to kg`
    case 'not-exact':
      return 'the scale sends a weight that is no whole number of milligrams: check the unit'
    case 'device-error':
      return `the scale answered with an error: ${refusal.code}`
  }
}

/** What a scale must know of its language to be heard. */
export type HeardProtocol = Pick<ScaleProtocol, 'grammar' | 'staleAfterMs' | 'stability'> & {
  readonly poll?: Poll | null
}

/**
 * One scale on whatever line it hangs: of the frames that arrive together only the newest is delivered, and before it each
 * change of state; after its time of silence comes `stale`, on loss `disconnected`, each once. Nothing is delivered after
 * `close`.
 */
export class HeardScale implements Hearer {
  readonly #protocol: HeardProtocol
  readonly #freshness: Alarm
  readonly #readings: ScaleReadings
  #closed = false
  #refused: string | null = null
  #answer: LineAnswer = 'wait'

  constructor(
    deps: { readonly timers: Timers; readonly log: Log },
    protocol: HeardProtocol,
    config: Pick<ScaleConfig, 'protocol' | 'profile' | 'unit' | 'alwaysNet'>,
    listener: ScaleListener,
  ) {
    this.#protocol = protocol
    this.#freshness = new Alarm(deps.timers)
    this.#readings = new ScaleReadings(protocol, config, {
      reading: (reading) => {
        if (!this.#closed) listener.onReading(reading)
      },
      said: (said) => {
        this.#answer = answerTo(protocol.poll ?? null, said, this.#answer)
      },
      refused: (refusal) => {
        const problem = refusalWords(refusal)
        if (problem !== this.#refused) deps.log.warn('scale.refused', { protocol: config.protocol, problem })
        this.#refused = problem
      },
    })
  }

  get state(): ScaleState | null {
    return this.#readings.state
  }

  /** The last thing it said that was not taken; null once it weighs again. */
  get problem(): string | null {
    return this.#refused
  }

  get counters(): Readonly<FrameCounters> {
    return this.#readings.counters
  }

  /** Its line is open: it has this long to say something. */
  opened(nowMs: number): void {
    this.#readings.forgetPartial()
    if (this.#readings.state !== 'stale') this.#expectWeightBy(nowMs + this.#protocol.staleAfterMs)
  }

  forgetPartial(): void {
    this.#readings.forgetPartial()
  }

  take(bytes: Uint8Array, nowMs: number): LineAnswer {
    return this.#heard(nowMs, () => this.#readings.take(bytes, nowMs))
  }

  takeAsWhole(nowMs: number): LineAnswer {
    return this.#heard(nowMs, () => this.#readings.takeAsWhole(nowMs))
  }

  lost(): void {
    this.#freshness.clear()
    this.#readings.disconnected()
  }

  close(): void {
    this.#closed = true
    this.#freshness.clear()
  }

  #heard(nowMs: number, take: () => void): LineAnswer {
    this.#answer = 'wait'
    take()
    if (this.#readings.saidAtMs === nowMs) {
      this.#refused = null
      if (!this.#freshness.armed) this.#expectWeightBy(nowMs + this.#protocol.staleAfterMs)
    }
    return this.#answer
  }

  #expectWeightBy(atMs: number): void {
    this.#freshness.set(atMs, () => {
      const nextMs = (this.#readings.saidAtMs ?? 0) + this.#protocol.staleAfterMs
      if (nextMs > atMs) this.#expectWeightBy(nextMs)
      else this.#readings.stale()
    })
  }
}
