import { describe, expect, test } from 'vitest'
import type { CardEvent } from '../../../shared/domain/scale.ts'
import { openReader } from '../../../electron/station/devices/devices.ts'
import type { DeviceHandle } from '../../../electron/station/devices/open-device.ts'
import { SimulatedPolledReader } from '../../../electron/trial/wires/simulated-polled-reader.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { bus, layWire, sleep, timers, until, type Clearing } from './table.ts'

const A = '24D34F59'
const B = '5CBBE5D5'
const SEVEN_BYTES = '04112233445566'
const RANDOM = '08A1B2C3'

const NAMES = ['pn532-hsu', 'yhy523u', 'quio-fe', 'sl025m', 'aa-bb-station'] as const

interface Table {
  readonly simulated: SimulatedPolledReader
  readonly device: DeviceHandle
  readonly events: CardEvent[]
}

/** A simulated reader at one end of a real wire and the station's reader at the other. */
async function setTable(clearing: Clearing, protocol: (typeof NAMES)[number]): Promise<Table> {
  const wire = layWire(clearing, protocol)
  const simulated = new SimulatedPolledReader({ timers, wire, protocol })
  await simulated.plug()
  const events: CardEvent[] = []
  const device = openReader(
    { bus, timers, log: new KeptLog() },
    { protocol, port: { path: wire.stationPath } },
    { onCard: (event) => events.push(event) },
  )
  clearing.onTestFinished(async () => {
    await device.close()
    await simulated.unplug()
  })
  await until('connected', () => events.length === 1)
  await until('answers', () => device.status().counters.frames > 2)
  events.length = 0
  return { simulated, device, events }
}

const kinds = (events: readonly CardEvent[]): string[] => events.map(({ kind }) => kind)

describe.concurrent.each(NAMES)('%s over a pseudo-terminal', (protocol) => {
  test('DV-7 no card, one that lies there, lifted: one presence, in spite of an answer that is lost', async (context) => {
    const { simulated, events, device } = await setTable(context, protocol)
    await sleep(600)
    expect(events).toEqual([])
    expect(device.status().counters).toMatchObject({ timeouts: 0, refused: 0 })
    simulated.lay(A)
    await until('present', () => events.length === 1)
    await sleep(600)
    simulated.lose(1)
    await sleep(1500)
    expect(events).toMatchObject([{ kind: 'present', uid: A }])
    expect(device.status().counters.timeouts).toBe(1)
    simulated.lift()
    await until('removed', () => events.length === 2)
    expect(events[1]).toEqual({ kind: 'removed', uid: A })
  })

  test('DV-7 seven bytes of UID; a random one is no card, and is counted', async (context) => {
    const { simulated, events, device } = await setTable(context, protocol)
    simulated.lay(SEVEN_BYTES)
    await until('present', () => events.length === 1)
    expect(events).toMatchObject([{ kind: 'present', uid: SEVEN_BYTES }])
    simulated.lift()
    await until('removed', () => events.length === 2)
    simulated.lay(RANDOM)
    await until('refused', () => device.status().counters.refused > 0)
    expect(events).toHaveLength(2)
  })

  test('DV-5 unplugged and plugged in again it is greeted anew and reads', async (context) => {
    const { simulated, events } = await setTable(context, protocol)
    simulated.lay(A)
    await until('present', () => events.length === 1)
    await simulated.unplug()
    await until('disconnected', () => events.at(-1)?.kind === 'disconnected', 2000)
    simulated.lay(B)
    await simulated.plug()
    await until('present again', () => events.at(-1)?.kind === 'present', 8000)
    expect(kinds(events)).toEqual(['present', 'removed', 'disconnected', 'connected', 'present'])
  })
})

test('DV-7 a PN532 sees two cards as several and chooses none', async (context) => {
  const { simulated, events } = await setTable(context, 'pn532-hsu')
  simulated.lay(A, B)
  await until('several', () => kinds(events).includes('several'))
  await sleep(500)
  expect(kinds(events).filter((kind) => kind === 'present')).toEqual([])
})
