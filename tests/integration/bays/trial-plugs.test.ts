import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { BayView } from '../../../shared/domain/bays/view.ts'
import { startStation } from '../../fixtures/running-station.ts'

test('BY-6 DV-5 in a trial a bay’s plugs can be pulled: its screen says so, and it works again when they are back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trial-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const station = await startStation(folder)
  const { client } = station
  onTestFinished(() => station.stop())
  const bayUntil = async (fits: (view: BayView) => boolean): Promise<BayView> => {
    for await (const view of await client.bays.watchBay({ bayId: 'bay-1' })) if (fits(view)) return view
    throw new Error('the bay is gone')
  }
  const plugged = async () => {
    for await (const { bays, exitPlugged } of await client.trial.watch())
      return { bay: bays[0]?.plugged, exit: exitPlugged }
    throw new Error('the trial is gone')
  }
  const well = ({ trouble, readerConnected }: BayView): boolean => trouble === null && readerConnected
  await bayUntil(well)
  await client.trial.setBayPlugged({ bayId: 'bay-1', device: 'scale', plugged: false })
  await bayUntil(({ trouble }) => trouble === 'scale-away')
  await client.trial.setBayPlugged({ bayId: 'bay-1', device: 'reader', plugged: false })
  await bayUntil(({ readerConnected }) => !readerConnected)
  await client.trial.setBayPlugged({ bayId: null, device: 'reader', plugged: false })
  expect(await plugged()).toEqual({ bay: { scale: false, reader: false }, exit: false })
  for (const device of ['scale', 'reader'] as const)
    await client.trial.setBayPlugged({ bayId: 'bay-1', device, plugged: true })
  await client.trial.setBayPlugged({ bayId: null, device: 'reader', plugged: true })
  await bayUntil(well)
  expect(await plugged()).toEqual({ bay: { scale: true, reader: true }, exit: true })
}, 90_000)
