import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { startVirtualDisplay } from '../../electron/setup/display.mjs'
import { systemIds } from '../../electron/station/system.ts'
import { demoMembers } from '../../electron/trial/demo/members.ts'
import { demoMenu } from '../../electron/trial/demo/menu.ts'
import { seedDemo } from '../../electron/trial/demo/seed.ts'
import { cardFrame, yaohuaFrame } from '../../electron/trial/wires/frames.ts'
import { fen } from '../../shared/domain/units.ts'
import { writeCanteenFile } from '../fixtures/canteen-file.ts'
import { openCounter } from '../../electron/trial/lunch/counter-windows.ts'
import { DeviceEnd } from '../fixtures/device-end.ts'
import { BENCH_STATION, openBenchBook, writePersonKey } from './books.ts'
import { atMost, quantile, type Measurement } from './measurement.ts'

const SALES = 120
const WARM_UP = 10
const TARE_GRAMS = 260
const FRAME_MS = 12.5
const FRAMES_TO_WAKE = 240

/**
 * From the last byte that confirms a weight or a card, written into a pseudo-terminal, to the painted frame of the
 * seniors' screen: through the serial port, the station, the book, the ports between processes and React, in Electron.
 */
export async function latency(say: (line: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-latency-'))
  const display = process.env['DISPLAY'] === undefined ? await startVirtualDisplay() : null
  if (display !== null) process.env['DISPLAY'] = display.display
  const scale = await DeviceEnd.open(folder, 'scale')
  const reader = await DeviceEnd.open(folder, 'reader')
  try {
    seedLatencyBook(folder)
    writeCanteenFile(folder, {
      stationId: BENCH_STATION,
      scalePath: scale.stationEnd,
      readerPath: reader.stationEnd,
    })
    return await measure(folder, scale, reader, say)
  } finally {
    await scale.close()
    await reader.close()
    display?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One dish in this lane, so that a plate needs no key, and purses that do not run empty. */
function seedLatencyBook(folder: string): void {
  writePersonKey(folder)
  const book = openBenchBook(folder)
  seedDemo(book, systemIds)
  const weighing = { kind: 'fixed-dish', dishId: 'braised-fish' } as const
  book.append({ kind: 'menu.published', body: { menu: { ...demoMenu, version: 2, weighing } } }, 'bench')
  for (const { memberId } of demoMembers)
    book.topUp({ topUpId: systemIds.next(), memberId, amountFen: fen(9_000_000), source: 'opening' }, 'bench')
  book.close()
}

async function measure(
  folder: string,
  scale: DeviceEnd,
  reader: DeviceEnd,
  say: (line: string) => void,
): Promise<Measurement[]> {
  const counter = await openCounter(folder, '1920x1080', { CANTEEN_WINDOWS: 'seniors,staff' })
  try {
    await watchPhases(counter.seniors)
    // The station opens its ports while the windows open.
    await rest(scale, 0, FRAMES_TO_WAKE)
    const prices: number[] = []
    const taps: number[] = []
    for (let sale = 0; sale < SALES + WARM_UP; sale += 1) {
      const { priceMs, tapMs } = await oneSale(counter.seniors, scale, reader, sale)
      if (sale < WARM_UP) continue
      prices.push(priceMs)
      taps.push(tapMs)
      if (sale % 30 === 0) say(`${sale} of ${SALES} sales`)
    }
    say(
      `frame to price p50 ${quantile(prices, 0.5).toFixed(1)} ms, tap to paid p50 ${quantile(taps, 0.5).toFixed(1)} ms`,
    )
    return [
      atMost('tap-to-paid-p99-ms', quantile(taps, 0.99), 'ms', 80),
      atMost('frame-to-price-p99-ms', quantile(prices, 0.99), 'ms', 60),
    ]
  } finally {
    await counter.close()
  }
}

async function oneSale(
  page: Page,
  scale: DeviceEnd,
  reader: DeviceEnd,
  sale: number,
): Promise<{ priceMs: number; tapMs: number }> {
  await rest(scale, 0, 56)
  const grams = TARE_GRAMS + 150 + (sale % 100) * 2
  await rest(scale, grams, 6)
  await pause(300)
  scale.write(yaohuaFrame(grams, 3))
  await pause(320)
  // By now the weight has lain long enough: the next frame confirms it.
  const confirmedMs = scale.write(yaohuaFrame(grams, 3))
  const priceMs = (await paintedAt(page, 'ready')) - confirmedMs

  const keepAlive = setInterval(() => scale.write(yaohuaFrame(grams, 3)), 200)
  const card = cardFrame(demoMembers[sale % 3]?.cardUid ?? '')
  reader.write(card)
  await pause(65)
  const tappedMs = reader.write(card)
  const tapMs = (await paintedAt(page, 'paid')) - tappedMs
  clearInterval(keepAlive)
  return { priceMs, tapMs }
}

/** The same weight, frame by frame at the pace of 9600 baud. */
async function rest(scale: DeviceEnd, grams: number, frames: number): Promise<void> {
  for (let frame = 0; frame < frames; frame += 1) {
    scale.write(yaohuaFrame(grams, 3))
    await pause(FRAME_MS)
  }
}

interface PhaseWatch {
  readonly painted: Record<string, number>
}

/** Notes in the page when each phase was last painted: after the animation frame that drew it. */
async function watchPhases(page: Page): Promise<void> {
  await page.waitForSelector('[data-phase]')
  await page.evaluate(() => {
    const watch: PhaseWatch = { painted: {} }
    Object.assign(globalThis, { phaseWatch: watch })
    let shown = ''
    const look = (): void => {
      const phase = document.querySelector<HTMLElement>('[data-phase]')?.dataset['phase'] ?? ''
      if (phase === shown) return
      shown = phase
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port2.addEventListener('message', () => {
          watch.painted[phase] = performance.timeOrigin + performance.now()
        })
        port2.start()
        port1.postMessage(null)
      })
    }
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-phase'],
    })
    look()
  })
}

/** When the phase was painted after now; waits for it and forgets it. */
async function paintedAt(page: Page, phase: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const { painted } = (globalThis as unknown as { phaseWatch: PhaseWatch }).phaseWatch
    for (let waited = 0; waited < 500; waited += 1) {
      const atMs = painted[wanted]
      if (atMs !== undefined) {
        delete painted[wanted]
        return atMs
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 10)
      })
    }
    throw new Error(`the seniors' screen never showed ${wanted}`)
  }, phase)
}
