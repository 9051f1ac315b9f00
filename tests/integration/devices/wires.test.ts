import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { openPtyPair, SocatMissingError } from '../../../electron/trial/wires/pty-pair.ts'
import type { LineSettings } from '../../../electron/station/deps.ts'
import { bus, sleep, testFolder, timers, until } from './table.ts'

/** Of the eight megabytes written to a wire that nobody reads. */
const MOST_HELD_BYTES = 1_000_000
const SETTINGS: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

test('DV-13 a pair carries bytes both ways, survives reopening, and is gone when closed', async (context) => {
  const folder = testFolder(context)
  const pair = await openPtyPair(timers, { folder, name: 'scale' })
  for (const [from, to] of [
    [pair.stationEnd, pair.deviceEnd],
    [pair.deviceEnd, pair.stationEnd],
    [pair.stationEnd, pair.deviceEnd],
  ] as const) {
    let heard = ''
    const events = {
      onData: (bytes: Uint8Array) => (heard += Buffer.from(bytes).toString()),
      onLost: () => undefined,
    }
    const hearing = await bus.open(to, SETTINGS, events)
    const speaking = await bus.open(from, SETTINGS, { onData: () => undefined, onLost: () => undefined })
    speaking.write(Buffer.from('hello'))
    await until('hello', () => heard === 'hello')
    await speaking.close()
    await hearing.close()
  }
  await pair.close()
  expect([pair.stationEnd, pair.deviceEnd].map((end) => existsSync(end))).toEqual([false, false])
})

test('DV-13 without socat the error says how to install it', async (context) => {
  const path = process.env['PATH']
  context.onTestFinished(() => {
    process.env['PATH'] = path
  })
  process.env['PATH'] = testFolder(context)
  const error: unknown = await openPtyPair(timers, { folder: testFolder(context), name: 'scale' }).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SocatMissingError)
  expect(String(error)).toContain('apt-get install -y socat')
})

test('DV-13 a folder that cannot be used is an error in words', async (context) => {
  const file = join(testFolder(context), 'file')
  writeFileSync(file, '')
  await expect(openPtyPair(timers, { folder: file, name: 'scale' })).rejects.toThrow(/file/)
  await expect(openPtyPair(timers, { folder: testFolder(context), name: 'no/such' })).rejects.toThrow(
    /no\/such/,
  )
})

test('DV-13 a process that is killed leaves no pair behind', async (context) => {
  const folder = testFolder(context)
  const script = `
    const { openPtyPair } = await import(process.argv[1])
    const { systemTimers } = await import(process.argv[2])
    const pair = await openPtyPair(systemTimers, { folder: process.argv[3], name: 'scale' })
    console.log(pair.stationEnd)
    setInterval(() => {}, 1000)`
  const modules = ['trial/wires/pty-pair.ts', 'station/system.ts'].map(
    (path) => new URL(`../../../electron/${path}`, import.meta.url).href,
  )
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...modules, folder])
  await once(child.stdout, 'data')
  expect(existsSync(join(folder, 'scale'))).toBe(true)
  child.kill('SIGKILL')
  await until('the pair is gone', () => !existsSync(join(folder, 'scale')))
})

test('DV-5 a wire that nobody reads takes no memory: what does not fit is lost', async (context) => {
  const pair = await openPtyPair(timers, { folder: testFolder(context), name: 'full' })
  context.onTestFinished(() => pair.close())
  const line = await bus.open(pair.deviceEnd, SETTINGS, { onData: () => undefined, onLost: () => undefined })
  context.onTestFinished(() => line.close())
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  for (let index = 0; index < 2000; index += 1) {
    line.write(new Uint8Array(4096))
    if (index % 50 === 0) await sleep(1)
  }
  // Freed buffers are counted off a moment after the collection; queued ones never are.
  let heldBytes = Number.POSITIVE_INFINITY
  for (let looks = 0; looks < 50 && heldBytes > MOST_HELD_BYTES; looks += 1) {
    collectGarbage()
    await sleep(20)
    heldBytes = process.memoryUsage().arrayBuffers - before
  }
  expect(heldBytes).toBeLessThanOrEqual(MOST_HELD_BYTES)
})

test('DV-5 a port that is pulled is lost once and no longer present; a missing one is an error', async (context) => {
  const pair = await openPtyPair(timers, { folder: testFolder(context), name: 'pulled' })
  const losses: string[] = []
  const line = await bus.open(pair.stationEnd, SETTINGS, {
    onData: () => undefined,
    onLost: (reason) => losses.push(reason),
  })
  expect(await line.present?.()).toBe(true)
  await pair.close()
  await until('lost', () => losses.length > 0)
  expect(await line.present?.()).toBe(false)
  await line.close()
  expect(losses).toHaveLength(1)
  await expect(
    bus.open(pair.stationEnd, SETTINGS, { onData: () => undefined, onLost: () => undefined }),
  ).rejects.toThrow(/cannot open/)
})

test('DV-6 listing the ports of this machine needs no helper program', async (context) => {
  const path = process.env['PATH']
  context.onTestFinished(() => {
    process.env['PATH'] = path
  })
  process.env['PATH'] = testFolder(context)
  expect(Array.isArray(await bus.list())).toBe(true)
})
