import type { ScaleState } from '../../../shared/domain/scale.ts'
import type {
  CardListener,
  Clock,
  Log,
  ReaderConfig,
  ScaleConfig,
  ScaleListener,
  SerialBus,
  Timers,
} from '../deps.ts'
import { Alarm } from './alarm.ts'
import { CardPresence, REMOVED_AFTER_MS } from './card-presence.ts'
import { HeardScale } from './heard-scale.ts'
import { Line } from './line.ts'
import type { LineAnswer, LineCounters } from './line-session.ts'
import { ModbusBus, type BusScale } from './modbus-bus.ts'
import { hexOf } from './protocols/bytes.ts'
import { READER_PROTOCOLS, SCALE_PROTOCOLS } from './protocols/index.ts'
import { Framer, type FrameCounters } from './protocols/framer.ts'
import { answerTo } from './poll-answer.ts'
import type { Poll, ReaderProtocol } from './protocols/protocol.ts'
import { cardsOf } from './protocols/card-frames.ts'
import type { Said } from './protocols/said.ts'
import { withDecimalBias } from './protocols/scales/bcd-ff.ts'

export interface DeviceDeps {
  readonly bus: SerialBus
  readonly timers: Timers
  readonly log: Log
  readonly clock?: Clock
}

export interface DeviceStatus {
  readonly protocol: string
  /** The path that is open now; null while the device is looked for. */
  readonly port: string | null
  /** Null before the first reading, and always for a card reader. */
  readonly state: ScaleState | null
  readonly connected: boolean
  /** Why the line is down, or the last thing the device said that was not taken. */
  readonly problem: string | null
  readonly counters: Readonly<LineCounters & FrameCounters>
}

export interface DeviceHandle {
  /** Frees the port. Nothing is delivered from the call on. */
  close(): Promise<void>
  status(): DeviceStatus
  /** The last bytes received, in hexadecimal, for support. */
  rawTail(): string
}

/** A device with an open line that says nothing for this long, though it should, has its port opened anew. */
const REOPEN_SILENT_MS = 5000
/** Cards read while nobody listened are not taps. */
const READER_DEAF_AFTER_OPEN_MS = 100

/** A well-formed frame that is about something which never is a card, a ghost or a card of no lasting number. */
const isRefused = (said: Said): boolean =>
  said.kind === 'card' || (said.kind === 'error' && !COMES_ALL_DAY.has(said.error))

/** Answers of a polled reader on which nothing lies; wrong checksums are counted by themselves. */
const COMES_ALL_DAY = new Set(['no_card', 'request_failed', 'checksum'])

/** A polled card has left when two rounds in a row did not see it and one answer may have been lost besides. */
const removedAfterMs = (poll: Poll | null): number =>
  poll === null ? REMOVED_AFTER_MS : Math.max(REMOVED_AFTER_MS, 3 * poll.periodMs + poll.replyTimeoutMs)

/**
 * Opens a scale and keeps it open. Of the frames that arrive together only the newest is delivered, and before it each
 * change of state. After a second of silence comes `stale`, on loss `disconnected`, each once.
 */
export function openScale(deps: DeviceDeps, config: ScaleConfig, listener: ScaleListener): DeviceHandle {
  if (config.modbus !== undefined) return openTransmitter(deps, { ...config, ...config.modbus, listener })
  const protocol = withDecimalBias(SCALE_PROTOCOLS[config.protocol], config.decimalBias ?? 0)
  const scale = new HeardScale(deps, protocol, config, listener)
  const line = new Line(deps, {
    device: 'scale',
    port: config.port,
    settings: { ...protocol.line, ...config.line },
    poll: protocol.poll,
    ...(protocol.quietMs === undefined ? {} : { quietMs: protocol.quietMs }),
    reopenAfterSilenceMs: REOPEN_SILENT_MS,
    deafAfterOpenMs: 0,
    onOpen: (nowMs) => scale.opened(nowMs),
    beforePoll: () => scale.forgetPartial(),
    onBytes: (bytes, nowMs) => scale.take(bytes, nowMs),
    onQuiet: (nowMs) => scale.takeAsWhole(nowMs),
    onDown: () => scale.lost(),
  })
  return {
    close: () => {
      scale.close()
      return line.close()
    },
    status: () => ({
      protocol: config.protocol,
      port: line.path,
      state: scale.state,
      connected: line.path !== null,
      problem: line.problem ?? scale.problem,
      counters: { ...line.counters, ...scale.counters },
    }),
    rawTail: () => line.rawTail(),
  }
}

/** A transmitter that has its line to itself. */
function openTransmitter(
  deps: DeviceDeps,
  scale: BusScale & Pick<ScaleConfig, 'port' | 'line'>,
): DeviceHandle {
  const modbus = new ModbusBus(deps, scale, [scale])
  return {
    close: () => modbus.close(),
    status: () => modbus.status(scale.slave),
    rawTail: () => modbus.rawTail(),
  }
}

/**
 * Opens a card reader and keeps it open: `connected` and `disconnected` on each change of the line, cards as
 * CardPresence tells them.
 */
export function openReader(deps: DeviceDeps, config: ReaderConfig, listener: CardListener): DeviceHandle {
  const protocol: ReaderProtocol = READER_PROTOCOLS[config.protocol]
  const presence = new CardPresence(protocol.readings, removedAfterMs(protocol.poll))
  const alarm = new Alarm(deps.timers)
  let closed = false
  let connected: boolean | null = null
  const deliver = (events: ReturnType<CardPresence['tick']>): void => {
    for (const event of events) if (!closed) listener.onCard(event)
  }
  const wait = (): void => {
    const nextMs = presence.nextTickMs()
    if (nextMs === null || closed) alarm.clear()
    else
      alarm.set(nextMs, () => {
        deliver(presence.tick(deps.timers.monotonicMs()))
        wait()
      })
  }
  const connect = (now: boolean): void => {
    if (connected === now) return
    connected = now
    deliver([{ kind: now ? 'connected' : 'disconnected' }])
  }
  let answer: LineAnswer = 'wait'
  const framer = new Framer(protocol.grammar, (said, raw, from, to) => {
    answer = answerTo(protocol.poll, said, answer)
    const uids = cardsOf(said)
    if (uids.length > 0) deliver(presence.seen(uids, hexOf(raw, from, to), deps.timers.monotonicMs()))
    else if (isRefused(said)) framer.counters.refused += 1
  })
  const line = new Line(deps, {
    device: 'reader',
    port: config.port,
    settings: { ...protocol.line, ...config.line },
    poll: protocol.poll,
    // One that is asked answers also when no card is there; one that talks by itself is silent then.
    reopenAfterSilenceMs: protocol.poll === null ? null : REOPEN_SILENT_MS,
    deafAfterOpenMs: protocol.poll === null ? READER_DEAF_AFTER_OPEN_MS : 0,
    onOpen: () => connect(true),
    beforePoll: () => framer.reset(),
    onBytes: (bytes) => {
      answer = 'wait'
      framer.push(bytes)
      wait()
      return answer
    },
    onDown: () => {
      framer.reset()
      deliver(presence.lost())
      wait()
      connect(false)
    },
  })
  return {
    close: () => {
      closed = true
      alarm.clear()
      return line.close()
    },
    status: () => ({
      protocol: config.protocol,
      port: line.path,
      state: null,
      connected: line.path !== null,
      problem: line.problem,
      counters: { ...line.counters, ...framer.counters },
    }),
    rawTail: () => line.rawTail(),
  }
}
