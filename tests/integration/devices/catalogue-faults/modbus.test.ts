import { describe, expect, test } from 'vitest'
import { ModbusBus } from '../../../../electron/station/devices/modbus-bus.ts'
import { crc16 } from '../../../../electron/station/devices/protocols/modbus/crc16.ts'
import {
  KNOWN_MAPS,
  type RegisterMap,
} from '../../../../electron/station/devices/protocols/modbus/register-map.ts'
import type { ScaleReading } from '../../../../shared/domain/scale.ts'
import { KeptLog, MemoryBus } from '../../../fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../../fixtures/scale-profile.ts'
import { VirtualTimers } from '../../../fixtures/virtual-timers.ts'

/** The catalogue of faults that were seen in the field, its number 13: several transmitters on one line. */

const PORT = '/dev/ttyUSB0'
const MAP = { ...KNOWN_MAPS['general-measure-gm8802f-2'], decimals: 3 }
const ANSWERS_AFTER_MS = 10

function framed(...bytes: readonly number[]): Uint8Array {
  const crc = crc16(Uint8Array.from(bytes), 0, bytes.length)
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8)
}
/** Stable, so many grams. */
const weighs = (slave: number, grams: number): Uint8Array =>
  framed(slave, 3, 6, 0, 0, grams >> 8, grams & 0xff, 0, 1)
const gramsOf = (slave: number): number => 100 * slave

interface Sent {
  readonly afterMs: number
  readonly bytes: Uint8Array
}

/** Two transmitters, 3 and 4; `line` is what stands on the wire behind a request. */
async function twoScales(
  line: (slave: number, request: Uint8Array) => readonly Sent[],
  keys: Pick<RegisterMap, 'zero'> = {},
) {
  const [bus, timers] = [new MemoryBus(), new VirtualTimers()]
  bus.plug({ path: PORT }, (request) => {
    for (const { afterMs, bytes } of line(request[0] ?? 0, request))
      timers.after(afterMs, () => bus.send(PORT, bytes))
  })
  const readings: Record<3 | 4, ScaleReading[]> = { 3: [], 4: [] }
  const modbus = new ModbusBus(
    { bus, timers, log: new KeptLog() },
    { port: { path: PORT } },
    ([3, 4] as const).map((slave) => ({
      slave,
      map: { ...MAP, ...keys },
      profile: COUNTER_SCALE,
      unit: 'kg',
      listener: { onReading: (reading) => readings[slave].push(reading) },
    })),
  )
  await timers.advance(3000)
  return { modbus, readings, timers }
}

const answer = (slave: number): Sent => ({ afterMs: ANSWERS_AFTER_MS, bytes: weighs(slave, gramsOf(slave)) })
const weightsOf = (readings: readonly ScaleReading[]): Set<number> =>
  new Set(readings.flatMap((reading) => ('weightMg' in reading ? [reading.weightMg] : [])))

describe('fault 13, Modbus', () => {
  test('DV-1 an exception is no weight and says its code, and the other scale weighs', async () => {
    const { modbus, readings } = await twoScales((slave) =>
      slave === 3 ? [{ afterMs: ANSWERS_AFTER_MS, bytes: framed(3, 0x83, 2) }] : [answer(slave)],
    )
    expect(weightsOf(readings[3])).toEqual(new Set())
    expect(modbus.status(3).problem).toContain('modbus_exception')
    expect(weightsOf(readings[4])).toEqual(new Set([400_000]))
    await modbus.close()
  })

  test('DV-11 the answer of a wrong slave is nobody’s weight', async () => {
    const { modbus, readings } = await twoScales((slave) =>
      slave === 3 ? [{ afterMs: ANSWERS_AFTER_MS, bytes: weighs(5, 777) }] : [answer(slave)],
    )
    expect(weightsOf(readings[3])).toEqual(new Set())
    expect(readings[3].at(-1)?.state).toBe('disconnected')
    expect(weightsOf(readings[4])).toEqual(new Set([400_000]))
    await modbus.close()
  })

  test('DV-11 the echo of the request in front of the answer is passed over', async () => {
    const { modbus, readings } = await twoScales((slave, request) => [
      { afterMs: 1, bytes: Uint8Array.from(request) },
      answer(slave),
    ])
    expect(weightsOf(readings[3])).toEqual(new Set([300_000]))
    expect(weightsOf(readings[4])).toEqual(new Set([400_000]))
    expect(modbus.status(3).counters.timeouts).toBe(0)
    await modbus.close()
  })

  test('DV-11 a late reply is not the next scale’s weight', async () => {
    const { modbus, readings } = await twoScales((slave) =>
      slave === 3 ? [{ afterMs: 125, bytes: weighs(3, 300) }] : [answer(slave)],
    )
    expect(weightsOf(readings[4])).toEqual(new Set([400_000]))
    expect(readings[4].at(-1)).toMatchObject({ state: 'ok' })
    await modbus.close()
  })
})

test('DV-11 zero and tare are written as the map has them, one question at a time, and the weights go on', async () => {
  const asked: string[] = []
  const { modbus, readings, timers } = await twoScales(
    (slave, request) => {
      asked.push(Buffer.from(request).toString('hex'))
      return request[1] === 6
        ? [{ afterMs: ANSWERS_AFTER_MS, bytes: Uint8Array.from(request) }]
        : [answer(slave)]
    },
    { zero: { fc: 6, address: 8, values: [1] } },
  )
  expect(modbus.press(4, 'tare')).toBe(false)
  expect(modbus.press(4, 'zero')).toBe(true)
  const before = readings[3].length
  await timers.advance(1000)
  const zero = Buffer.from(framed(4, 6, 0, 8, 0, 1)).toString('hex')
  expect(asked.filter((request) => request === zero)).toHaveLength(1)
  expect(modbus.status(4)).toMatchObject({ connected: true, state: 'ok', problem: null })
  expect(modbus.status(3).counters.timeouts).toBe(0)
  expect(readings[3].length).toBeGreaterThan(before)
  await modbus.close()
})
