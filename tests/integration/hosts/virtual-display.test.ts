import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { startVirtualDisplay } from '../../../electron/setup/display.mjs'

const socketOf = (display: string) => `/tmp/.X11-unix/X${display.replace(':', '')}`
const gone = (display: string) => vi.waitUntil(() => !existsSync(socketOf(display)), { timeout: 10_000 })

test('SU-5 each virtual display has a number of its own and ends when told', async () => {
  const [one, other] = await Promise.all([startVirtualDisplay(), startVirtualDisplay()])
  expect(one.display).not.toBe(other.display)
  expect(existsSync(socketOf(one.display))).toBe(true)
  one.stop()
  other.stop()
  await gone(one.display)
  await gone(other.display)
  expect(process.env['CANTEEN_VIRTUAL_DISPLAY']).toBeUndefined()
})

test('SU-5 a virtual display does not outlive a starter that was killed', async () => {
  const module = join(import.meta.dirname, '..', '..', '..', 'electron', 'setup', 'display.mjs')
  const script = `
    const { startVirtualDisplay } = await import(${JSON.stringify(module)})
    console.error((await startVirtualDisplay()).display)
    setInterval(() => undefined, 1000)`
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [line] = (await once(starter.stderr, 'data')) as [Buffer]
  const display = line.toString().trim()
  expect(existsSync(socketOf(display))).toBe(true)
  starter.kill('SIGKILL')
  await gone(display)
  expect(existsSync(socketOf(display))).toBe(false)
})
