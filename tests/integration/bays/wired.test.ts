import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { BayView, ExitView } from '../../../shared/domain/bays/view.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { cardUid, PAN_G, wireBays, type ScaleLines, type WiredBays } from '../../fixtures/bay-wires.ts'
import { startStation, type RunningStation } from '../../fixtures/running-station.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'

interface Canteen {
  readonly wires: WiredBays
  readonly data: string
}

async function canteen(bays = 3, lines: ScaleLines = 'own'): Promise<Canteen> {
  const folder = mkdtempSync(join(tmpdir(), 'bays-'))
  const data = join(folder, 'data')
  const wires = await wireBays(folder, data, bays, lines)
  onTestFinished(async () => {
    await wires.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { wires, data }
}

async function started(data: string): Promise<RunningStation> {
  const station = await startStation(data)
  onTestFinished(() => station.stop())
  return station
}

/** The first view of a stream that fits. */
async function first<View>(
  stream: Promise<AsyncIterable<View>>,
  fits: (view: View) => boolean,
): Promise<View> {
  for await (const view of await stream) if (fits(view)) return view
  throw new Error('the stream ended')
}

const bayUntil = ({ client }: RunningStation, bayId: string, fits: (view: BayView) => boolean) =>
  first(client.bays.watchBay({ bayId }), fits)
const exitUntil = ({ client }: RunningStation, fits: (view: ExitView) => boolean) =>
  first(client.bays.watchExit(), fits)

const grams = (weight: number) => milligrams(weight * 1000)
const ready = (station: RunningStation, bayId: string) =>
  bayUntil(
    station,
    bayId,
    ({ phase, trouble, readerConnected }) => phase === 'idle' && trouble === null && readerConnected,
  )

test('BY-1 BY-2 BY-9 three bays over pseudo-terminals: two people fill their trays side by side and pay at the exit', async () => {
  const { wires, data } = await canteen()
  const station = await started(data)
  const [fish, pork, egg] = wires.bays
  await Promise.all(['bay-1', 'bay-2', 'bay-3'].map((bayId) => ready(station, bayId)))
  fish?.reader.tap(cardUid(0))
  pork?.reader.tap(cardUid(1))
  await bayUntil(station, 'bay-1', ({ phase }) => phase === 'taking')
  await bayUntil(station, 'bay-2', ({ phase }) => phase === 'taking')
  fish?.scale.setLoad(grams(PAN_G - 200))
  pork?.scale.setLoad(grams(PAN_G - 150))
  await bayUntil(station, 'bay-1', ({ netMg, amountFen }) => netMg === grams(200) && amountFen === 800)
  await bayUntil(station, 'bay-2', ({ netMg }) => netMg === grams(150))
  egg?.reader.tap(cardUid(0))
  await bayUntil(station, 'bay-3', ({ phase }) => phase === 'taking')
  egg?.scale.setLoad(grams(PAN_G - 100))
  await bayUntil(station, 'bay-3', ({ netMg, trayFen }) => netMg === grams(100) && trayFen === 1060)
  wires.exit.tap(cardUid(0))
  const paid = await exitUntil(station, ({ phase }) => phase === 'paid')
  expect(paid).toMatchObject({ displayName: '林依姆', totalFen: 1060, lines: [{}, {}] })
  const [sale] = await station.client.sales.recent({ limit: 5 })
  expect(sale).toMatchObject({ priceFen: 1060, lineCount: 2 })
}, 60_000)

test('BY-12 a station that is killed in the middle of a meal goes on with every tray, and charges it once', async () => {
  const { wires, data } = await canteen(2)
  const before = await started(data)
  const [fish, pork] = wires.bays
  await Promise.all(['bay-1', 'bay-2'].map((bayId) => ready(before, bayId)))
  fish?.reader.tap(cardUid(0))
  await bayUntil(before, 'bay-1', ({ phase }) => phase === 'taking')
  fish?.scale.setLoad(grams(PAN_G - 200))
  await bayUntil(before, 'bay-1', ({ netMg }) => netMg === grams(200))
  before.life.kill()
  await before.exited
  // She goes on taking while nobody watches; her binding has not run out.
  fish?.scale.setLoad(grams(PAN_G - 260))
  pork?.scale.setLoad(grams(PAN_G - 90))
  const after = await started(data)
  await bayUntil(after, 'bay-1', ({ netMg, displayName }) => netMg === grams(260) && displayName === '林依姆')
  wires.exit.tap(cardUid(0))
  await exitUntil(after, ({ phase }) => phase === 'paid')
  after.life.kill()
  await after.exited
  const last = await started(data)
  await ready(last, 'bay-1')
  wires.exit.tap(cardUid(0))
  await exitUntil(last, ({ trouble }) => trouble === 'no-tray')
  const sales = await last.client.sales.recent({ limit: 5 })
  expect(sales.map(({ priceFen }) => priceFen)).toEqual([1040])
  await last.stop()
  expect(verifyBook(data).ok).toBe(true)
}, 60_000)

test('BY-14 DV-13 bays whose scales share one line sell side by side, and one that dies there disturbs no other', async () => {
  const { wires, data } = await canteen(4, 'shared')
  const station = await started(data)
  const [fish, pork, dead] = wires.bays
  await Promise.all(['bay-1', 'bay-2', 'bay-3', 'bay-4'].map((bayId) => ready(station, bayId)))
  dead?.scale.setSilent(true)
  await bayUntil(station, 'bay-3', ({ trouble }) => trouble === 'scale-away')
  fish?.reader.tap(cardUid(0))
  pork?.reader.tap(cardUid(1))
  await bayUntil(station, 'bay-1', ({ phase }) => phase === 'taking')
  await bayUntil(station, 'bay-2', ({ phase }) => phase === 'taking')
  fish?.scale.setLoad(grams(PAN_G - 200))
  pork?.scale.setLoad(grams(PAN_G - 150))
  await bayUntil(station, 'bay-1', ({ netMg }) => netMg === grams(200))
  await bayUntil(station, 'bay-2', ({ netMg }) => netMg === grams(150))
  dead?.scale.setSilent(false)
  await ready(station, 'bay-3')
  wires.exit.tap(cardUid(0))
  const paid = await exitUntil(station, ({ phase }) => phase === 'paid')
  expect(paid).toMatchObject({ displayName: '林依姆', totalFen: 800 })
}, 60_000)
