import type { ScaleConfig, ScaleListener } from '../deps.ts'
import { openScale } from './devices.ts'
import type { DeviceDeps, DeviceHandle } from './open-device.ts'
import { ModbusBus, type BusScale } from './modbus-bus.ts'

/** A scale, and who hears it. */
export interface HeardBy {
  readonly config: ScaleConfig
  readonly listener: ScaleListener
}

/**
 * Opens scales of which several may be slaves on one line: those share one owner of the line, every other scale has its own.
 *
 * @returns a handle for each, in their order
 */
export function openScales(deps: DeviceDeps, scales: readonly HeardBy[]): readonly DeviceHandle[] {
  const shared = new Map<string, SharedLine>()
  for (const [key, slaves] of Map.groupBy(scales, lineOf))
    if (key !== null && slaves.length > 1) shared.set(key, new SharedLine(deps, slaves))
  return scales.map(({ config, listener }) => {
    const line = shared.get(lineOf({ config }) ?? '')
    if (line === undefined || config.modbus === undefined) return openScale(deps, config, listener)
    return line.handleOf(config.modbus.slave)
  })
}

/** What names the line of a transmitter; null for a scale that has its line to itself. */
const lineOf = ({ config }: Pick<HeardBy, 'config'>): string | null =>
  config.modbus === undefined ? null : JSON.stringify(config.port)

/** A line that is held as long as one of its scales is. */
class SharedLine {
  readonly #bus: ModbusBus
  readonly #held: Set<number>
  #closed: Promise<void> | null = null

  constructor(deps: DeviceDeps, scales: readonly HeardBy[]) {
    const slaves = scales.flatMap(({ config, listener }) => this.#slaveOf(config, listener))
    this.#held = new Set(slaves.map(({ slave }) => slave))
    const [first] = scales
    if (first === undefined) throw new RangeError('a line has at least one slave')
    this.#bus = new ModbusBus(deps, first.config, slaves)
  }

  handleOf(slave: number): DeviceHandle {
    return {
      close: () => {
        this.#held.delete(slave)
        if (this.#held.size > 0) return Promise.resolve()
        this.#closed ??= this.#bus.close()
        return this.#closed
      },
      status: () => this.#bus.status(slave),
      rawTail: () => this.#bus.rawTail(),
    }
  }

  /** A scale that was let go is not heard any more, though its line goes on. */
  #slaveOf({ modbus, profile, unit }: ScaleConfig, listener: ScaleListener): readonly BusScale[] {
    if (modbus === undefined) return []
    const heard: ScaleListener = {
      onReading: (reading) => {
        if (this.#held.has(modbus.slave)) listener.onReading(reading)
      },
    }
    return [{ ...modbus, profile, unit, listener: heard }]
  }
}
