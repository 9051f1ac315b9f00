import type { Candidate, PortFinding } from '../../../../shared/contract/found-device.ts'
import type { LineSettings, PortInfo, PortName } from '../../deps.ts'
import {
  ID_READER_PROTOCOLS,
  isIdReader,
  isReader,
  isScale,
  READER_PROTOCOLS,
  SCALE_PROTOCOLS,
} from '../protocols/index.ts'

/** What `canteen.json` gets for a device that was found. */
export interface Fragment {
  readonly [role: string]: {
    readonly protocol: string
    readonly port: PortName
    readonly line?: Partial<LineSettings>
    readonly unit?: 'kg' | 'g'
  }
}

/** Stands on the scale's plate and certificate, and nothing on the line says it. */
export const FROM_THE_PLATE = ['id', 'maxGrams', 'minGrams', 'divisionGrams', 'verifiedUntil'] as const

/**
 * The name of a port that is still its own after a reboot: the socket it is plugged into, else a serial number that no other
 * adapter has, else the path of a built-in port (SPEC DV-6).
 */
export function lastingName(path: string, ports: readonly PortInfo[]): PortName {
  const port = ports.find((listed) => listed.path === path && listed.usbPath !== null)
  if (port?.usbPath !== undefined && port.usbPath !== null) return { usbPath: port.usbPath }
  const serialNumber = ports.find((listed) => listed.path === path)?.serialNumber ?? null
  const others = ports.filter((listed) => listed.serialNumber === serialNumber && listed.path !== path)
  return serialNumber !== null && others.length === 0 ? { serialNumber } : { path }
}

/** The settings that differ from what the protocol usually has. */
export function unusualLine(protocol: string, line: LineSettings): Partial<LineSettings> | null {
  const usual = isScale(protocol)
    ? SCALE_PROTOCOLS[protocol].line
    : isReader(protocol)
      ? READER_PROTOCOLS[protocol].line
      : isIdReader(protocol)
        ? ID_READER_PROTOCOLS[protocol].line
        : null
  if (usual === null) return line
  const { baudRate, dataBits, parity } = line
  const differing = {
    ...(baudRate === usual.baudRate ? {} : { baudRate }),
    ...(dataBits === usual.dataBits ? {} : { dataBits }),
    ...(parity === usual.parity ? {} : { parity }),
  }
  return Object.keys(differing).length === 0 ? null : differing
}

/** Where each kind of device stands in `canteen.json`. */
const ENTRY_OF = { scale: 'scale', reader: 'reader', 'id-reader': 'idReader' } as const

/** The entry for a candidate; null for a language that waits for a capture and is not sold with. */
export function fragmentOf(
  candidate: Candidate,
  { path }: Pick<PortFinding, 'path'>,
  ports: readonly PortInfo[],
): Fragment | null {
  const { kind, protocol, confidence } = candidate
  if (confidence === 'capture-needed') return null
  const line = unusualLine(protocol, candidate.line)
  return {
    [ENTRY_OF[kind]]: {
      protocol,
      port: lastingName(path, ports),
      ...(line === null ? {} : { line }),
      ...(isScale(protocol) ? { unit: SCALE_PROTOCOLS[protocol].usualUnit } : {}),
    },
  }
}
