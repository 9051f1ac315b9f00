import { describe, expect, test } from 'vitest'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import type { ScaleConfig } from '../../../electron/station/deps.ts'
import { openScale } from '../../../electron/station/devices/devices.ts'
import type { DeviceHandle } from '../../../electron/station/devices/open-device.ts'
import { yaohuaFrame } from '../../../electron/trial/wires/frames.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { bus, layWire, sleep, timers, until, type Clearing } from './table.ts'

const PLATE_MG = milligrams(755_000)

interface Table {
  readonly simulated: SimulatedScale
  readonly device: DeviceHandle
  readonly readings: ScaleReading[]
}

/** A simulated scale at one end of a real wire and the station's scale at the other. */
async function setTable(clearing: Clearing, protocol: ScaleConfig['protocol']): Promise<Table> {
  const wire = layWire(clearing, 'scale')
  const random = seededRandom(protocol)
  const simulated = new SimulatedScale({
    timers,
    wire,
    protocol,
    maxMg: COUNTER_SCALE.maxMg,
    divisionMg: COUNTER_SCALE.divisionMg,
    noise: () => random.integer(0, 999_999) / 1_000_000,
  })
  await simulated.plug()
  const readings: ScaleReading[] = []
  const device = openScale(
    { bus, timers, log: new KeptLog() },
    { protocol, port: { path: wire.stationPath }, profile: COUNTER_SCALE, unit: 'kg' },
    { onReading: (reading) => readings.push(reading) },
  )
  clearing.onTestFinished(async () => {
    await device.close()
    await simulated.close()
  })
  await until('a stable zero', () => isOk(readings.at(-1), 0))
  return { simulated, device, readings }
}

const isOk = (reading: ScaleReading | undefined, weightMg: number): boolean =>
  reading?.state === 'ok' && reading.weightMg === weightMg

for (const protocol of ['yaohua-stx12', 'mt-sics'] as const)
  describe.concurrent(`${protocol} over a pseudo-terminal`, () => {
    test('DV-10 a plate swings, settles to its weight, and leaves zero behind', async (context) => {
      const { simulated, readings } = await setTable(context, protocol)
      readings.length = 0
      simulated.setLoad(PLATE_MG)
      await until('the plate', () => isOk(readings.at(-1), PLATE_MG))
      const firstOk = readings.findIndex((reading) => reading.state === 'ok' && reading.weightMg !== 0)
      expect(readings[firstOk]).toMatchObject({ weightMg: PLATE_MG })
      expect(readings.slice(0, firstOk).some(({ state }) => state === 'unstable')).toBe(true)
      simulated.setLoad(milligrams(0))
      await until('zero again', () => isOk(readings.at(-1), 0))
    })

    test('DV-1 negative keeps its sign and overload has no weight', async (context) => {
      const { simulated, readings } = await setTable(context, protocol)
      simulated.setLoad(milligrams(-20_000))
      await until('negative', () => {
        const reading = readings.at(-1)
        return reading?.state === 'negative' && reading.weightMg === -20_000
      })
      simulated.overload()
      await until('overload', () => readings.at(-1)?.state === 'overload' && !simulated.moving)
      expect(readings.at(-1)).not.toHaveProperty('weightMg')
      simulated.setLoad(PLATE_MG)
      await until('the plate', () => isOk(readings.at(-1), PLATE_MG))
    })

    test('DV-5 silence is stale within a second, with neither the old weight nor zero', async (context) => {
      const { simulated, readings, device } = await setTable(context, protocol)
      simulated.setLoad(PLATE_MG)
      await until('the plate', () => isOk(readings.at(-1), PLATE_MG))
      simulated.setSilent(true)
      const silentMs = timers.monotonicMs()
      await sleep(60)
      readings.length = 0
      await until('stale', () => readings.length > 0)
      expect(timers.monotonicMs() - silentMs).toBeLessThanOrEqual(1000)
      await sleep(500)
      expect(readings).toEqual([{ state: 'stale' }])
      expect(device.status().connected).toBe(true)
      simulated.setSilent(false)
      await until('the plate again', () => isOk(readings.at(-1), PLATE_MG))
    })

    test('DV-5 unplugged it is disconnected at once, and plugged in again it weighs by itself', async (context) => {
      const { simulated, readings, device } = await setTable(context, protocol)
      for (const weight of [PLATE_MG, milligrams(500_000)]) {
        readings.length = 0
        await simulated.unplug()
        await until('disconnected', () => readings.at(-1)?.state === 'disconnected', 1000)
        simulated.setLoad(weight)
        await sleep(700)
        expect(readings.filter(({ state }) => state === 'disconnected')).toHaveLength(1)
        readings.length = 0
        await simulated.plug()
        await until('weighing again', () => isOk(readings.at(-1), weight), 8000)
        expect(readings.find((reading) => 'weightMg' in reading && reading.weightMg === 0)).toBeUndefined()
      }
      expect(device.status().counters).toMatchObject({ losses: 2, opens: 3 })
    })

    test('DV-3 garbage in between is dropped and the next frames are read', async (context) => {
      const { simulated, readings, device } = await setTable(context, protocol)
      const random = seededRandom('garbage')
      for (let index = 0; index < 20; index += 1) {
        simulated.sendRaw(random.bytes(random.integer(1, 200)))
        await sleep(10)
      }
      readings.length = 0
      simulated.setLoad(PLATE_MG)
      await until('the plate', () => isOk(readings.at(-1), PLATE_MG))
      expect(device.status().counters.droppedBytes).toBeGreaterThan(0)
    })
  })

/** Silences the scale and waits until what was on the wire has arrived. */
async function silence(simulated: SimulatedScale, device: DeviceHandle): Promise<void> {
  simulated.setSilent(true)
  for (let before = -1; before !== device.status().counters.bytes; await sleep(100))
    before = device.status().counters.bytes
}

const shows = (readings: readonly ScaleReading[], weightMg: number): boolean => {
  const reading = readings.at(-1)
  return reading !== undefined && 'weightMg' in reading && reading.weightMg === weightMg
}
const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Times are the median of a few: others work on this machine too. */
const MEASUREMENTS = 3

describe('a backlog', () => {
  test('DV-4 behind ten thousand old frames the new one shows within 100 ms of its arrival', async (context) => {
    const { simulated, readings, device } = await setTable(context, 'yaohua-stx12')
    await silence(simulated, device)
    const before = device.status().counters
    const old = Buffer.concat(Array.from({ length: 100 }, () => yaohuaFrame(300, 3)))
    const waitedMs: number[] = []
    let sentBytes = 0
    for (let measurement = 0; measurement < MEASUREMENTS; measurement += 1) {
      // A wire drops what does not fit in its buffer of 16,384 bytes. What has arrived may still stand in it, until the
      // sender has heard that it went: of half a buffer on the way, nothing is dropped.
      for (let sent = 0; sent < 10_000; sent += 100) {
        await until(
          'room in the wire',
          () => sentBytes - (device.status().counters.bytes - before.bytes) < 6_000,
        )
        simulated.sendRaw(old)
        sentBytes += old.length
      }
      const newGrams = 755 + measurement
      simulated.sendRaw(yaohuaFrame(newGrams, 3))
      sentBytes += 12
      const sentMs = timers.monotonicMs()
      await until('the new weight', () => shows(readings, newGrams * 1000))
      waitedMs.push(timers.monotonicMs() - sentMs)
    }
    expect(medianOf(waitedMs)).toBeLessThanOrEqual(100)
    expect(device.status().counters.frames - before.frames).toBe(MEASUREMENTS * 10_001)
  })

  test('DV-4 so it does when the station was busy while they queued up', async (context) => {
    const { simulated, readings, device } = await setTable(context, 'yaohua-stx12')
    await silence(simulated, device)
    const framesBefore = device.status().counters.frames
    readings.length = 0
    const waitedMs: number[] = []
    for (let measurement = 0; measurement < MEASUREMENTS; measurement += 1) {
      const newGrams = 755 + measurement
      const backlog = [...Array.from({ length: 1000 }, () => yaohuaFrame(300, 3)), yaohuaFrame(newGrams, 3)]
      simulated.sendRaw(Buffer.concat(backlog))
      await sleep(1)
      const busyUntilMs = timers.monotonicMs() + 300
      while (timers.monotonicMs() < busyUntilMs);
      const freeMs = timers.monotonicMs()
      await until('the new weight', () => shows(readings, newGrams * 1000))
      waitedMs.push(timers.monotonicMs() - freeMs)
    }
    expect(medianOf(waitedMs)).toBeLessThanOrEqual(100)
    expect(device.status().counters.frames - framesBefore).toBe(MEASUREMENTS * 1001)
    expect(readings.length).toBeLessThan(MEASUREMENTS * 100)
  })
})
