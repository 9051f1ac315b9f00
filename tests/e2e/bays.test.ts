import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openCounter, windowAt, type CounterWindows } from '../../electron/trial/lunch/counter-windows.ts'
import { keepPicture, resizeWindow } from '../../electron/trial/lunch/picture.ts'

const OUT = join(import.meta.dirname, '..', '..', 'out', 'e2e', 'bays')
const WINDOWS = 'seniors,staff,bay/bay-1,bay/bay-2,exit'
const SIZES = ['1280x800', '1920x1080'] as const
const PATIENCE = { timeout: 15_000 }

interface Trial {
  readonly counter: CounterWindows
  readonly panel: Page
  readonly fish: Page
  readonly egg: Page
  readonly exit: Page
  readonly photograph: (name: string, page: Page) => Promise<void>
}

async function openTrial(): Promise<Trial> {
  rmSync(OUT, { recursive: true, force: true })
  const counter = await openCounter(join(OUT, 'data'), SIZES[0], { CANTEEN_WINDOWS: WINDOWS })
  onTestFinished(() => counter.close())
  const [panel, fish, egg, exit] = await Promise.all(
    ['#/trial', '#/bay/bay-1', '#/bay/bay-2', '#/exit'].map((hash) => windowAt(counter.app, hash)),
  )
  if (panel === undefined || fish === undefined || egg === undefined || exit === undefined)
    throw new Error('a window is missing')
  const photograph = async (name: string, page: Page): Promise<void> => {
    for (const size of SIZES) {
      await resizeWindow(counter.app, page, size)
      await keepPicture(page, join(OUT, size, `${name}.png`))
    }
  }
  return { counter, panel, fish, egg, exit, photograph }
}

test('BY-2 BY-9 PT-4 in real windows: a tray is filled at two bays of the trial, paid at the exit and printed', async () => {
  const { counter, panel, fish, egg, exit, photograph } = await openTrial()
  const at = (place: string, hand: string) => `[data-place="${place}"] [data-hand="${hand}"]`
  await fish.waitForSelector('[data-screen="bay"][data-phase="idle"]', PATIENCE)
  await photograph('bay-idle', fish)
  await panel.click('[data-part="bays"]')
  await panel.click('[data-hand-card="2C00A1B201"]')
  await panel.click(at('bay-1', 'tap'))
  await fish.waitForSelector('[data-phase="taking"]', PATIENCE)
  await panel.click(at('bay-1', 'take'))
  await panel.click(at('bay-1', 'take'))
  await panel.click(at('bay-1', 'take'))
  await fish.waitForSelector('text=300 克', PATIENCE)
  await panel.click(at('bay-1', 'put-back'))
  await fish.waitForSelector('text=200 克', PATIENCE)
  await panel.click(at('bay-1', 'lean'))
  await fish.waitForSelector('[data-trouble="weight-rose"]', PATIENCE)
  await photograph('panel-bays', panel)
  await panel.click(at('bay-1', 'lean'))
  await fish.waitForSelector('[data-phase="taking"]', PATIENCE)
  await panel.click(at('bay-2', 'tap'))
  await egg.waitForSelector('[data-phase="taking"]', PATIENCE)
  await panel.click(at('bay-2', 'take'))
  await egg.waitForSelector('text=100 克', PATIENCE)
  await photograph('bay-taking', egg)
  await panel.click(at('exit', 'tap'))
  await exit.waitForSelector('[data-phase="paid"]', PATIENCE)
  await photograph('exit-paid', exit)
  await panel.click('[data-part="counter"]')
  await panel.click('[data-hand="place"]')
  await counter.staff.click('[data-key="dish:braised-fish"]:not([disabled])', PATIENCE)
  await panel.click('[data-part="paper"]')
  await panel.waitForSelector('[data-digits="12.80"]', PATIENCE)
  await panel.waitForSelector('[data-receipts="1"]', PATIENCE)
  await photograph('panel-paper', panel)
  const paper = await panel.textContent('.trial-tape')
  for (const words of ['红烧鱼块', '番茄炒蛋', '10.60']) expect(paper).toContain(words)
}, 120_000)
