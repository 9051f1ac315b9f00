import type { CardListener, IdReaderConfig, ReaderConfig, ScaleConfig, ScaleListener } from '../deps.ts'
import { HeardCards } from './heard-cards.ts'
import { HeardIdCards, type IdCardListener } from './heard-id-cards.ts'
import { HeardScale } from './heard-scale.ts'
import { ModbusBus, type BusScale } from './modbus-bus.ts'
import { openDevice, type DeviceDeps, type DeviceHandle } from './open-device.ts'
import { ID_READER_PROTOCOLS, READER_PROTOCOLS, SCALE_PROTOCOLS } from './protocols/index.ts'
import type { ReaderProtocol } from './protocols/protocol.ts'
import { withDecimalBias } from './protocols/scales/bcd-ff.ts'

/** A device with an open line that says nothing for this long, though it should, has its port opened anew. */
const REOPEN_SILENT_MS = 5000
const REOPEN_SILENT_ID_READER_MS = 10_000
/** Cards read while nobody listened are not taps. */
const READER_DEAF_AFTER_OPEN_MS = 100

/**
 * Opens a scale and keeps it open. Of the frames that arrive together only the newest is delivered, and before it each
 * change of state. After a second of silence comes `stale`, on loss `disconnected`, each once.
 */
export function openScale(deps: DeviceDeps, config: ScaleConfig, listener: ScaleListener): DeviceHandle {
  if (config.modbus !== undefined) return openTransmitter(deps, { ...config, ...config.modbus, listener })
  const protocol = withDecimalBias(SCALE_PROTOCOLS[config.protocol], config.decimalBias ?? 0)
  const manners = { device: 'scale', reopenAfterSilenceMs: REOPEN_SILENT_MS, deafAfterOpenMs: 0 } as const
  return openDevice(deps, config, protocol, manners, new HeardScale(deps, protocol, config, listener))
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
  const manners = {
    device: 'reader',
    // One that is asked answers also when no card is there; one that talks by itself is silent then.
    reopenAfterSilenceMs: protocol.poll === null ? null : REOPEN_SILENT_MS,
    deafAfterOpenMs: protocol.poll === null ? READER_DEAF_AFTER_OPEN_MS : 0,
  } as const
  return openDevice(deps, config, protocol, manners, new HeardCards(deps.timers, protocol, listener))
}

/** Opens an ID-card reader and keeps it open; none of its bytes are kept for support (SPEC ME-8). */
export function openIdReader(
  deps: DeviceDeps,
  config: IdReaderConfig,
  listener: IdCardListener,
): DeviceHandle {
  const protocol = ID_READER_PROTOCOLS[config.protocol]
  const manners = {
    device: 'id-reader',
    personal: true,
    reopenAfterSilenceMs: REOPEN_SILENT_ID_READER_MS,
    deafAfterOpenMs: 0,
  } as const
  return openDevice(deps, config, protocol, manners, new HeardIdCards(protocol, listener))
}
