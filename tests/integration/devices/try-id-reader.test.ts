import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LendingBus } from '../../../electron/station/devices/lending-bus.ts'
import { DeviceDesk } from '../../../electron/station/devices/office/device-desk.ts'
import { parseConfig } from '../../../electron/station/config/config.ts'
import { SimulatedIdReader } from '../../../electron/trial/wires/simulated-id-reader.ts'
import type { SearchEvent, TrialEvent } from '../../../shared/contract/devices.ts'
import { HOLDER } from '../../fixtures/id-cards.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { bus, layWire, testFolder, timers } from './table.ts'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'
import { readFileSync } from 'node:fs'

const LINE = { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 } as const

test('DV-21 ME-8 the wizard finds and tries an ID-card reader over a pseudo-terminal, and tells nothing of the card', async (context) => {
  const folder = testFolder(context)
  writeCanteenFile(folder, { stationId: 'counter-1', scalePath: '/dev/none', readerPath: '/dev/nothing' })
  const wire = layWire(context, 'id-reader')
  const reader = new SimulatedIdReader({ timers, wire })
  context.onTestFinished(() => reader.unplug())
  await reader.plug()
  reader.lay(HOLDER)
  const log = new KeptLog()
  const desk = new DeviceDesk({
    bus: new LendingBus(bus),
    timers,
    log,
    config: parseConfig(readFileSync(join(folder, 'canteen.json'), 'utf8')),
    trial: false,
    dataFolder: folder,
    scale: null,
    reader: null,
    idDesk: null,
    openedBays: null,
  })
  const found: SearchEvent[] = []
  for await (const event of desk.search([wire.stationPath], true, undefined)) found.push(event)
  expect(found.at(-1)).toMatchObject({
    finding: { outcome: 'found', candidates: [{ kind: 'id-reader', protocol: 'sdt-idcard' }] },
  })
  const events = await desk.tryOut(
    { path: wire.stationPath, protocol: 'sdt-idcard', line: LINE, unit: 'kg' },
    undefined,
  )
  const told: TrialEvent[] = []
  for await (const event of events ?? []) {
    told.push(event)
    if (event.kind === 'id-card') break
  }
  expect(told).toEqual([{ kind: 'no-card' }, { kind: 'id-card' }])
  expect(JSON.stringify([found, told, log])).not.toMatch(/王秀英|11010119430512000X/)
}, 60_000)
