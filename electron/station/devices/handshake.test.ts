import { beforeEach, describe, expect, test } from 'vitest'
import { KeptLog, MemoryBus } from '../../../tests/fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../../tests/fixtures/scale-profile.ts'
import { VirtualTimers } from '../../../tests/fixtures/virtual-timers.ts'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { asciiBytes } from './protocols/bytes.ts'
import type { ScaleConfig } from '../deps.ts'
import { openScale } from './devices.ts'
import type { DeviceHandle } from './open-device.ts'

const PORT = '/dev/ttyUSB0'
const OS2_WEIGHT = Buffer.from('0102532030312E3233346B67650304', 'hex')
const TOLEDO_FRAME = Buffer.from('022D30203030313233343030303030300D', 'hex')

let bus: MemoryBus
let timers: VirtualTimers
let readings: ScaleReading[]
/** What the station wrote, in hexadecimal. */
let written: string[]

beforeEach(() => {
  bus = new MemoryBus()
  timers = new VirtualTimers()
  readings = []
  written = []
})

function scale(
  protocol: ScaleConfig['protocol'],
  answer: (asked: string) => Uint8Array | null,
): DeviceHandle {
  bus.plug({ path: PORT }, (bytes) => {
    const asked = Buffer.from(bytes).toString('hex')
    written.push(asked)
    const bytesBack = answer(asked)
    if (bytesBack !== null) timers.after(10, () => bus.send(PORT, bytesBack))
  })
  return openScale(
    { bus, timers, log: new KeptLog() },
    { protocol, port: { path: PORT }, profile: COUNTER_SCALE, unit: 'kg' },
    { onReading: (reading) => readings.push(reading) },
  )
}

describe('ENQ and DC1', () => {
  const answer = (asked: string): Uint8Array | null => {
    if (asked === '05') return Uint8Array.of(0x06)
    return asked === '11' ? OS2_WEIGHT : null
  }

  test('DV-11 the weight is asked for when the scale has acknowledged, and a passive one needs no further byte', async () => {
    const device = scale('os2', answer)
    await timers.advance(250)
    expect(written.slice(0, 4)).toEqual(['05', '11', '05', '11'])
    expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 1_234_000 })
    await device.close()
    expect(timers.waiting).toBe(0)
  })

  test('DV-11 a scale that refuses is asked anew in the next round', async () => {
    let ready = false
    const device = scale('os2', (asked) => (ready ? answer(asked) : Uint8Array.of(0x15)))
    await timers.advance(250)
    expect(written).toEqual(['05', '05', '05'])
    expect(readings).toEqual([])
    ready = true
    await timers.advance(300)
    expect(readings.at(-1)).toMatchObject({ state: 'ok' })
    await device.close()
  })
})

test('DV-11 a Toledo 8217 is told to echo no longer, then asked for its weight', async () => {
  const device = scale('toledo-8217', (asked) => (asked === '57' ? asciiBytes('\x0201.250\r') : null))
  await timers.advance(700)
  expect(written.slice(0, 3)).toEqual(['46', '57', '57'])
  expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 1_250_000 })
  await device.close()
})

describe('a frame that may have one more byte', () => {
  test('DV-2 is read when nothing follows, once', async () => {
    const device = scale('toledo-continuous', () => null)
    await timers.advance(10)
    bus.send(PORT, TOLEDO_FRAME)
    expect(readings).toEqual([])
    await timers.advance(60)
    expect(readings).toMatchObject([{ state: 'unstable', weightMg: 1_234_000 }])
    await device.close()
    expect(timers.waiting).toBe(0)
  })

  test('DV-3 a false beginning in front of it does not hold it back', async () => {
    const device = scale('toledo-continuous', () => null)
    await timers.advance(10)
    bus.send(PORT, Buffer.concat([Buffer.from('0233', 'hex'), TOLEDO_FRAME]))
    await timers.advance(60)
    expect(readings).toMatchObject([{ state: 'unstable', weightMg: 1_234_000 }])
    await device.close()
  })

  test('DV-2 is not cut by a pause in the middle that is shorter than that', async () => {
    const device = scale('toledo-continuous', () => null)
    await timers.advance(10)
    bus.send(PORT, TOLEDO_FRAME.subarray(0, 9))
    await timers.advance(25)
    bus.send(PORT, TOLEDO_FRAME.subarray(9))
    await timers.advance(60)
    expect(readings).toMatchObject([{ weightMg: 1_234_000 }])
    await device.close()
  })
})
