import { uuidv7 } from 'uuidv7'
import { describe, expect, test } from 'vitest'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { yaohuaFrame } from '../../../electron/trial/wires/frames.ts'
import type { ScaleView } from '../../../shared/contract/metrology.ts'
import { TODAY } from '../../fixtures/books.ts'
import type { CounterOptions } from '../../fixtures/counter-station.ts'
import { PIN_OF, type OfficeWindow } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from '../staff/till.ts'

const NOMINAL_MG = 1_000_000
const DAY_MS = 86_400_000
const hexOf = (grams: number): string => Buffer.from(yaohuaFrame(grams, 3)).toString('hex').toUpperCase()

async function opened(metrology: CounterOptions['metrology'] = {}) {
  const till = new OfficeTill({ metrology })
  await till.counter.empty()
  return { till, window: await till.as('cashier') }
}

async function viewOf({ client }: OfficeWindow): Promise<ScaleView> {
  const stop = new AbortController()
  const first = await (await client.metrology.watch({ bayId: null }, { signal: stop.signal })).next()
  stop.abort()
  if (first.done === true || first.value === null) throw new Error('there is a scale')
  return first.value
}

/** The whole check: empty, the weight, its result, and the weight off again. */
async function check(till: OfficeTill, { client }: OfficeWindow, showsGrams: number) {
  await till.counter.empty()
  const { checkId } = await client.metrology.beginCheck({ nominalMg: NOMINAL_MG })
  await till.counter.load(showsGrams)
  const result = await client.metrology.finishCheck({ checkId })
  await till.counter.empty()
  return result
}

async function sells(till: OfficeTill, memberId = 'm-1'): Promise<boolean> {
  const before = till.counter.book.recentSales(50).length
  await till.counter.plate(340)
  await till.counter.tap(memberId)
  await till.counter.pass(500)
  const sold = till.counter.book.recentSales(50).length > before
  await till.counter.empty()
  await till.counter.pass(31_000)
  return sold
}

describe('the opening check', () => {
  test('MT-6 goes step by step, and stands in the book with both frames that the scale sent', async () => {
    const { till, window } = await opened()
    const { checkId } = await window.client.metrology.beginCheck({ nominalMg: NOMINAL_MG })
    expect((await viewOf(window)).underWay).toEqual({ checkId, nominalMg: NOMINAL_MG, step: 'weigh' })
    expect(await refusalOf(window.client.metrology.finishCheck({ checkId }))).toMatchObject({
      code: 'NOT_YET',
      data: { because: 'nothing-on-scale' },
    })
    await till.counter.load(1_002)
    const result = await window.client.metrology.finishCheck({ checkId })
    expect(result).toMatchObject({
      verdict: 'good',
      errorMg: 2_000,
      permissibleMg: 2_000,
      byName: '小陈',
      businessDate: TODAY,
    })
    const [entry] = till.counter.book.read((file) => file.journal.newest('kiosk-1', 1))
    expect(entry).toMatchObject({ kind: 'scale.checked', actor: `staff:${window.staffId}` })
    expect(JSON.parse(entry?.bodyText ?? '')).toMatchObject({
      scaleId: 'scale-1',
      nominalMg: NOMINAL_MG,
      zero: { weightMg: 0, rawHex: hexOf(0) },
      measured: { weightMg: 1_002_000, rawHex: hexOf(1_002) },
      verifiedUntil: '2099-12-31',
    })
    const view = await viewOf(window)
    expect(view).toMatchObject({ underWay: null, lock: null, advice: [], checks: [{ checkId }] })
    expect(till.counter.station.health.current.scale).toMatchObject({ lock: null })
  })

  test('MT-6 begins on a pan that is not empty by waiting until it is', async () => {
    const { till, window } = await opened()
    await till.counter.load(30)
    const { checkId } = await window.client.metrology.beginCheck({ nominalMg: NOMINAL_MG })
    expect((await viewOf(window)).underWay?.step).toBe('empty')
    const refused = await refusalOf(window.client.metrology.finishCheck({ checkId }))
    expect(refused).toMatchObject({ code: 'NOT_YET', data: { because: 'not-zeroed' } })
    await till.counter.empty()
    expect((await viewOf(window)).underWay?.step).toBe('weigh')
  })

  test('MT-6 a second check, a weight beyond Max, and a finish without a beginning are refused', async () => {
    const { till, window } = await opened()
    const { client } = window
    const standing = till.standing()
    for (const nominalMg of [39_999, 6_000_001])
      expect(await refusalOf(client.metrology.beginCheck({ nominalMg }))).toMatchObject({
        code: 'NOT_A_CHECK_WEIGHT',
      })
    expect(await refusalOf(client.metrology.finishCheck({ checkId: uuidv7() }))).toMatchObject({
      code: 'NOT_UNDER_WAY',
    })
    await client.metrology.beginCheck({ nominalMg: NOMINAL_MG })
    expect(await refusalOf(client.metrology.beginCheck({ nominalMg: NOMINAL_MG }))).toMatchObject({
      code: 'NOT_NOW',
      data: { hindrance: 'check-under-way' },
    })
    expect(till.standing()).toBe(standing)
  })

  test('MT-7 required, nothing is weighed before it, and each date asks for its own', async () => {
    const { till, window } = await opened({ openingCheck: 'required' })
    expect(await sells(till)).toBe(false)
    await till.counter.plate(340)
    expect(till.counter.view).toMatchObject({ phase: 'trouble', trouble: 'scale-check-due' })
    expect(till.counter.station.health.current.scale?.lock).toBe('scale-check-due')
    await check(till, window, 1_000)
    expect(await sells(till)).toBe(true)
    till.counter.clock.ms += DAY_MS
    await till.counter.pass(1_000)
    expect(await sells(till, 'm-2')).toBe(false)
  })

  test('MT-8 failed, it locks the scale over a restart, until a good one', async () => {
    const { till, window } = await opened({ openingCheck: 'off' })
    expect(await check(till, window, 1_004)).toMatchObject({ verdict: 'failed', errorMg: 4_000 })
    expect(await sells(till)).toBe(false)
    await till.restart()
    await till.counter.empty()
    await till.counter.plate(340)
    expect(till.counter.view.trouble).toBe('scale-check-failed')
    expect(await check(till, await till.as('cashier'), 1_000)).toMatchObject({ verdict: 'good' })
    expect(await sells(till)).toBe(true)
  })
})

describe('a manager decides about a scale that failed', () => {
  const decision = (checkId: string, change: object = {}) => ({
    releaseId: uuidv7(),
    checkId,
    note: '备用秤下午到',
    ...change,
  })

  test('MT-8 her word is in the book with its reason, holds for the day, and is written once', async () => {
    const { till, window } = await opened()
    const { staffId } = await till.as('manager')
    const { checkId } = await check(till, window, 1_010)
    const approval = { staffId, pin: PIN_OF.manager }
    const asked = decision(checkId, { approval })
    await window.client.metrology.release(asked)
    const standing = till.standing()
    await window.client.metrology.release({ ...asked, approval })
    expect(till.standing()).toBe(standing)
    const view = await viewOf(window)
    expect(view).toMatchObject({ lock: null, advice: ['check-released'] })
    expect(view.checks[0]?.released).toEqual({ businessDate: TODAY, byName: '王经理', note: '备用秤下午到' })
    expect(await sells(till)).toBe(true)
    till.counter.clock.ms += DAY_MS
    await till.counter.pass(3_500)
    expect((await viewOf(await till.as('cashier'))).lock).toBe('scale-check-failed')
    expect(verifyBook(till.counter.folder)).toMatchObject({ ok: true, findings: [] })
  })

  test('MT-8 SE-7 without a manager, without a reason, or where the canteen forbids it, nothing changes', async () => {
    const { till, window } = await opened()
    const { checkId } = await check(till, window, 1_010)
    const standing = till.standing()
    const { release } = window.client.metrology
    expect(await refusalOf(release(decision(checkId)))).toMatchObject({ code: 'NOT_ALLOWED' })
    const manager = await till.as('manager')
    const withManager = till.standing()
    expect(await refusalOf(manager.client.metrology.release(decision(checkId, { note: ' ' })))).toMatchObject(
      {
        code: 'BAD_REQUEST',
      },
    )
    expect(await refusalOf(manager.client.metrology.release(decision(uuidv7())))).toMatchObject({
      code: 'NOT_TO_RELEASE',
    })
    expect(till.standing()).toBe(withManager)
    expect(withManager).not.toBe(standing)
    const strict = await opened({ failedCheck: 'lock' })
    const failed = await check(strict.till, strict.window, 1_010)
    const strictManager = await strict.till.as('manager')
    expect(await refusalOf(strictManager.client.metrology.release(decision(failed.checkId)))).toMatchObject({
      code: 'NOT_TO_RELEASE',
    })
  })
})

describe('the counter meanwhile', () => {
  test('MT-11 sells nothing off the weight, and has its scale back after three idle minutes', async () => {
    const { till, window } = await opened()
    await window.client.metrology.beginCheck({ nominalMg: NOMINAL_MG })
    await till.counter.load(1_000)
    await till.counter.tap('m-1')
    expect(till.counter.view).toMatchObject({ phase: 'trouble', trouble: 'scale-in-check', lines: [] })
    await till.counter.pass(181_000)
    expect((await viewOf(window)).underWay).toBeNull()
    expect(till.counter.book.recentSales(5)).toEqual([])
    await till.counter.empty()
    expect(await sells(till)).toBe(true)
  })

  test('MT-11 a check waits until whoever is being served has paid', async () => {
    const { till, window } = await opened()
    await till.counter.plate(340)
    const refused = await refusalOf(window.client.metrology.beginCheck({ nominalMg: NOMINAL_MG }))
    expect(refused).toMatchObject({ code: 'NOT_NOW', data: { hindrance: 'sale-in-progress' } })
  })

  test('MT-10 each weighed line keeps the very bytes that its weight was read from', async () => {
    const { till } = await opened()
    expect(await sells(till)).toBe(true)
    const [sale] = till.counter.book.recentSales(1)
    const draft = till.counter.book.draftOf(sale?.saleId ?? '')
    expect(draft?.lines[0]).toMatchObject({
      grossMg: 540_000,
      tareMg: 200_000,
      netMg: 340_000,
      evidence: { rawHex: hexOf(540), scaleId: 'scale-1', verifiedUntil: '2099-12-31', plateId: 'plate' },
    })
  })
})
