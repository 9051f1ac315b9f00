import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PortInfo } from '../deps.ts'

export interface LinuxPlaces {
  readonly ttyClass: string
  readonly byPath: string
  readonly dev: string
}

const LINUX_PLACES: LinuxPlaces = {
  ttyClass: '/sys/class/tty',
  byPath: '/dev/serial/by-path',
  dev: '/dev',
}

const SERIAL_PORT = /^tty(S|USB|ACM|AMA|XRUSB|WCH|MFD|O)\d+$/
/** From the tty up to the USB device that carries it: interface, sometimes a port folder, device. */
const LEVELS_TO_USB_DEVICE = 4

/** What is not there is null: a port can vanish between two looks. Other errors are thrown. */
async function unlessMissing<Value>(looked: Promise<Value>): Promise<Value | null> {
  try {
    return await looked
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'EIO') return null
    throw error
  }
}

async function textIn(folder: string, file: string): Promise<string | null> {
  const text = (await unlessMissing(readFile(join(folder, file), 'utf8')))?.trim() ?? ''
  return text === '' ? null : text
}

type UsbFacts = Omit<PortInfo, 'path' | 'usbPath'>
const NO_USB: UsbFacts = { serialNumber: null, vendorId: null, productId: null, manufacturer: null }

async function usbFacts(device: string): Promise<UsbFacts> {
  let folder = device
  for (let level = 0; level < LEVELS_TO_USB_DEVICE; level += 1) {
    const vendorId = await textIn(folder, 'idVendor')
    if (vendorId !== null)
      return {
        vendorId,
        productId: await textIn(folder, 'idProduct'),
        serialNumber: await textIn(folder, 'serial'),
        manufacturer: await textIn(folder, 'manufacturer'),
      }
    folder = dirname(folder)
  }
  return NO_USB
}

/** USB paths by the device file they lead to. One port can have several. */
async function usbPathsByDevice(byPath: string): Promise<Map<string, string[]>> {
  const paths = new Map<string, string[]>()
  for (const usbPath of (await unlessMissing(readdir(byPath))) ?? []) {
    const device = await unlessMissing(realpath(join(byPath, usbPath)))
    if (device !== null) paths.set(device, [...(paths.get(device) ?? []), usbPath])
  }
  return paths
}

/** A built-in port without a chip behind it says so; a system reserves many such names. */
const isRealPort = async (ttyFolder: string): Promise<boolean> => (await textIn(ttyFolder, 'type')) !== '0'

/**
 * The serial ports of a Linux machine, one row for each name a port has. Read from /sys and /dev/serial/by-path alone:
 * asking `udevadm` means a child process on every search, and where it is missing or cannot be started the error kills
 * the process.
 */
export async function linuxPorts(places: LinuxPlaces = LINUX_PLACES): Promise<PortInfo[]> {
  const usbPaths = await usbPathsByDevice(places.byPath)
  const ports: PortInfo[] = []
  for (const name of ((await unlessMissing(readdir(places.ttyClass))) ?? []).toSorted()) {
    if (!SERIAL_PORT.test(name)) continue
    const ttyFolder = join(places.ttyClass, name)
    const device = await unlessMissing(realpath(join(ttyFolder, 'device')))
    if (device === null || !(await isRealPort(ttyFolder))) continue
    const path = join(places.dev, basename(name))
    const facts = await usbFacts(device)
    for (const usbPath of usbPaths.get(path) ?? [null]) ports.push({ path, usbPath, ...facts })
  }
  return ports
}
