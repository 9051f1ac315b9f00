import { expect, test } from 'vitest'
import { KeptLog, MemoryBus } from '../../../tests/fixtures/memory-bus.ts'
import { VirtualTimers } from '../../../tests/fixtures/virtual-timers.ts'
import { SDT_NO_CARD } from '../../trial/wires/id-card-answers.ts'
import type { DeviceHandle } from './devices.ts'
import { openIdReader } from './id-reader.ts'

const PORT = '/dev/id-reader'

test('DV-11 hours without a card: asked all the while, nothing told, logged, refused or kept', async () => {
  const bus = new MemoryBus()
  const timers = new VirtualTimers()
  const log = new KeptLog()
  bus.plug({ path: PORT }, () => timers.after(10, () => bus.send(PORT, SDT_NO_CARD)))
  const cards: unknown[] = []
  const device: DeviceHandle = openIdReader(
    { bus, timers, log },
    { protocol: 'sdt-idcard', port: { path: PORT } },
    { onIdCard: (card) => cards.push(card) },
  )
  await timers.advance(3 * 3_600_000)
  // Into the pause between two rounds.
  await timers.advance(200)
  expect(device.status().counters.frames).toBeGreaterThan(20_000)
  expect(device.status().counters).toMatchObject({ timeouts: 0, refused: 0, opens: 1 })
  expect(cards).toEqual([])
  expect(log.lines).toHaveLength(1)
  expect(device.rawTail()).toBe('')
  await device.close()
  expect(timers.waiting).toBe(0)
})
