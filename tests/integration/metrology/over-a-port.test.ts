import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import type { StationConfig } from '../../../electron/station/deps.ts'
import { createStation } from '../../../electron/station/station.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { USUAL_CARDS } from '../../../shared/domain/members/card-rules.ts'
import { USUAL_POLICY } from '../../../shared/domain/metrology/standing.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { bookOptions, furnish } from '../../fixtures/books.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { bus, layWire, timers, until, type Clearing } from '../devices/table.ts'

const profile = {
  scaleId: 'S-0417',
  maxMg: milligrams(6_000_000),
  minMg: milligrams(40_000),
  divisionMg: milligrams(2_000),
  verifiedUntil: '2099-12-31',
}

/** A whole station whose scale is a simulated one at the other end of a pseudo-terminal; nothing is weighed unchecked. */
async function stationOverAPort(clearing: Clearing) {
  const wire = layWire(clearing, 'scale')
  const { maxMg, divisionMg } = profile
  const scale = new SimulatedScale({ timers, wire, protocol: 'mt-sics', maxMg, divisionMg, noise: () => 0.5 })
  await scale.plug()
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  const config: StationConfig = {
    stationId: 'kiosk-1',
    canteen: {
      name: '测试食堂',
      area: '35/3501',
      timeZone: 'Asia/Shanghai',
      cutOverHour: 4,
      mealPeriods: [{ period: 'lunch', from: '04:00' }],
    },
    policyPackId: 'test-daily',
    namesOnScreen: 'form-of-address',
    nightlyAt: '21:30',
    backupFolder: null,
    metrology: { ...USUAL_POLICY, openingCheck: 'required' },
    cards: USUAL_CARDS,
    scale: { protocol: 'mt-sics', port: { path: wire.stationPath }, unit: 'kg', profile },
    reader: null,
    bays: null,
  }
  const station = createStation({
    clock: options.clock,
    timers,
    ids: options.ids,
    log: new KeptLog(),
    serialBus: bus,
    book,
    calendar: [],
    config,
    trial: false,
    version: 'test',
    dataFolder: options.folder,
    printer: null,
    request: () => Promise.reject(new TypeError('this till has no network')),
    startBackup: null,
    random: () => 0.5,
  })
  clearing.onTestFinished(async () => {
    await station.stop()
    await scale.close()
    rmSync(options.folder, { recursive: true, force: true })
  })
  const shows = (grams: number) => () => {
    const { state, grossMg } = station.counter.view.current.scale
    return state === 'ok' && grossMg === grams * 1000
  }
  return { scale, station, book, shows }
}

test('MT-6 MT-7 a real station over a pseudo-terminal is checked with a kilogram, and weighs from then on', async (context) => {
  const { scale, station, book, shows } = await stationOverAPort(context)
  await until('an empty scale', shows(0))
  scale.setLoad(milligrams(540_000))
  await until('the locked scale', () => station.counter.view.current.trouble === 'scale-check-due')
  scale.setLoad(milligrams(0))
  await until('an empty scale again', shows(0))

  const window = await signedIn(station, 'cashier')
  const { checkId } = await window.client.metrology.beginCheck({ nominalMg: 1_000_000 })
  scale.setLoad(milligrams(1_002_000))
  await until('the weight', shows(1_002))
  const result = await window.client.metrology.finishCheck({ checkId })
  expect(result).toMatchObject({ verdict: 'good', errorMg: 2_000, permissibleMg: 2_000 })
  const [entry] = book.read((file) => file.journal.newest('kiosk-1', 1))
  const { measured } = JSON.parse(entry?.bodyText ?? '') as { measured: { rawHex: string } }
  expect(Buffer.from(measured.rawHex, 'hex').toString('ascii')).toMatch(/^S S +1\.002 kg/)

  expect(station.counter.view.current.lines).toEqual([])
  scale.setLoad(milligrams(0))
  await until('the lifted weight', shows(0))
  scale.setLoad(milligrams(540_000))
  await until('a priced plate', () => station.counter.view.current.phase === 'ready')
  expect(station.counter.view.current).toMatchObject({ trouble: null, weighing: { netMg: 340_000 } })
  window.close()
})
