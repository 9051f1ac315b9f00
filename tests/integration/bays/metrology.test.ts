import { describe, expect, onTestFinished, test } from 'vitest'
import type { ScaleView } from '../../../shared/contract/metrology.ts'
import type { MetrologyPolicy } from '../../../shared/domain/metrology/standing.ts'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import { signedIn, type OfficeWindow } from '../../fixtures/signed-in.ts'
import { refusalOf } from '../staff/till.ts'

const NOMINAL_MG = 1_000_000
const DAY_MS = 86_400_000

async function opened(metrology: Partial<MetrologyPolicy>, verifiedUntil?: string) {
  const bays = new BayCounter(2, { metrology }, undefined, verifiedUntil)
  onTestFinished(() => bays.stop())
  await bays.pass(1200)
  const cashier = await signedIn(bays.counter.station, 'cashier')
  onTestFinished(() => cashier.close())
  return { bays, cashier }
}

async function scaleOf({ client }: OfficeWindow, bayId: string): Promise<ScaleView> {
  const stop = new AbortController()
  const first = await (await client.metrology.watch({ bayId }, { signal: stop.signal })).next()
  stop.abort()
  if (first.done === true || first.value === null) throw new Error(`bay ${bayId} has a scale`)
  return first.value
}

/** The pan comes off, the weight goes on, and the pan comes back. */
async function check(bays: BayCounter, { client }: OfficeWindow, bayId: string, showsGrams: number) {
  const pan = bays.pans.get(bayId) ?? 0
  const { checkId } = await client.metrology.beginCheck({ nominalMg: NOMINAL_MG, bayId })
  await bays.put(bayId, 0)
  await bays.put(bayId, showsGrams)
  const result = await client.metrology.finishCheck({ checkId })
  await bays.put(bayId, pan)
  await client.bays.press({ key: { kind: 'refill-end', bayId } })
  return result
}

describe('the opening check at bays', () => {
  test('BY-15 MT-7 where it is required, a bay sells after its own good check and not after another’s', async () => {
    const { bays, cashier } = await opened({ openingCheck: 'required' })
    await bays.tap('1', 'm-1')
    await bays.pass(6_500)
    expect(bays.view('1')).toMatchObject({ trouble: 'scale-check-due', displayName: null })
    await expect(check(bays, cashier, '1', 1_000)).resolves.toMatchObject({ verdict: 'good' })
    await bays.tap('2', 'm-1')
    expect(bays.view('2')).toMatchObject({ trouble: 'scale-check-due', displayName: null })
    await bays.tap('1', 'm-1')
    await bays.take('1', 200)
    await bays.tap(null, 'm-1')
    expect(bays.counter.book.recentSales(1)).toMatchObject([{ priceFen: 800 }])
    bays.counter.clock.ms += DAY_MS
    await bays.tap('1', 'm-2')
    expect(bays.view('1')).toMatchObject({ trouble: 'scale-check-due', displayName: null })
  })

  test('BY-15 MT-6 MT-11 the weight of a check is nobody’s food, and the check is its bay’s own', async () => {
    const { bays, cashier } = await opened({})
    await check(bays, cashier, '1', 1_000)
    expect(bays.overview.notes).toEqual([])
    expect((await scaleOf(cashier, '1')).checks).toMatchObject([{ verdict: 'good', measuredMg: NOMINAL_MG }])
    expect((await scaleOf(cashier, '2')).checks).toEqual([])
    await bays.tap('1', 'm-1')
    const begin = cashier.client.metrology.beginCheck({ nominalMg: NOMINAL_MG, bayId: '1' })
    expect(await refusalOf(begin)).toMatchObject({ data: { hindrance: 'sale-in-progress' } })
    const nowhere = cashier.client.metrology.beginCheck({ nominalMg: NOMINAL_MG, bayId: '9' })
    expect(await refusalOf(nowhere)).toMatchObject({ code: 'NO_SCALE' })
  })

  test('BY-15 MT-8 a failed check locks the bay, and what is taken there is noted and charged to nobody', async () => {
    const { bays, cashier } = await opened({})
    await expect(check(bays, cashier, '1', 1_010)).resolves.toMatchObject({ verdict: 'failed' })
    await bays.tap('1', 'm-1')
    await bays.take('1', 200)
    await bays.pass(31_000)
    expect(bays.view('1')).toMatchObject({ trouble: 'scale-check-failed', displayName: null })
    expect(bays.overview.notes).toMatchObject([{ what: 'unattributed', netMg: 200_000 }])
    expect(bays.overview.trays).toEqual([])
    await check(bays, cashier, '1', 1_000)
    await bays.tap('1', 'm-1')
    expect(bays.view('1')).toMatchObject({ phase: 'taking', displayName: '林依姆' })
  })
})

describe('a bay past the last day of its certificate', () => {
  test('BY-15 MT-9 is locked, or only warned of, as the canteen chose', async () => {
    const locked = await opened({ expiredVerification: 'lock' }, '2026-01-31')
    await locked.bays.tap('1', 'm-1')
    await locked.bays.pass(6_500)
    expect(locked.bays.view('1')).toMatchObject({ trouble: 'scale-verification-expired', displayName: null })
    const warned = await opened({ expiredVerification: 'warn' }, '2026-01-31')
    await warned.bays.tap('1', 'm-1')
    expect(warned.bays.view('1')).toMatchObject({ phase: 'taking', trouble: null })
    expect(await scaleOf(warned.cashier, '1')).toMatchObject({
      lock: null,
      advice: ['verification-expired', 'check-due'],
    })
  })
})
