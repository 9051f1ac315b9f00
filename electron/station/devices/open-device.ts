import type { ScaleState } from '../../../shared/domain/scale.ts'
import type { Clock, LineSettings, Log, PortName, SerialBus, Timers } from '../deps.ts'
import { Line } from './line.ts'
import type { LineAnswer, LineCounters } from './line-session.ts'
import type { FrameCounters } from './protocols/framer.ts'
import type { Poll } from './protocols/protocol.ts'

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

/** Where a device is plugged in and what it speaks, as the configuration says. */
export interface Place {
  readonly protocol: string
  readonly port: PortName
  readonly line?: Partial<LineSettings>
}

/** The part of a language that is about the line. */
export interface LineHabits {
  readonly line: LineSettings
  readonly poll: Poll | null
  readonly quietMs?: number
}

/** How a kind of device uses its line. */
export interface LineManners {
  readonly device: 'scale' | 'reader' | 'id-reader'
  readonly personal?: boolean
  readonly reopenAfterSilenceMs: number | null
  readonly deafAfterOpenMs: number
}

/** Who makes readings or cards of what a line brings. */
export interface Hearer {
  readonly state: ScaleState | null
  /** The last thing that was not taken; null when all is well. */
  readonly problem: string | null
  readonly counters: Readonly<FrameCounters>
  opened(nowMs: number): void
  /** A request goes out: what was half received belongs to an older answer. */
  forgetPartial(): void
  take(bytes: Uint8Array, nowMs: number): LineAnswer
  takeAsWhole?(nowMs: number): LineAnswer
  lost(): void
  /** Nothing is delivered any more. */
  close(): void
}

/** Opens a device and keeps it open: the one place where a line, a language and whoever hears it come together. */
export function openDevice(
  deps: DeviceDeps,
  place: Place,
  habits: LineHabits,
  manners: LineManners,
  hearer: Hearer,
): DeviceHandle {
  const line = new Line(deps, {
    ...manners,
    port: place.port,
    settings: { ...habits.line, ...place.line },
    poll: habits.poll,
    ...(habits.quietMs === undefined ? {} : { quietMs: habits.quietMs }),
    onOpen: (nowMs) => hearer.opened(nowMs),
    beforePoll: () => hearer.forgetPartial(),
    onBytes: (bytes, nowMs) => hearer.take(bytes, nowMs),
    onQuiet: (nowMs) => hearer.takeAsWhole?.(nowMs) ?? 'wait',
    onDown: () => hearer.lost(),
  })
  return {
    close: () => {
      hearer.close()
      return line.close()
    },
    status: () => ({
      protocol: place.protocol,
      port: line.path,
      state: hearer.state,
      connected: line.path !== null,
      problem: line.problem ?? hearer.problem,
      counters: { ...line.counters, ...hearer.counters },
    }),
    rawTail: () => line.rawTail(),
  }
}
