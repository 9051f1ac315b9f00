import type { StationHealth } from '../../../shared/contract/station.ts'
import type { OpenBays } from './open.ts'

/** How bays, exit and trays are, for the lamps and the health page. */
export function baysHealth(
  { bays, lines, exitReader }: OpenBays,
  businessDate: string,
): StationHealth['bays'] {
  const { trays } = bays.view.current
  return {
    stations: lines.map(({ bayId, scaleRecord, scale, reader }) => ({
      bayId,
      state: scale.status().state,
      readerConnected: reader.status().connected,
      verifiedUntil: scaleRecord.profile.verifiedUntil,
      lock: scaleRecord.lockOn(businessDate),
      advice: scaleRecord.adviceOn(businessDate),
    })),
    exitReaderConnected: exitReader === null ? null : exitReader.status().connected,
    trays: {
      open: trays.length,
      stopped: trays.filter(({ state }) => state === 'stopped').length,
      oldestLastAtMs: trays.length === 0 ? null : Math.min(...trays.map(({ lastAtMs }) => lastAtMs)),
    },
  }
}
