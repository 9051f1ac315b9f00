import type { ReaderConfig, StationConfig } from '../deps.ts'
import { openReader, type DeviceDeps, type DeviceHandle } from '../devices/devices.ts'
import { openScales } from '../devices/scale-lines.ts'
import { Bays, type BaysDeps } from './bays.ts'

/** The lines of one bay. */
export interface BayLines {
  readonly bayId: string
  readonly scale: DeviceHandle
  readonly reader: DeviceHandle
}

/** The bays with the lines of their devices. */
export interface OpenBays {
  readonly bays: Bays
  readonly lines: readonly BayLines[]
  /** Null where trays are paid by themselves or by staff. */
  readonly exitReader: DeviceHandle | null
  /** Lets every line go; nothing moves a tray from the call on. */
  close(): Promise<void>
}

export interface OpenBaysDeps extends Omit<BaysDeps, 'bays'> {
  readonly serialBus: DeviceDeps['bus']
  readonly config: Pick<StationConfig, 'bays'>
}

/**
 * Starts the bays and opens the scale and the reader of each, and the exit's reader; scales on one line share it. Null in a
 * canteen without bays.
 *
 * @throws BookError when the book does not answer.
 */
export function openBays(deps: OpenBaysDeps): OpenBays | null {
  const { serialBus: bus, timers, log } = deps
  const config = deps.config.bays
  if (config === null) return null
  const bays = new Bays({ ...deps, bays: config })
  const devices = { bus, timers, log }
  const scales = openScales(
    devices,
    config.stations.map(({ bayId, scale }) => ({
      config: scale,
      listener: { onReading: (reading) => bays.onReading(bayId, reading) },
    })),
  )
  const readerAt = (bayId: string | null, reader: ReaderConfig): DeviceHandle =>
    openReader(devices, reader, { onCard: (event) => bays.onCard(bayId, event) })
  const lines = config.stations.flatMap(({ bayId, reader }, at): BayLines[] => {
    const scale = scales[at]
    return scale === undefined ? [] : [{ bayId, scale, reader: readerAt(bayId, reader) }]
  })
  const exitReader = config.exitReader === null ? null : readerAt(null, config.exitReader)
  return {
    bays,
    lines,
    exitReader,
    async close() {
      bays.close()
      const handles = lines.flatMap(({ scale, reader }) => [scale, reader])
      await Promise.all([...handles.map((handle) => handle.close()), exitReader?.close()])
    },
  }
}
