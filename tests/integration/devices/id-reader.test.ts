import { describe, expect, test } from 'vitest'
import type { IdCard } from '../../../shared/domain/id-card.ts'
import { openIdReader } from '../../../electron/station/devices/devices.ts'
import type { DeviceHandle } from '../../../electron/station/devices/open-device.ts'
import { SimulatedIdReader } from '../../../electron/trial/wires/simulated-id-reader.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { HOLDER } from '../../fixtures/id-cards.ts'
import { bus, layWire, sleep, timers, until, type Clearing } from './table.ts'

interface Table {
  readonly simulated: SimulatedIdReader
  readonly device: DeviceHandle
  readonly cards: IdCard[]
}

async function setTable(clearing: Clearing): Promise<Table> {
  const wire = layWire(clearing, 'id-reader')
  const simulated = new SimulatedIdReader({ timers, wire })
  await simulated.plug()
  const cards: IdCard[] = []
  const device = openIdReader(
    { bus, timers, log: new KeptLog() },
    { protocol: 'sdt-idcard', port: { path: wire.stationPath } },
    { onIdCard: (card) => cards.push(card) },
  )
  clearing.onTestFinished(async () => {
    await device.close()
    await simulated.unplug()
  })
  await until('answers', () => device.status().counters.frames > 1)
  return { simulated, device, cards }
}

describe.concurrent('an ID reader over a pseudo-terminal', () => {
  test('ME-8 a card that lies there is read once, its answers split and one of them lost; no byte is kept', async (context) => {
    const { simulated, device, cards } = await setTable(context)
    simulated.lay(HOLDER)
    simulated.lose(1)
    await until('read', () => cards.length === 1, 8000)
    expect(cards[0]).toMatchObject({ name: '王秀英', birth: '1943-05-12', idNumber: '11010119430512000X' })
    await sleep(1500)
    expect(cards).toHaveLength(1)
    expect(device.rawTail()).toBe('')
    simulated.lift()
    await sleep(500)
    simulated.lay(HOLDER)
    await until('read again', () => cards.length === 2, 8000)
  })

  test('ME-8 a card lifted while it is read is no card; laid again it is read', async (context) => {
    const { simulated, device, cards } = await setTable(context)
    simulated.lay(HOLDER)
    const found = device.status().counters.frames
    await until('found', () => device.status().counters.frames > found)
    simulated.lift()
    await sleep(1000)
    cards.length = 0
    simulated.lay(HOLDER)
    await until('read', () => cards.length === 1, 8000)
    expect(cards).toMatchObject([{ name: '王秀英' }])
  })

  test('DV-5 unplugged and plugged in again it reads', async (context) => {
    const { simulated, device, cards } = await setTable(context)
    await simulated.unplug()
    await until('lost', () => !device.status().connected, 3000)
    await simulated.plug()
    simulated.lay(HOLDER)
    await until('read', () => cards.length === 1, 10_000)
    expect(device.status()).toMatchObject({ connected: true, problem: null })
  })
})
