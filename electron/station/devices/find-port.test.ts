import { describe, expect, test } from 'vitest'
import type { PortInfo } from '../deps.ts'
import { findPort, portWords } from './find-port.ts'

const port = (path: string, usbPath: string | null, serialNumber: string | null): PortInfo => ({
  path,
  usbPath,
  serialNumber,
  vendorId: '1a86',
  productId: '7523',
  manufacturer: null,
})
const LEFT = 'pci-0000:00:14.0-usb-0:1:1.0-port0'
const RIGHT = 'pci-0000:00:14.0-usb-0:2:1.0-port0'

describe('findPort', () => {
  const ports = [port('/dev/ttyUSB0', LEFT, 'A1'), port('/dev/ttyUSB1', RIGHT, 'B2')]

  test('DV-6 by USB path, with or without its folder', () => {
    expect(findPort({ usbPath: RIGHT }, ports)).toEqual({ kind: 'found', path: '/dev/ttyUSB1' })
    expect(findPort({ usbPath: `/dev/serial/by-path/${LEFT}` }, ports)).toEqual({
      kind: 'found',
      path: '/dev/ttyUSB0',
    })
  })

  test('DV-6 two scales that swapped their numbers after a reboot are still themselves', () => {
    const swapped = [port('/dev/ttyUSB1', LEFT, 'A1'), port('/dev/ttyUSB0', RIGHT, 'B2')]
    expect(findPort({ usbPath: LEFT }, swapped)).toEqual({ kind: 'found', path: '/dev/ttyUSB1' })
    expect(findPort({ serialNumber: 'B2' }, swapped)).toEqual({ kind: 'found', path: '/dev/ttyUSB0' })
  })

  test('DV-6 one serial number on two adapters is not guessed at', () => {
    const clones = [port('/dev/ttyUSB0', LEFT, '0001'), port('/dev/ttyUSB1', RIGHT, '0001')]
    expect(findPort({ serialNumber: '0001' }, clones)).toEqual({
      kind: 'ambiguous',
      paths: ['/dev/ttyUSB0', '/dev/ttyUSB1'],
    })
  })

  test('DV-6 two names of one port are one port', () => {
    const twice = [port('/dev/ttyUSB0', LEFT, 'A1'), port('/dev/ttyUSB0', `${LEFT}-again`, 'A1')]
    expect(findPort({ serialNumber: 'A1' }, twice)).toEqual({ kind: 'found', path: '/dev/ttyUSB0' })
  })

  test('DV-6 a port that is not there, or has no name, is absent; a fixed path is taken as it is', () => {
    expect(findPort({ usbPath: 'elsewhere' }, ports)).toEqual({ kind: 'absent' })
    expect(findPort({ serialNumber: 'A1' }, [port('/dev/ttyS0', null, null)])).toEqual({ kind: 'absent' })
    expect(findPort({ path: '/dev/ttyS0' }, [])).toEqual({ kind: 'found', path: '/dev/ttyS0' })
  })

  test('DV-6 the words for a port say how it is named', () => {
    expect([{ path: '/dev/ttyS0' }, { usbPath: LEFT }, { serialNumber: 'A1' }].map(portWords)).toEqual([
      '/dev/ttyS0',
      `USB path ${LEFT}`,
      'serial number A1',
    ])
  })
})
