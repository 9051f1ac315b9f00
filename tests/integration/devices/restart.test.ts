import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { childProcessHost } from '../../../electron/main/hosts/child-process-host.ts'
import { Supervisor } from '../../../electron/main/supervisor.ts'
import { systemTimers } from '../../../electron/main/system-timers.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import type { RestartEvent } from '../../../shared/contract/station.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'
import { nodeChannel } from '../../fixtures/node-channel.ts'
import type { StationClient } from '../../fixtures/running-station.ts'
import { layWire, testFolder, timers, until } from './table.ts'

const PROJECT = join(import.meta.dirname, '..', '..', '..')
const LINE = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const
const PIN = '905271'

test('ST-10 DV-22 a scale chosen in the office weighs after the restart that the office asked for', async (context) => {
  const folder = testFolder(context)
  const wire = layWire(context, 'new-scale')
  const scale = new SimulatedScale({
    timers,
    wire,
    protocol: 'mt-sics',
    maxMg: milligrams(15_000_000),
    divisionMg: milligrams(5_000),
    noise: () => 0.5,
  })
  await scale.plug()
  context.onTestFinished(() => scale.unplug())
  // What stands in the file so far was never plugged in.
  writeCanteenFile(folder, {
    stationId: 'counter-1',
    scalePath: join(folder, 'no-scale'),
    readerPath: join(folder, 'no-reader'),
  })
  let ready = 0
  const supervisor = new Supervisor<MessagePort>(
    childProcessHost<MessagePort>({
      nodePath: process.execPath,
      entryPath: join(PROJECT, 'electron', 'station', 'entry.ts'),
      environment: { ...process.env, CANTEEN_DATA: folder, CANTEEN_RESOURCES: PROJECT },
      channel: nodeChannel,
    }),
    systemTimers,
    {
      onReady: () => (ready += 1),
      onLost: () => undefined,
      onFault: (code, detail) => {
        throw new Error(`${code}: ${detail}`)
      },
      log: () => undefined,
    },
  )
  context.onTestFinished(() => supervisor.stop(5_000))
  supervisor.start()
  await until('the station', () => ready === 1, 60_000)
  const before = clientOver(supervisor.connect())
  await before.staff.createFirstAdmin({ name: '周主任', pin: PIN })
  const plate = {
    id: 'S-2',
    maxGrams: 15_000,
    minGrams: 100,
    divisionGrams: 5,
    verifiedUntil: '2099-01-01',
  }
  await before.devices.choose({
    path: wire.stationPath,
    protocol: 'mt-sics',
    line: LINE,
    unit: 'kg',
    plate,
  })
  expect(await before.devices.page()).toMatchObject({ restartNeeded: true })
  expect((await before.station.health()).scale).toMatchObject({ protocol: 'yaohua-stx12', port: null })
  const told: RestartEvent[] = []
  const following = (async () => {
    for await (const event of await before.station.restart()) told.push(event)
  })()
  // The connection ends with the station.
  await Promise.allSettled([following])
  expect(told).toEqual([{ kind: 'restarting' }])
  await until('the next station', () => ready === 2, 60_000)
  const after = clientOver(supervisor.connect())
  scale.setLoad(milligrams(1_250_000))
  for await (const view of await after.counter.watch())
    if (view.scale.state === 'ok' && view.scale.grossMg === 1_250_000) break
  expect((await after.station.health()).scale).toMatchObject({ protocol: 'mt-sics', port: wire.stationPath })
  const [admin] = (await staffOf(after)) ?? []
  await after.staff.signIn({ staffId: admin?.staffId ?? '', pin: PIN })
  const { restartNeeded, ports } = await after.devices.page()
  expect(restartNeeded).toBe(false)
  expect(ports).toContainEqual(
    expect.objectContaining({ path: wire.stationPath, usedBy: 'scale', working: true }),
  )
}, 120_000)

function clientOver(port: MessagePort | null): StationClient {
  if (port === null) throw new Error('the station is not ready')
  const client: StationClient = createORPCClient(new RPCLink({ port }))
  port.start()
  return client
}

async function staffOf(client: StationClient) {
  for await (const view of await client.staff.watch()) return view.staff
  return undefined
}
