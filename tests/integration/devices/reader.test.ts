import { describe, expect, test } from 'vitest'
import type { CardEvent } from '../../../shared/domain/scale.ts'
import { openReader } from '../../../electron/station/devices/devices.ts'
import type { DeviceHandle } from '../../../electron/station/devices/open-device.ts'
import { SimulatedReader } from '../../../electron/trial/wires/simulated-reader.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { bus, layWire, sleep, timers, until, type Clearing } from './table.ts'

const A = '62E3086CED'
const B = '01001293D8'

interface Table {
  readonly simulated: SimulatedReader
  readonly device: DeviceHandle
  readonly events: CardEvent[]
}

/** A simulated reader at one end of a real wire and the station's reader at the other, past its deaf moment. */
async function setTable(clearing: Clearing, form: 'rdm6300' | 'id-12' = 'rdm6300'): Promise<Table> {
  const wire = layWire(clearing, 'reader')
  const simulated = new SimulatedReader({ timers, wire, form })
  await simulated.plug()
  const events: CardEvent[] = []
  const device = openReader(
    { bus, timers, log: new KeptLog() },
    { protocol: 'em4100-rdm6300', port: { path: wire.stationPath } },
    { onCard: (event) => events.push(event) },
  )
  clearing.onTestFinished(async () => {
    await device.close()
    await simulated.close()
  })
  await until('connected', () => events.length === 1)
  await sleep(150)
  events.length = 0
  return { simulated, device, events }
}

const kinds = (events: readonly CardEvent[]): string[] => events.map(({ kind }) => kind)

describe.concurrent('a card reader over a pseudo-terminal', () => {
  for (const form of ['rdm6300', 'id-12'] as const)
    test(`DV-7 ${form}: a card that lies there for three seconds is one event`, async (context) => {
      const { simulated, events } = await setTable(context, form)
      simulated.lay(A)
      await sleep(3000)
      expect(events).toMatchObject([{ kind: 'present', uid: A }])
      simulated.lift()
      await until('removed', () => events.length === 2)
      expect(events[1]).toEqual({ kind: 'removed', uid: A })
    })

  test('DV-7 a tap is heard within 100 ms of its second frame, in the median of three', async (context) => {
    const { simulated, events } = await setTable(context)
    const heardAfterMs: number[] = []
    for (const uid of [A, B, '2900DEB30A']) {
      events.length = 0
      const tappedMs = timers.monotonicMs()
      simulated.tap(uid)
      await until('present', () => events.length === 1)
      heardAfterMs.push(timers.monotonicMs() - tappedMs)
      await until('removed', () => events.length === 2)
    }
    expect(heardAfterMs.toSorted((a, b) => a - b)[1]).toBeLessThanOrEqual(65 + 100)
  })

  test('DV-7 ghosts from the air are never a card, alone or beside one', async (context) => {
    const { simulated, events, device } = await setTable(context)
    const ghosts = ['000000078F', 'F000060007', 'B59A99E5A9', '4FFB388FFF', '0000000000', 'FFFFFFFFFF']
    for (const ghost of ghosts) {
      simulated.ghost(ghost)
      await sleep(80)
    }
    await sleep(500)
    expect(events).toEqual([])
    simulated.tap(A)
    simulated.ghost('DA9386B5EA')
    await until('removed', () => events.length === 2)
    expect(events).toMatchObject([
      { kind: 'present', uid: A },
      { kind: 'removed', uid: A },
    ])
    expect(device.status().counters.refused).toBe(2)
  })

  test('DV-7 two cards at once are several and never present', async (context) => {
    const { simulated, events } = await setTable(context)
    simulated.lay(A, B)
    await sleep(1000)
    expect(kinds(events)).toEqual(['several'])
    simulated.lift()
    await until('both removed', () => events.length === 3)
    simulated.tap(B)
    await until('present', () => events.length === 4)
    expect(events[3]).toMatchObject({ kind: 'present', uid: B })
  })

  test('DV-7 the same card counts again only after the re-arm time', async (context) => {
    const { simulated, events } = await setTable(context)
    simulated.tap(A, 200)
    await sleep(900)
    simulated.tap(A, 200)
    await sleep(1000)
    expect(kinds(events)).toEqual(['present', 'removed'])
    await sleep(900)
    simulated.tap(A, 200)
    await until('present again', () => events.length === 3)
  })

  test('DV-5 unplugged and plugged in again it reads cards by itself', async (context) => {
    const { simulated, events } = await setTable(context)
    await simulated.unplug()
    await until('disconnected', () => events.at(-1)?.kind === 'disconnected', 1000)
    await simulated.plug()
    await until('connected', () => events.at(-1)?.kind === 'connected')
    await sleep(150)
    simulated.tap(B)
    await until('present', () => events.at(-1)?.kind === 'present')
    expect(kinds(events)).toEqual(['disconnected', 'connected', 'present'])
  })
})
