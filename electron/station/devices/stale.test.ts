import { describe, expect, test } from 'vitest'
import { MemoryBus, KeptLog } from '../../../tests/fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../../tests/fixtures/scale-profile.ts'
import { VirtualTimers } from '../../../tests/fixtures/virtual-timers.ts'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { SimulatedScale } from '../../trial/wires/simulated-scale.ts'
import { SCALE_VOICES } from '../../trial/wires/voices/index.ts'
import type { Wire } from '../../trial/wires/wire.ts'
import { openScale } from './devices.ts'
import { isScale, SCALE_PROTOCOLS } from './protocols/index.ts'
import { KNOWN_MAPS } from './protocols/modbus/register-map.ts'

const PORT = '/dev/ttyUSB0'
const PLATE_MG = milligrams(755_000)
const MAP = { ...KNOWN_MAPS['general-measure-gm8802f-2'], decimals: 3 }

const memoryWire = (bus: MemoryBus): Wire => ({
  stationPath: PORT,
  plug: async (events) => {
    bus.plug({ path: PORT }, (bytes) => events.onData(bytes))
    return {
      write: (bytes) => bus.send(PORT, bytes),
      flush: async () => undefined,
      close: async () => undefined,
    }
  },
  unplug: async () => bus.pull(PORT, 'silently'),
})

interface Told {
  readonly atMs: number
  readonly reading: ScaleReading
}

/** A scale of this language on which a plate has come to rest; what it makes of it is told with its time. */
async function withPlate(protocol: string) {
  if (!isScale(protocol)) throw new TypeError(protocol)
  const [bus, timers] = [new MemoryBus(), new VirtualTimers()]
  const wire = memoryWire(bus)
  const simulated = new SimulatedScale({ timers, wire, protocol, ...COUNTER_SCALE, noise: () => 0.5 })
  await simulated.plug()
  const told: Told[] = []
  const device = openScale(
    { bus, timers, log: new KeptLog() },
    {
      protocol,
      port: { path: PORT },
      profile: COUNTER_SCALE,
      unit: SCALE_PROTOCOLS[protocol].usualUnit,
      ...(protocol === 'modbus-rtu' ? { modbus: { slave: 1, map: MAP } } : {}),
    },
    { onReading: (reading) => told.push({ atMs: timers.monotonicMs(), reading }) },
  )
  simulated.setLoad(PLATE_MG)
  await timers.advance(2500)
  expect(told.at(-1)?.reading).toMatchObject({ state: 'ok', weightMg: PLATE_MG })
  told.length = 0
  return { timers, bus, simulated, device, told }
}

type Table = Awaited<ReturnType<typeof withPlate>>

/** From now on nothing comes: within a second one state without a weight is told, and no weight any more. */
async function expectStaleWithinASecond({ timers, told }: Table): Promise<void> {
  const silentMs = timers.monotonicMs()
  // What was on the wire when it went silent still arrives.
  await timers.advance(30)
  told.length = 0
  await timers.advance(970)
  expect(told[0]?.atMs).toBeLessThanOrEqual(silentMs + 1000)
  await timers.advance(4000)
  expect(told.filter(({ reading }) => 'weightMg' in reading)).toEqual([])
  expect(told[0]?.reading.state).toMatch(/^(?:stale|disconnected)$/)
}

describe.each(Object.keys(SCALE_VOICES))(
  'DV-5 %s: within a second, no zero and no old weight',
  (protocol) => {
    test('pulled without a close event', async () => {
      const table = await withPlate(protocol)
      table.bus.pull(PORT, 'silently')
      await expectStaleWithinASecond(table)
      await table.device.close()
    })

    test('switched off with its port still there', async () => {
      const table = await withPlate(protocol)
      table.simulated.setSilent(true)
      await expectStaleWithinASecond(table)
      await table.device.close()
    })

    test('noise in place of frames', async () => {
      const table = await withPlate(protocol)
      table.simulated.setSilent(true)
      const stop = table.timers.every(50, () => table.bus.send(PORT, Uint8Array.of(0x07, 0x07, 0x07)))
      await expectStaleWithinASecond(table)
      stop()
      await table.device.close()
    })

    test('half a frame and then nothing', async () => {
      const table = await withPlate(protocol)
      table.simulated.setSilent(true)
      await table.timers.advance(30)
      table.bus.send(PORT, Uint8Array.of(0x02, 0x2b, 0x30))
      await expectStaleWithinASecond(table)
      await table.device.close()
    })
  },
)
