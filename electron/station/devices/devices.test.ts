import { beforeEach, describe, expect, test } from 'vitest'
import { KeptLog, MemoryBus } from '../../../tests/fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../../tests/fixtures/scale-profile.ts'
import { VirtualTimers } from '../../../tests/fixtures/virtual-timers.ts'
import type { CardEvent, ScaleReading } from '../../../shared/domain/scale.ts'
import { cardFrame, yaohuaFrame } from '../../trial/wires/frames.ts'
import type { PortName, ScaleConfig } from '../deps.ts'
import { openReader, openScale } from './devices.ts'
import type { DeviceHandle } from './open-device.ts'
import { asciiBytes } from './protocols/bytes.ts'

const USB_PATH = 'pci-0000:00:14.0-usb-0:2:1.0-port0'
const PORT = '/dev/ttyUSB0'
const OTHER_PORT = '/dev/ttyUSB1'

let bus: MemoryBus
let timers: VirtualTimers
let log: KeptLog
let readings: ScaleReading[]

beforeEach(() => {
  bus = new MemoryBus()
  timers = new VirtualTimers()
  log = new KeptLog()
  readings = []
})

function scale(
  protocol: ScaleConfig['protocol'] = 'yaohua-stx12',
  port: PortName = { usbPath: USB_PATH },
): DeviceHandle {
  return openScale(
    { bus, timers, log },
    { protocol, port, profile: COUNTER_SCALE, unit: 'kg' },
    { onReading: (reading) => readings.push(reading) },
  )
}
const states = (): string[] => readings.map(({ state }) => state)
const plug = (path = PORT): void => bus.plug({ path, usbPath: USB_PATH })

describe('a line', () => {
  test('DV-5 a port that is not there is looked for with pauses from half a second to five', async () => {
    bus.plug({ path: '/dev/ttyUSB9', usbPath: 'another' })
    const device = scale('yaohua-stx12', { path: PORT })
    const times: number[] = []
    for (let atMs = 0; atMs < 25_000; atMs += 100) {
      const before = bus.attempts.length
      await timers.advance(100)
      if (bus.attempts.length > before) times.push(atMs)
    }
    expect(times).toEqual([0, 400, 1400, 3400, 7400, 12_400, 17_400, 22_400])
    expect(states()).toEqual(['disconnected'])
    expect(log.lines).toHaveLength(1)
    expect(device.status()).toMatchObject({ port: null, connected: false, problem: `cannot open ${PORT}` })
    await device.close()
    expect(timers.waiting).toBe(0)
  })

  test('DV-6 after unplugging and a swap of numbers the scale is found at its USB path', async () => {
    plug()
    const device = scale()
    await timers.advance(10)
    bus.send(PORT, yaohuaFrame(500, 3))
    bus.pull(PORT)
    await timers.advance(100)
    bus.plug({ path: PORT, usbPath: 'another' })
    plug(OTHER_PORT)
    await timers.advance(1000)
    bus.send(OTHER_PORT, yaohuaFrame(700, 3))
    expect(readings).toMatchObject([
      { state: 'unstable', weightMg: 500_000 },
      { state: 'disconnected' },
      { state: 'unstable', weightMg: 700_000 },
    ])
    expect(device.status()).toMatchObject({ port: OTHER_PORT, counters: { opens: 2, losses: 1, frames: 2 } })
    await device.close()
    expect(bus.openPorts).toBe(0)
  })

  test('DV-5 a cable pulled without a close event is noticed within two seconds', async () => {
    plug()
    const device = scale()
    await timers.advance(10)
    bus.send(PORT, yaohuaFrame(500, 3))
    bus.pull(PORT, 'silently')
    await timers.advance(2000)
    expect(states()).toEqual(['unstable', 'stale', 'disconnected'])
    plug()
    await timers.advance(5000)
    bus.send(PORT, yaohuaFrame(505, 3))
    expect(readings.at(-1)).toMatchObject({ state: 'unstable', weightMg: 505_000 })
    await device.close()
  })

  test('DV-5 a driver that hangs on opening, and one that cannot list, are tried again', async () => {
    plug()
    bus.openingHangs = true
    const device = scale()
    await timers.advance(5100)
    expect(states()).toEqual(['disconnected'])
    bus.openingHangs = false
    bus.listingFails = true
    await timers.advance(1000)
    expect(device.status().problem).toBe('ports cannot be listed')
    bus.listingFails = false
    await timers.advance(5000)
    bus.send(PORT, yaohuaFrame(500, 3))
    expect(states()).toEqual(['disconnected', 'stale', 'unstable'])
    await device.close()
  })

  test('DV-5 a driver that comes back after its time does not keep the port', async () => {
    plug()
    bus.openingHangs = true
    const device = scale()
    await timers.advance(5100)
    bus.openingHangs = false
    bus.releaseHanging()
    await timers.advance(10)
    expect(bus.openPorts).toBe(0)
    await timers.advance(1000)
    expect(bus.openPorts).toBe(1)
    await device.close()
    expect(bus.openPorts).toBe(0)
  })

  /** Pulls the plug, puts it in again, and answers how long the station takes to open it. */
  async function replug(): Promise<number> {
    bus.pull(PORT)
    await timers.advance(10)
    plug()
    const pulledMs = timers.monotonicMs()
    while (bus.openPorts === 0 && timers.monotonicMs() - pulledMs < 10_000) await timers.advance(10)
    return timers.monotonicMs() - pulledMs
  }

  test('DV-5 after a line that held the pauses start anew, after a flapping one they grow', async () => {
    const device = scale('yaohua-stx12', { path: PORT })
    await timers.advance(20_000)
    plug()
    await timers.advance(6000)
    expect(await replug()).toBeLessThanOrEqual(500)
    const flapping = [await replug(), await replug(), await replug(), await replug()]
    expect(flapping.map((waitedMs) => Math.round(waitedMs / 500) * 500)).toEqual([1000, 2000, 4000, 5000])
    await device.close()
  })

  test('DV-5 a line that fails when it is used is lost', async () => {
    plug()
    bus.flushFails = true
    const device = scale('mt-sics')
    await timers.advance(100)
    expect(states()).toEqual(['disconnected'])
    expect(device.status().problem).toBe('input/output error')
    await device.close()
  })

  test('DV-5 a silent scale has its port opened anew and stays stale meanwhile', async () => {
    plug()
    const device = scale()
    await timers.advance(30_000)
    expect(states()).toEqual(['stale'])
    expect(device.status().counters.opens).toBeGreaterThanOrEqual(5)
    expect(bus.openPorts).toBe(1)
    bus.send(PORT, yaohuaFrame(500, 3))
    expect(states()).toEqual(['stale', 'unstable'])
    await device.close()
  })

  test('DV-11 closing frees the port, ends every timer and delivers nothing more', async () => {
    plug()
    const device = scale()
    await timers.advance(10)
    bus.send(PORT, yaohuaFrame(500, 3))
    await device.close()
    bus.send(PORT, yaohuaFrame(505, 3))
    await timers.advance(10_000)
    expect(states()).toEqual(['unstable'])
    expect(bus.openPorts).toBe(0)
    expect(timers.waiting).toBe(0)
  })

  test('DV-11 closing while the port opens, or is waited for, frees it too', async () => {
    plug()
    const opening = scale()
    await opening.close()
    const waiting = scale('yaohua-stx12', { path: '/dev/missing' })
    await timers.advance(100)
    await waiting.close()
    expect(bus.openPorts).toBe(0)
    expect(timers.waiting).toBe(0)
  })

  test('DV-12 the last bytes are kept, also those that are no frame', async () => {
    plug()
    const device = scale()
    await timers.advance(10)
    bus.send(PORT, asciiBytes('noise'))
    expect(device.rawTail()).toBe('6E6F697365')
    await device.close()
  })
})

describe('silence', () => {
  test('DV-5 stale within a second of the last frame, with no weight, once; garbage does not keep it fresh', async () => {
    plug()
    const device = scale()
    for (let frames = 0; frames < 80; frames += 1) {
      await timers.advance(12.5)
      bus.send(PORT, yaohuaFrame(500, 3))
    }
    expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 500_000 })
    readings = []
    for (let passedMs = 0; passedMs < 1000; passedMs += 50) {
      await timers.advance(50)
      bus.send(PORT, asciiBytes('garbage'))
    }
    expect(readings).toEqual([{ state: 'stale' }])
    await device.close()
  })

  test('DV-5 a pulled scale stays disconnected and does not turn stale', async () => {
    plug()
    const device = scale()
    await timers.advance(10)
    bus.send(PORT, yaohuaFrame(500, 3))
    bus.pull(PORT)
    await timers.advance(10_000)
    expect(states()).toEqual(['unstable', 'disconnected'])
    await device.close()
  })

  test('DV-5 a process that was held up reads what has arrived before it calls a scale stale', async () => {
    plug()
    const device = scale()
    await timers.advance(10)
    bus.send(PORT, yaohuaFrame(500, 3))
    timers.stall(2000)
    await timers.advance(10)
    bus.send(PORT, yaohuaFrame(500, 3))
    await timers.advance(100)
    expect(states()).toEqual(['unstable', 'unstable'])
    timers.stall(2000)
    await timers.advance(60)
    expect(states()).toEqual(['unstable', 'unstable', 'stale'])
    await device.close()
  })

  test('DV-5 each silence is stale again', async () => {
    plug()
    const device = scale()
    await timers.advance(1000)
    for (let silences = 0; silences < 2; silences += 1) {
      bus.send(PORT, yaohuaFrame(500, 3))
      await timers.advance(1000)
    }
    expect(states()).toEqual(['stale', 'unstable', 'stale', 'unstable', 'stale'])
    await device.close()
  })

  test('DV-5 a scale that never said anything is stale within a second of opening', async () => {
    plug()
    const device = scale()
    await timers.advance(1000)
    expect(states()).toEqual(['stale'])
    await device.close()
  })
})

describe('a polled scale', () => {
  /** Answers each request after `afterMs` with what the test put there. */
  function answering(afterMs: number, answers: () => string): number[] {
    const askedMs: number[] = []
    bus.plug({ path: PORT, usbPath: USB_PATH }, (bytes) => {
      expect(Buffer.from(bytes).toString()).toBe('SI\r\n')
      askedMs.push(timers.monotonicMs())
      timers.after(afterMs, () => bus.send(PORT, asciiBytes(answers())))
    })
    return askedMs
  }

  test('DV-11 is asked ten times a second, one request after the other', async () => {
    const askedMs = answering(20, () => 'S S      0.500 kg\r\n')
    const device = scale('mt-sics')
    await timers.advance(990)
    expect(askedMs).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
    expect(readings).toHaveLength(10)
    expect(readings.map(({ state }) => state)).toEqual(['unstable', ...Array<string>(9).fill('ok')])
    expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 500_000 })
    await device.close()
  })

  test('DV-11 is asked again when it does not answer, and what it said late in halves is forgotten', async () => {
    let answer = ''
    const askedMs = answering(20, () => answer)
    const device = scale('mt-sics')
    await timers.advance(290)
    bus.send(PORT, asciiBytes('S S      9.0'))
    await timers.advance(20)
    expect(askedMs).toEqual([0, 300])
    bus.send(PORT, asciiBytes('00 kg\r\n'))
    expect(readings).toEqual([])
    answer = 'S S      0.700 kg\r\n'
    await timers.advance(700)
    expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 700_000 })
    expect(device.status().counters.timeouts).toBe(1)
    await device.close()
  })

  test('DV-1 that has no weight now goes stale, and comes back with one', async () => {
    let answer = 'S S      0.500 kg\r\n'
    answering(20, () => answer)
    const device = scale('mt-sics')
    await timers.advance(200)
    answer = 'S I\r\n'
    readings = []
    await timers.advance(1000)
    expect(readings).toEqual([{ state: 'stale' }])
    answer = 'S D      0.510 kg\r\n'
    await timers.advance(200)
    expect(readings[1]).toMatchObject({ state: 'unstable', weightMg: 510_000 })
    await device.close()
  })

  test('DV-9 that weighs in pounds shows nothing and says why, once', async () => {
    answering(20, () => 'S S      1.100 lb\r\n')
    const device = scale('mt-sics')
    await timers.advance(3000)
    expect(states()).toEqual(['stale'])
    expect(device.status().problem).toBe(`the scale weighs in 'lb': set it to kg`)
    expect(device.status().counters.refused).toBeGreaterThan(5)
    expect(log.lines.filter(({ event }) => event === 'scale.refused')).toHaveLength(1)
    await device.close()
  })
})

describe('a card reader', () => {
  const UID = '62E3086CED'
  let events: CardEvent[]

  function reader(): DeviceHandle {
    events = []
    return openReader(
      { bus, timers, log },
      { protocol: 'em4100-rdm6300', port: { usbPath: USB_PATH } },
      { onCard: (event) => events.push(event) },
    )
  }
  async function lie(uid: string, forMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < forMs; passedMs += 65) {
      bus.send(PORT, cardFrame(uid))
      await timers.advance(65)
    }
  }

  test('DV-7 says connected, one present with its frame, and removed', async () => {
    plug()
    const device = reader()
    await timers.advance(200)
    await lie(UID, 3000)
    await timers.advance(1000)
    expect(events).toEqual([
      { kind: 'connected' },
      { kind: 'present', uid: UID, rawHex: '0236324533303836434544303803' },
      { kind: 'removed', uid: UID },
    ])
    expect(device.status()).toMatchObject({ connected: true, port: PORT, state: null })
    await device.close()
    expect(timers.waiting).toBe(0)
  })

  test('DV-7 a card does not leave because the process was held up', async () => {
    plug()
    const device = reader()
    await timers.advance(200)
    await lie(UID, 300)
    timers.stall(900)
    await timers.advance(10)
    await lie(UID, 300)
    expect(events.map(({ kind }) => kind)).toEqual(['connected', 'present'])
    await timers.advance(500)
    expect(events.at(-1)).toEqual({ kind: 'removed', uid: UID })
    await device.close()
  })

  test('DV-7 is not reopened in a long silence: silence is its normal state', async () => {
    plug()
    const device = reader()
    await timers.advance(600_000)
    expect(events).toEqual([{ kind: 'connected' }])
    expect(device.status().counters.opens).toBe(1)
    await device.close()
  })

  test('DV-5 pulled with a card on it: removed, disconnected, and back by itself', async () => {
    plug()
    const device = reader()
    await timers.advance(200)
    await lie(UID, 300)
    bus.pull(PORT)
    await timers.advance(100)
    plug()
    await timers.advance(3000)
    await lie(UID, 300)
    expect(events.map(({ kind }) => kind)).toEqual([
      'connected',
      'present',
      'removed',
      'disconnected',
      'connected',
      'present',
    ])
    await device.close()
  })

  test('DV-7 cards that were read before anyone listened are no taps', async () => {
    plug()
    const device = reader()
    await timers.advance(10)
    bus.send(PORT, Buffer.concat([cardFrame(UID), cardFrame(UID), cardFrame(UID)]))
    await timers.advance(2000)
    expect(events).toEqual([{ kind: 'connected' }])
    await device.close()
  })

  test('DV-5 a missing reader says disconnected once', async () => {
    const device = reader()
    await timers.advance(20_000)
    expect(events).toEqual([{ kind: 'disconnected' }])
    await device.close()
  })

  test('DV-8 frames with a wrong checksum are counted and are no card', async () => {
    plug()
    const device = reader()
    await timers.advance(200)
    const wrong = cardFrame(UID)
    wrong.set(asciiBytes('9'), 12)
    bus.send(PORT, wrong)
    bus.send(PORT, wrong)
    await timers.advance(1000)
    expect(events).toEqual([{ kind: 'connected' }])
    expect(device.status().counters.badChecksums).toBe(2)
    await device.close()
  })
})
