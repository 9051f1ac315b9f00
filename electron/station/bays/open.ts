import type { StationConfig } from '../deps.ts'
import { openReader, openScale, type DeviceDeps } from '../devices/devices.ts'
import { Bays, type BaysDeps } from './bays.ts'

/** The bays with the lines of their devices. */
export interface OpenBays {
  readonly bays: Bays
  /** Lets every line go; nothing moves a tray from the call on. */
  close(): Promise<void>
}

export interface OpenBaysDeps extends Omit<BaysDeps, 'bays'> {
  readonly serialBus: DeviceDeps['bus']
  readonly config: Pick<StationConfig, 'bays'>
}

/**
 * Starts the bays and opens the scale and the reader of each, and the exit's reader; null in a canteen without bays.
 *
 * @throws BookError when the book does not answer.
 */
export function openBays(deps: OpenBaysDeps): OpenBays | null {
  const { serialBus: bus, timers, log } = deps
  const config = deps.config.bays
  if (config === null) return null
  const bays = new Bays({ ...deps, bays: config })
  const lines = { bus, timers, log }
  const handles = config.stations.flatMap(({ bayId, scale, reader }) => [
    openScale(lines, scale, { onReading: (reading) => bays.onReading(bayId, reading) }),
    openReader(lines, reader, { onCard: (event) => bays.onCard(bayId, event) }),
  ])
  if (config.exitReader !== null)
    handles.push(openReader(lines, config.exitReader, { onCard: (event) => bays.onCard(null, event) }))
  return {
    bays,
    async close() {
      bays.close()
      await Promise.all(handles.map((handle) => handle.close()))
    },
  }
}
