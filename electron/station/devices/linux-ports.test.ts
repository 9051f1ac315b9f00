import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linuxPorts, type LinuxPlaces } from './linux-ports.ts'

let root: string
let places: LinuxPlaces

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ports-'))
  places = {
    ttyClass: join(root, 'sys/class/tty'),
    byPath: join(root, 'dev/serial/by-path'),
    dev: join(root, 'dev'),
  }
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** A tty whose `device` link leads to a folder of the device tree, as /sys has it. */
function addTty(name: string, device: string): void {
  mkdirSync(join(root, device), { recursive: true })
  mkdirSync(join(places.ttyClass, name), { recursive: true })
  symlinkSync(join(root, device), join(places.ttyClass, name, 'device'))
  write(`dev/${name}`, '')
}

function addByPath(usbPath: string, name: string): void {
  mkdirSync(places.byPath, { recursive: true })
  symlinkSync(join(places.dev, name), join(places.byPath, usbPath))
}

test('DV-6 a USB adapter is listed with its path, numbers and maker', async () => {
  addTty('ttyUSB0', 'sys/devices/usb1/1-2/1-2:1.0/ttyUSB0')
  for (const [file, text] of Object.entries({
    idVendor: '0403',
    idProduct: '6001',
    serial: 'A9XK',
    manufacturer: 'FTDI',
  }))
    write(`sys/devices/usb1/1-2/${file}`, `${text}\n`)
  addByPath('pci-0000:00:14.0-usb-0:2:1.0-port0', 'ttyUSB0')
  expect(await linuxPorts(places)).toEqual([
    {
      path: join(places.dev, 'ttyUSB0'),
      usbPath: 'pci-0000:00:14.0-usb-0:2:1.0-port0',
      serialNumber: 'A9XK',
      vendorId: '0403',
      productId: '6001',
      manufacturer: 'FTDI',
    },
  ])
})

test('DV-6 a port with two USB paths has a row for each, an adapter without serial number has none', async () => {
  addTty('ttyACM0', 'sys/devices/usb1/1-3/1-3:1.0')
  write('sys/devices/usb1/1-3/idVendor', '1a86\n')
  addByPath('one', 'ttyACM0')
  addByPath('two', 'ttyACM0')
  const ports = await linuxPorts(places)
  expect(new Set(ports.map(({ usbPath }) => usbPath))).toEqual(new Set(['one', 'two']))
  expect(ports).toHaveLength(2)
  expect(ports[0]).toMatchObject({ serialNumber: null, productId: null, vendorId: '1a86' })
})

test('DV-6 reserved names without a chip, consoles and dangling links are no ports', async () => {
  addTty('ttyS0', 'sys/devices/platform/serial8250/a')
  write('sys/class/tty/ttyS0/type', '4\n')
  addTty('ttyS1', 'sys/devices/platform/serial8250/b')
  write('sys/class/tty/ttyS1/type', '0\n')
  addTty('tty1', 'sys/devices/virtual/tty1')
  addByPath('gone', 'ttyUSB7')
  const ports = await linuxPorts(places)
  expect(ports.map(({ path, usbPath }) => [path, usbPath])).toEqual([[join(places.dev, 'ttyS0'), null]])
})

test('DV-6 a machine without /sys and without udev has no ports, and that is no error', async () => {
  expect(await linuxPorts(places)).toEqual([])
})
