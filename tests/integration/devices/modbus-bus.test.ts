import { describe, expect, test } from 'vitest'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { ModbusBus } from '../../../electron/station/devices/modbus-bus.ts'
import {
  KNOWN_MAPS,
  type RegisterMap,
} from '../../../electron/station/devices/protocols/modbus/register-map.ts'
import { crc16 } from '../../../electron/station/devices/protocols/modbus/crc16.ts'
import { PluggedDevice } from '../../../electron/trial/wires/plugged-device.ts'
import { modbusVoice } from '../../../electron/trial/wires/voices/modbus.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { bus, layWire, timers, until, type Clearing } from './table.ts'

const MAP: RegisterMap = { ...KNOWN_MAPS['general-measure-gm8802f-2'], decimals: 3 }
const REQUEST_BYTES = 8
const SLAVES = Array.from({ length: 12 }, (_, index) => index + 1)
const gramsOf = (slave: number): number => 100 * slave

/** What is wrong with a slave; nothing at all is left out. */
interface Faults {
  dead?: number
  /** Answers after the station has given it up. */
  late?: number
  exception?: number
}

const weightReply = (slave: number): Uint8Array =>
  modbusVoice(slave).answer(requestFor(slave), shown(slave), { zero: () => undefined }) ?? new Uint8Array()
const shown = (slave: number) => ({
  weightMg: milligrams(gramsOf(slave) * 1000),
  stable: true,
  net: false,
  range: 'in' as const,
  busy: false,
})
function framed(bytes: readonly number[]): Uint8Array {
  const crc = crc16(Uint8Array.from(bytes), 0, bytes.length)
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8)
}
const requestFor = (slave: number): Uint8Array => framed([slave, 3, 0, 0, 0, 3])

/** Twelve transmitters on one pair of wires, on an adapter that sends back what it is given. */
async function layBus(clearing: Clearing, faults: Faults, echoes = true) {
  const wire = layWire(clearing, 'bus')
  const requests: number[] = []
  let outstanding = 0
  let most = 0
  const device = new PluggedDevice(wire, (bytes) => {
    for (let at = 0; at + REQUEST_BYTES <= bytes.length; at += REQUEST_BYTES) {
      const request = bytes.slice(at, at + REQUEST_BYTES)
      const slave = request[0] ?? 0
      requests.push(slave)
      if (echoes) device.send(request)
      if (slave === faults.dead) continue
      outstanding += 1
      most = Math.max(most, outstanding)
      const answer = slave === faults.exception ? framed([slave, 0x83, 2]) : weightReply(slave)
      timers.after(slave === faults.late ? 170 : 8, () => {
        outstanding -= 1
        device.send(answer)
      })
    }
  })
  await device.plug()
  const readings = new Map<number, ScaleReading[]>(SLAVES.map((slave) => [slave, []]))
  const modbus = new ModbusBus(
    { bus, timers, log: new KeptLog() },
    { port: { path: wire.stationPath } },
    SLAVES.map((slave) => ({
      slave,
      map: MAP,
      profile: COUNTER_SCALE,
      unit: 'kg',
      listener: { onReading: (reading) => readings.get(slave)?.push(reading) },
    })),
  )
  clearing.onTestFinished(async () => {
    await modbus.close()
    await device.unplug()
  })
  const last = (slave: number): ScaleReading | undefined => readings.get(slave)?.at(-1)
  const weighs = (slave: number): boolean => {
    const reading = last(slave)
    return reading?.state === 'ok' && reading.weightMg === gramsOf(slave) * 1000
  }
  return { modbus, requests, readings, last, weighs, mostOutstanding: () => most }
}

/** Readings with a weight that is not this slave's. */
const foreign = (slave: number, readings: readonly ScaleReading[] = []): ScaleReading[] =>
  readings.filter((reading) => 'weightMg' in reading && reading.weightMg !== gramsOf(slave) * 1000)

describe.concurrent('twelve transmitters on one line', () => {
  test('DV-11 DV-13 each is a scale of its own, and one question is outstanding', async (context) => {
    const { weighs, mostOutstanding, requests, readings } = await layBus(context, {})
    await until('all of them weigh', () => SLAVES.every(weighs))
    const before = requests.length
    const startedMs = timers.monotonicMs()
    await until('five rounds', () => requests.length >= before + 60)
    // Alone on a machine a round takes 0.4 s; others work here too.
    expect((timers.monotonicMs() - startedMs) / 5).toBeLessThanOrEqual(1500)
    expect(mostOutstanding()).toBe(1)
    expect(SLAVES.flatMap((slave) => foreign(slave, readings.get(slave)))).toEqual([])
  })

  test('DV-5 a dead one, a late one and one that refuses hold up nobody, and lend nobody their weight', async (context) => {
    const faults = { dead: 4, late: 7, exception: 9 }
    const { modbus, requests, last, weighs, readings } = await layBus(context, faults)
    const healthy = SLAVES.filter((slave) => !Object.values(faults).includes(slave))
    await until('the others weigh', () => healthy.every(weighs))
    await until('the dead one is given up', () => last(4)?.state === 'disconnected', 8000)
    for (const reading of healthy.map((slave) => readings.get(slave) ?? [])) reading.length = 0
    const before = requests.length
    const startedMs = timers.monotonicMs()
    await until('more rounds', () => requests.length >= before + 60, 8000)
    const elapsedMs = timers.monotonicMs() - startedMs
    const asked = requests.slice(before)
    expect(asked.filter((slave) => slave === 4).length).toBeLessThanOrEqual(Math.ceil(elapsedMs / 1200) + 1)
    for (const slave of healthy) {
      expect(weighs(slave)).toBe(true)
      expect(asked.filter((other) => other === slave).length).toBeGreaterThanOrEqual(4)
      expect(foreign(slave, readings.get(slave))).toEqual([])
    }
    for (const slave of [4, 9])
      expect(readings.get(slave)?.some((reading) => 'weightMg' in reading)).toBe(false)
    expect(modbus.status(4)).toMatchObject({ connected: false, problem: 'the slave does not answer' })
    expect(modbus.status(9).problem).toContain('modbus_exception')
    expect(modbus.status(1)).toMatchObject({ connected: true, state: 'ok', problem: null })
  })
})
