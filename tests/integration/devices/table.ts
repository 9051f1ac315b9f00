import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { nodeSerialBus } from '../../../electron/station/devices/serial-bus.ts'
import { systemTimers } from '../../../electron/station/system.ts'
import { PtyWire } from '../../../electron/trial/wires/wire.ts'

export const bus = nodeSerialBus()
export const timers = systemTimers

export const sleep = (delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.after(delayMs, resolve)
  })

/** Waits until `come` holds. @throws Error with `what` when it does not within `withinMs`. */
export async function until(what: string, come: () => boolean, withinMs = 5000): Promise<void> {
  const startedMs = timers.monotonicMs()
  while (!come()) {
    if (timers.monotonicMs() - startedMs > withinMs) throw new Error(`${what}: not within ${withinMs} ms`)
    await sleep(2)
  }
}

const TICK_MS = 5

/** @returns how long this process was held up by others on the machine since the call; asked once. */
export function watchHoldUps(): () => number {
  let heldUpMs = 0
  let tickedMs = timers.monotonicMs()
  const stop = timers.every(TICK_MS, () => {
    const nowMs = timers.monotonicMs()
    heldUpMs += Math.max(0, nowMs - tickedMs - 2 * TICK_MS)
    tickedMs = nowMs
  })
  return () => {
    stop()
    return heldUpMs
  }
}

/** What a test lets its table clear away; the tests here run side by side, so each brings its own. */
export type Clearing = Pick<TestContext, 'onTestFinished'>

/** A folder that goes when the test is over. */
export function testFolder({ onTestFinished }: Clearing): string {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-wires-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A cable of real pseudo-terminals; pulled when the test is over. */
export function layWire(test: Clearing, name: string): PtyWire {
  const wire = new PtyWire({ bus, timers }, { folder: testFolder(test), name })
  test.onTestFinished(() => wire.unplug())
  return wire
}
