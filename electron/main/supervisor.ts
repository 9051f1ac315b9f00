import type { StartRefusal, StationMessage } from '../../shared/contract/supervision.ts'
import type { StationExit, StationHost, StationLife } from './hosts/station-host.ts'
import { printAnswer, type PrintPage } from './print-answer.ts'
import { RESTART_LIMITS, supervise, type RestartLimits } from './restart-policy.ts'

/** What a fault page speaks of: a refusal of the station, or that it crashes again and again. */
export type FaultCode = StartRefusal | 'crashes'

/** Timers and a clock that never jumps, as arguments so that tests need not wait. */
export interface SupervisorTimers {
  monotonicMs(): number
  after(delayMs: number, run: () => void): () => void
  every(periodMs: number, run: () => void): () => void
}

export interface SupervisorLimits extends RestartLimits {
  readonly beatMs: number
  /** So many beats without an answer and the station counts as frozen. */
  readonly missedBeats: number
  /** The same before it is ready: opening and migrating a large book takes a while. */
  readonly missedBeatsAtStart: number
  /** A station that asked to be started again and does not end within this long is killed. */
  readonly restartGraceMs: number
}

export const SUPERVISOR_LIMITS: SupervisorLimits = {
  ...RESTART_LIMITS,
  beatMs: 1_000,
  missedBeats: 5,
  missedBeatsAtStart: 120,
  restartGraceMs: 10_000,
}

export interface SupervisorEvents {
  /** The station serves: ports can be had. Again after each restart. */
  onReady(trial: boolean): void
  /** The station is gone; its ports are closed. It may come back. */
  onLost(): void
  /** The station will not come back by itself. */
  onFault(code: FaultCode, detail: string): void
  /** The station has a page to print; absent where nothing prints, and it is told so. */
  readonly onPrint?: PrintPage
  log(event: string, data: object): void
}

interface Refusal {
  readonly code: StartRefusal
  readonly detail: string
}

/** A refusal that may pass within moments: the station before this one is still closing its book. */
const PASSING: readonly StartRefusal[] = ['second-station']

/**
 * Keeps one station running: restarts it when it dies or stops answering, boundedly, and says what happened. Each start
 * is a life of its own, so a late message of an earlier one is never mistaken for the present one's.
 */
export class Supervisor<Port> {
  readonly #host: StationHost<Port>
  readonly #timers: SupervisorTimers
  readonly #events: SupervisorEvents
  readonly #limits: SupervisorLimits
  #life: StationLife<Port> | null = null
  #ready = false
  #afterStop: (() => void) | null = null
  #crashTimesMs: readonly number[] = []
  #cancelRestart: () => void = () => undefined

  constructor(
    host: StationHost<Port>,
    timers: SupervisorTimers,
    events: SupervisorEvents,
    limits: SupervisorLimits = SUPERVISOR_LIMITS,
  ) {
    this.#host = host
    this.#timers = timers
    this.#events = events
    this.#limits = limits
  }

  start(): void {
    let refusal: Refusal | null = null
    let unanswered = 0
    let cancelKill: (() => void) | null = null
    const stopBeating = this.#timers.every(this.#limits.beatMs, () => {
      unanswered += 1
      this.#beat(life, unanswered)
    })
    const life = this.#host.start({
      onMessage: (message: StationMessage) => {
        if (message.kind === 'pong') unanswered = 0
        // An answer for a station that is gone by then goes nowhere, and the next one has its own jobs.
        if (message.kind === 'print')
          void printAnswer(message, this.#events.onPrint).then((answer) => life.send(answer))
        if (message.kind === 'restart' && cancelKill === null) {
          cancelKill = this.#timers.after(this.#limits.restartGraceMs, () => life.kill())
          life.send({ kind: 'stop' })
        }
        if (message.kind === 'fatal') refusal = { code: message.refusal, detail: message.detail }
        if (message.kind === 'ready') {
          unanswered = 0
          this.#becomeReady(message.trial)
        }
      },
      onExit: (exit) => {
        stopBeating()
        cancelKill?.()
        this.#ended(exit, refusal, cancelKill !== null)
      },
    })
    this.#life = life
  }

  /** A port to the station, or null while it is not ready. */
  connect(): Port | null {
    return this.#ready && this.#life !== null ? this.#life.connect() : null
  }

  /** Starts anew after a fault, with a clean record. Does nothing while the station runs. */
  tryAgain(): void {
    if (this.#life !== null || this.#afterStop !== null) return
    this.#cancelRestart()
    this.#crashTimesMs = []
    this.start()
  }

  /** Asks the station to close its book and waits for it; after `graceMs` it is killed. */
  async stop(graceMs: number): Promise<void> {
    this.#cancelRestart()
    const life = this.#life
    if (life === null) return
    const cancelKill = this.#timers.after(graceMs, () => life.kill())
    await new Promise<void>((resolve) => {
      this.#afterStop = resolve
      life.send({ kind: 'stop' })
    })
    cancelKill()
  }

  #beat(life: StationLife<Port>, unanswered: number): void {
    const allowed = this.#ready ? this.#limits.missedBeats : this.#limits.missedBeatsAtStart
    if (unanswered <= allowed) {
      life.send({ kind: 'ping', beat: unanswered })
      return
    }
    this.#events.log('station-frozen', { missedBeats: allowed })
    life.kill()
  }

  #becomeReady(trial: boolean): void {
    this.#ready = true
    this.#events.log('station-ready', { host: this.#host.kind, pid: this.#life?.pid, trial })
    this.#events.onReady(trial)
  }

  #ended(exit: StationExit, refusal: Refusal | null, asked: boolean): void {
    this.#life = null
    this.#ready = false
    this.#events.log('station-exit', { code: exit.code, refusal, lastWords: exit.lastWords })
    if (this.#afterStop !== null) {
      this.#afterStop()
      return
    }
    this.#events.onLost()
    // A restart that a person asked for is no crash, and counts as none.
    if (asked) {
      this.start()
      return
    }
    if (refusal !== null && !PASSING.includes(refusal.code)) {
      this.#events.onFault(refusal.code, refusal.detail)
      return
    }
    this.#restartOrGiveUp(refusal ?? { code: 'crashes', detail: exit.lastWords })
  }

  #restartOrGiveUp(cause: { readonly code: FaultCode; readonly detail: string }): void {
    const nowMs = this.#timers.monotonicMs()
    const { windowMs } = this.#limits
    this.#crashTimesMs = [...this.#crashTimesMs.filter((atMs) => nowMs - atMs < windowMs), nowMs]
    const decision = supervise(this.#crashTimesMs, nowMs, this.#limits)
    if ('giveUp' in decision) {
      this.#events.onFault(cause.code, cause.detail)
      return
    }
    this.#cancelRestart = this.#timers.after(decision.restartAfterMs, () => this.start())
  }
}
