import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import { childProcessHost } from '../../../electron/main/hosts/child-process-host.ts'
import { SUPERVISOR_LIMITS, Supervisor, type FaultCode } from '../../../electron/main/supervisor.ts'
import { systemTimers } from '../../../electron/main/system-timers.ts'
import { nodeChannel } from '../../fixtures/node-channel.ts'
import type { smallRouter } from '../../fixtures/small-station.ts'

const stationPath = join(import.meta.dirname, '..', '..', 'fixtures', 'small-station.ts')
/** As in a canteen, but quicker to give up. */
const LIMITS = { ...SUPERVISOR_LIMITS, firstDelayMs: 10, beatMs: 100, missedBeats: 5, restartGraceMs: 500 }

interface Watched {
  readonly supervisor: Supervisor<MessagePort>
  readonly readyCount: () => number
  readonly lostCount: () => number
  readonly faults: readonly { readonly code: FaultCode; readonly detail: string }[]
}

const running: Supervisor<MessagePort>[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((supervisor) => supervisor.stop(2_000)))
})

function watched(variables: Readonly<Record<string, string>> = {}): Watched {
  let ready = 0
  let lost = 0
  const faults: { code: FaultCode; detail: string }[] = []
  const host = childProcessHost<MessagePort>({
    nodePath: process.execPath,
    entryPath: stationPath,
    environment: { ...process.env, ...variables },
    channel: nodeChannel,
  })
  const supervisor = new Supervisor(
    host,
    systemTimers,
    {
      onReady: () => (ready += 1),
      onLost: () => (lost += 1),
      onFault: (code, detail) => faults.push({ code, detail }),
      log: () => undefined,
    },
    LIMITS,
  )
  running.push(supervisor)
  supervisor.start()
  return { supervisor, readyCount: () => ready, lostCount: () => lost, faults }
}

function clientOf({ supervisor }: Watched): RouterClient<typeof smallRouter> {
  const port = supervisor.connect()
  if (port === null) throw new Error('the station is not ready')
  return createORPCClient(new RPCLink({ port }))
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 15_000, interval: 10 })
const readyAfter = (station: Watched, count: number) => until(() => station.readyCount() === count)

test('ST-1 the station serves as a plain Node process, each port on its own', async () => {
  const station = watched()
  await readyAfter(station, 1)
  const first = clientOf(station)
  const second = clientOf(station)
  expect(await Promise.all([first.echo('林依姆'), second.echo('𠮷')])).toEqual(['林依姆', '𠮷'])
  expect(await first.process()).toMatchObject({ node: process.versions.node, hasParentPort: false })
})

test('ST-1 a stream of events crosses the bridge and ends when its reader leaves', async () => {
  const station = watched()
  await readyAfter(station, 1)
  const seen: number[] = []
  for await (const count of await clientOf(station).watch()) {
    seen.push(count)
    if (count === 5) break
  }
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('ST-2 kill -9 rejects the calls in flight and closes the ports; the next life serves fresh ones', async () => {
  const station = watched()
  await readyAfter(station, 1)
  const client = clientOf(station)
  const { pid } = await client.process()
  const inFlight = client.slow({ delayMs: 60_000 })
  const stream = (async () => {
    for await (const _ of await client.watch()) await pause(1)
  })()
  const outcomes = Promise.allSettled([inFlight, stream])
  await pause(50)
  process.kill(pid, 'SIGKILL')
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
  expect(station.supervisor.connect()).toBeNull()
  await readyAfter(station, 2)
  expect(station.lostCount()).toBe(1)
  const next = clientOf(station)
  expect((await next.process()).pid).not.toBe(pid)
  expect(await next.echo('again')).toBe('again')
})

test('ST-3 the fifth crash within a minute is the last: the shell gives up, and a person can try again', async () => {
  const station = watched()
  for (let life = 1; life <= 5; life += 1) {
    await readyAfter(station, life)
    await expect(clientOf(station).crash()).rejects.toThrow(/closed|abort/i)
    await until(() => station.lostCount() === life)
  }
  await until(() => station.faults.length === 1)
  expect(station.faults[0]?.code).toBe('crashes')
  await pause(500)
  expect(station.readyCount()).toBe(5)
  station.supervisor.tryAgain()
  await readyAfter(station, 6)
  expect(await clientOf(station).echo('back')).toBe('back')
})

test('ST-3 a station that breaks at every start is given up with its own last words', async () => {
  const station = watched({ SMALL_STATION_CRASHES: 'at-start' })
  await until(() => station.faults.length === 1)
  expect(station.readyCount()).toBe(0)
  expect(station.faults[0]?.detail).toContain('broken at start')
})

test('ST-3 a refusal to start is told with its code at once, without another try', async () => {
  const station = watched({ SMALL_STATION_REFUSES: 'book-from-the-future' })
  await until(() => station.faults.length === 1)
  expect(station.faults).toEqual([
    { code: 'book-from-the-future', detail: 'refused with book-from-the-future' },
  ])
  expect(station.lostCount()).toBe(1)
})

test('ST-3 a second station on the same data is tried a few times, for the first may be closing', async () => {
  const station = watched({ SMALL_STATION_REFUSES: 'second-station' })
  await until(() => station.faults.length === 1)
  expect(station.faults[0]?.code).toBe('second-station')
  expect(station.lostCount()).toBe(5)
})

test('ST-10 a station that asks for it is stopped and started again, more often than crashes would be', async () => {
  const station = watched()
  for (let life = 1; life <= 6; life += 1) {
    await readyAfter(station, life)
    await clientOf(station).restart()
    await until(() => station.lostCount() === life)
  }
  await readyAfter(station, 7)
  expect(station.faults).toEqual([])
})

test('ST-10 a station that asks for a restart and hangs while it stops is killed', async () => {
  const station = watched({ SMALL_STATION_HANGS: 'at-stop' })
  await readyAfter(station, 1)
  const { pid } = await clientOf(station).process()
  await clientOf(station).restart()
  await readyAfter(station, 2)
  expect(isRunning(pid)).toBe(false)
})

test('ST-5 a frozen station is killed and started again', async () => {
  const station = watched()
  await readyAfter(station, 1)
  const client = clientOf(station)
  const { pid } = await client.process()
  process.kill(pid, 'SIGSTOP')
  await expect(client.echo('anybody there?')).rejects.toThrow(/closed|abort/i)
  await readyAfter(station, 2)
  expect((await clientOf(station).process()).pid).not.toBe(pid)
})

test('ST-5 a live station is left alone for many beats', async () => {
  const station = watched()
  await readyAfter(station, 1)
  await pause(LIMITS.beatMs * LIMITS.missedBeats * 3)
  expect(station.lostCount()).toBe(0)
})

test('ST-2 asked to stop, the station closes and ends by itself, and is not started again', async () => {
  const station = watched()
  await readyAfter(station, 1)
  const { pid } = await clientOf(station).process()
  await station.supervisor.stop(10_000)
  expect(isRunning(pid)).toBe(false)
  await pause(200)
  expect(station.readyCount()).toBe(1)
})

test('ST-2 a station whose shell was killed ends by itself, so that the next one can open the book', async () => {
  const script = `
    const { spawn } = require('node:child_process')
    const station = spawn(process.execPath, [${JSON.stringify(stationPath)}],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
    station.on('message', (message) => message.kind === 'ready' && console.log(station.pid))`
  const shell = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(shell.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  expect(isRunning(pid)).toBe(true)
  shell.kill('SIGKILL')
  await until(() => !isRunning(pid))
  expect(isRunning(pid)).toBe(false)
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
