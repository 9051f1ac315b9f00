import type { ScaleProfile } from '../../../shared/domain/scale.ts'
import type { ReaderConfig, StationConfig } from '../deps.ts'
import { openReader } from '../devices/devices.ts'
import type { DeviceDeps, DeviceHandle } from '../devices/open-device.ts'
import type { CardSightings } from '../members/card-alarms.ts'
import { openScales } from '../devices/scale-lines.ts'
import { ScaleDesk, type ScalePlace } from '../metrology/scale-desk.ts'
import { ScaleRecord } from '../metrology/scale-record.ts'
import { Bays, type BaysDeps } from './bays.ts'

/** The lines of one bay, and what the checks of its scale say. */
export interface BayLines {
  readonly bayId: string
  readonly scaleRecord: ScaleRecord
  readonly scaleDesk: ScaleDesk
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

export interface OpenBaysDeps extends Omit<BaysDeps, 'bays' | 'scaleRecords'> {
  readonly serialBus: DeviceDeps['bus']
  readonly sightings: CardSightings
  readonly config: Pick<StationConfig, 'bays' | 'metrology'>
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
  const scaleRecords = new Map(
    config.stations.map(({ bayId, scale }) => [bayId, recordOf(scale.profile, deps)]),
  )
  const bays = new Bays({ ...deps, bays: config, scaleRecords })
  const desks = new Map(
    [...scaleRecords].map(([bayId, scaleRecord]) => [
      bayId,
      new ScaleDesk({ ...deps, scaleRecord, place: placeOf(bays, bayId, deps) }),
    ]),
  )
  const devices = { bus, timers, log }
  const scales = openScales(
    devices,
    config.stations.map(({ bayId, scale }) => ({
      config: scale,
      listener: {
        onReading(reading) {
          desks.get(bayId)?.onReading(reading)
          bays.onReading(bayId, reading)
        },
      },
    })),
  )
  const readerAt = (bayId: string | null, reader: ReaderConfig): DeviceHandle =>
    openReader(devices, reader, {
      onCard(event) {
        if (event.kind === 'present') deps.sightings.saw(event.uid, bayId === null ? 'exit' : `bay:${bayId}`)
        bays.onCard(bayId, event)
      },
    })
  const lines = config.stations.flatMap(({ bayId, reader }, at): BayLines[] => {
    const [scale, scaleRecord, scaleDesk] = [scales[at], scaleRecords.get(bayId), desks.get(bayId)]
    if (scale === undefined || scaleRecord === undefined || scaleDesk === undefined) return []
    return [{ bayId, scaleRecord, scaleDesk, scale, reader: readerAt(bayId, reader) }]
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

function recordOf(profile: ScaleProfile, { book, config }: OpenBaysDeps): ScaleRecord {
  const record = new ScaleRecord(profile, config.metrology)
  record.look(book)
  return record
}

/** A bay as the place of its scale. */
function placeOf(bays: Bays, bayId: string, { counter }: OpenBaysDeps): ScalePlace {
  return {
    bayId,
    businessDate: () => counter.context().businessDate,
    take: () => bays.onScaleCheck(bayId, true),
    giveBack: () => void bays.onScaleCheck(bayId, false),
  }
}
