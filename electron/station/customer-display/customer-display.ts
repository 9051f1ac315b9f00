import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import type { DisplayConfig, LineSettings, Log, SerialBus, SerialLine, Timers } from '../deps.ts'
import { Line } from '../devices/line.ts'
import { DISPLAY_INIT } from '../devices/protocols/led8.ts'
import type { Live } from '../live.ts'
import { DRAW, shownOf, type Shown } from './shown.ts'

export interface DisplayDeps {
  readonly serialBus: SerialBus
  readonly timers: Timers
  readonly log: Log
}

export interface CustomerDisplay {
  close(): Promise<void>
}

const LINES: Readonly<Record<DisplayConfig['protocol'], LineSettings>> = {
  led8: { baudRate: 2400, dataBits: 8, parity: 'none', stopBits: 1 },
  'vfd-2x20': { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
}

/** Shows on the display towards the customer what the counter's view says; null where none is configured. */
export function createCustomerDisplay(
  { serialBus, timers, log }: DisplayDeps,
  config: DisplayConfig | undefined,
  view: Live<CounterView>,
): CustomerDisplay | null {
  if (config === undefined) return null
  const draw = DRAW[config.protocol]
  let open: SerialLine | null = null
  let shown: Shown = shownOf(view.current)
  const line = new Line(
    { bus: serialBus, timers, log },
    {
      device: 'display',
      port: config.port,
      settings: { ...LINES[config.protocol], ...config.line },
      poll: null,
      reopenAfterSilenceMs: null,
      deafAfterOpenMs: 0,
      onOpen: (_nowMs, opened) => {
        open = opened
        opened.write(Buffer.concat([DISPLAY_INIT, draw(shown)]))
      },
      beforePoll: () => undefined,
      onBytes: () => 'wait',
      onDown: () => {
        open = null
      },
    },
  )
  const stop = new AbortController()
  const following = follow()
  async function follow(): Promise<void> {
    for await (const seen of view.watch(stop.signal)) {
      const next = shownOf(seen)
      if (JSON.stringify(next) === JSON.stringify(shown)) continue
      shown = next
      open?.write(draw(next))
    }
  }
  return {
    async close() {
      stop.abort()
      await Promise.all([line.close(), following])
    },
  }
}
