import type { PortInfo, PortName } from '../deps.ts'

export type FoundPort =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'absent' }
  /** Two adapters carry the same name: cheap ones share a serial number. Use the USB path. */
  | { readonly kind: 'ambiguous'; readonly paths: readonly string[] }

const BY_PATH = '/dev/serial/by-path/'
const withoutFolder = (usbPath: string): string =>
  usbPath.startsWith(BY_PATH) ? usbPath.slice(BY_PATH.length) : usbPath

function matches(name: Exclude<PortName, { readonly path: string }>, port: PortInfo): boolean {
  if ('serialNumber' in name) return port.serialNumber === name.serialNumber
  return port.usbPath !== null && withoutFolder(port.usbPath) === withoutFolder(name.usbPath)
}

/** Which port a name of the configuration means among those plugged in now (SPEC DV-6). */
export function findPort(name: PortName, ports: readonly PortInfo[]): FoundPort {
  if ('path' in name) return { kind: 'found', path: name.path }
  const paths = [...new Set(ports.filter((port) => matches(name, port)).map((port) => port.path))]
  const [path, another] = paths
  if (path === undefined) return { kind: 'absent' }
  return another === undefined ? { kind: 'found', path } : { kind: 'ambiguous', paths }
}

/** A port's name in words for logs and screens. */
export function portWords(name: PortName): string {
  if ('path' in name) return name.path
  return 'usbPath' in name ? `USB path ${withoutFolder(name.usbPath)}` : `serial number ${name.serialNumber}`
}
