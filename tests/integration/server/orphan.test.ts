import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCommunity } from '../../../electron/trial/community.ts'
import { embeddedIn } from '../../fixtures/embedded.ts'

const COMMUNITY = join(import.meta.dirname, '..', '..', '..', 'electron', 'trial', 'community.ts')
const ENDS_WITHIN_MS = 10_000

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'canteen-orphan-'))
  await (await embeddedIn(folder)).close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok
  } catch (error) {
    // What fetch throws when nobody listens.
    if (error instanceof TypeError) return false
    throw error
  }
}

test('SU-5 a server that cannot start is told of, although it has a channel to whoever started it', async () => {
  const community = await startCommunity({ folder, canteenName: 'c', port: 0 })
  const second = startCommunity({ folder, canteenName: 'c', port: 0 })
  await expect(second).rejects.toThrow('did not start')
  await community.stop()
  expect(await answers(community.url)).toBe(false)
})

test('SU-5 the trial’s server ends when whoever started it is killed', async () => {
  const program = `
    const { startCommunity } = await import(${JSON.stringify(COMMUNITY)})
    const { url } = await startCommunity({ folder: ${JSON.stringify(folder)}, canteenName: 'c', port: 0 })
    console.log(url)`
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = (await once(createInterface({ input: starter.stdout }), 'line')) as [string]
  expect(await answers(url)).toBe(true)
  starter.kill('SIGKILL')
  let waitedMs = 0
  for (; waitedMs < ENDS_WITHIN_MS && (await answers(url)); waitedMs += 50) await pause(50)
  expect(waitedMs).toBeLessThan(ENDS_WITHIN_MS)
})
