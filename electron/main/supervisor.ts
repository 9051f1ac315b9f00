import type { StartRefusal, StationMessage } from '../../shared/contract/supervision.ts'
import type { StationExit, StationHost, StationLife } from './hosts/station-host.ts'
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
}

export const SUPERVISOR_LIMITS: SupervisorLimits = {
  ...RESTART_LIMITS,
  beatMs: 1_000,
  missedBeats: 5,
  missedBeatsAtStart: 120,
}

export interface SupervisorEvents {
  /** The station serves: ports can be had. Again after each restart. */
  onReady(trial: boolean): void
  /** The station is gone; its ports are closed. It may come back. */
  onLost(): void
  /** The station will not come back by itself. */
  onFault(code: FaultCode, detail: string): void
  log(event: string, data: object): void
}

export interface Supervisor<Port> {
  start(): void
  /** A port to the station, or null while it is not ready. */
  connect(): Port | null
  readonly pid: number | undefined
  /** Starts anew after a fault, with a clean record. Does nothing while the station runs. */
  tryAgain(): void
  /** Asks the station to close its book and waits for it, then kills. */
  stop(graceMs: number): Promise<void>
}

/** A refusal that may pass within moments: the station before this one is still closing its book. */
const PASSING: readonly StartRefusal[] = ['second-station']

/**
 * Keeps one station running: restarts it when it dies or stops answering, boundedly, and says what happened. Messages of
 * an earlier life are never mistaken for those of the present one.
 */
export function createSupervisor<Port>(
  host: StationHost<Port>,
  timers: SupervisorTimers,
  events: SupervisorEvents,
  limits: SupervisorLimits = SUPERVISOR_LIMITS,
): Supervisor<Port> {
  let life: StationLife<Port> | null = null
  let ready = false
  let stopped: (() => void) | null = null
  let crashTimesMs: number[] = []
  let cancelRestart: () => void = () => undefined

  const start = () => {
    let refusal: { code: StartRefusal; detail: string } | null = null
    let unanswered = 0
    const stopBeating = timers.every(limits.beatMs, () => {
      if (unanswered >= (ready ? limits.missedBeats : limits.missedBeatsAtStart)) {
        events.log('station-frozen', { missedBeats: unanswered })
        own.kill()
        return
      }
      unanswered += 1
      own.send({ kind: 'ping', beat: unanswered })
    })
    const own = host.start({
      onMessage: (message: StationMessage) => {
        if (message.kind === 'pong') unanswered = 0
        if (message.kind === 'fatal') refusal = { code: message.refusal, detail: message.detail }
        if (message.kind === 'ready') {
          ready = true
          unanswered = 0
          events.log('station-ready', { host: host.kind, pid: own.pid })
          events.onReady(message.trial)
        }
      },
      onExit: (exit) => {
        stopBeating()
        ended(exit, refusal)
      },
    })
    life = own
  }

  const ended = (exit: StationExit, refusal: { code: StartRefusal; detail: string } | null) => {
    life = null
    ready = false
    events.log('station-exit', { code: exit.code, refusal, lastWords: exit.lastWords })
    if (stopped !== null) return stopped()
    events.onLost()
    if (refusal !== null && !PASSING.includes(refusal.code))
      return events.onFault(refusal.code, refusal.detail)
    const nowMs = timers.monotonicMs()
    crashTimesMs = [...crashTimesMs.filter((atMs) => nowMs - atMs < limits.windowMs), nowMs]
    const decision = supervise(crashTimesMs, nowMs, limits)
    if ('giveUp' in decision)
      return events.onFault(refusal?.code ?? 'crashes', refusal?.detail ?? exit.lastWords)
    cancelRestart = timers.after(decision.restartAfterMs, start)
  }

  return {
    start,
    connect: () => (ready && life !== null ? life.connect() : null),
    get pid() {
      return life?.pid
    },
    tryAgain() {
      if (life !== null || stopped !== null) return
      cancelRestart()
      crashTimesMs = []
      start()
    },
    stop: (graceMs) =>
      new Promise((resolve) => {
        cancelRestart()
        const running = life
        if (running === null) return resolve()
        const cancelKill = timers.after(graceMs, () => running.kill())
        stopped = () => {
          cancelKill()
          resolve()
        }
        running.send({ kind: 'stop' })
      }),
  }
}
