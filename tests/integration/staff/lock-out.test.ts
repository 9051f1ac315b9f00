import { describe, expect, test } from 'vitest'
import { lockOutMs } from '../../../shared/domain/staff.ts'
import { NOON_MS } from '../../fixtures/books.ts'
import { FailingCommit } from '../../fixtures/failing-commit.ts'
import { PIN_OF, staffView, type OfficeWindow } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from './till.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS

interface Setting {
  readonly till: OfficeTill
  readonly staffId: string
}

/** A station with an admin and a cashier at whose PIN somebody guesses. */
async function setting(till = new OfficeTill()): Promise<Setting> {
  const cashier = await till.as('cashier')
  cashier.close()
  return { till, staffId: cashier.staffId }
}

const guess = ({ client }: OfficeWindow, staffId: string, pin = '999111'): Promise<unknown> =>
  refusalOf(client.staff.signIn({ staffId, pin }))

const enter = ({ client }: OfficeWindow, staffId: string, pin = PIN_OF.cashier): Promise<unknown> =>
  client.staff.signIn({ staffId, pin })

const lockedFor = (till: OfficeTill, ms: number) => ({
  code: 'LOCKED',
  status: 429,
  defined: true,
  data: { untilMs: till.counter.clock.ms + ms },
})

async function lockOut({ till, staffId }: Setting, times = 3): Promise<OfficeWindow> {
  const window = till.window()
  for (let failures = 1; failures <= times; failures++) {
    await guess(window, staffId)
    if (failures < times) await till.later(lockOutMs(failures))
  }
  return window
}

test('SE-6 the third wrong PIN locks its owner out, each one after that for longer, and the right one ends it all', async () => {
  const { till, staffId } = await setting()
  const window = till.window()
  expect(await guess(window, staffId)).toMatchObject({
    code: 'WRONG_PIN',
    defined: true,
    data: { triesLeft: 2 },
  })
  expect(await guess(window, staffId)).toMatchObject({ code: 'WRONG_PIN', data: { triesLeft: 1 } })
  for (const seconds of [30, 60, 300, 900, 3600, 3600]) {
    expect(await guess(window, staffId)).toMatchObject(lockedFor(till, seconds * SECOND_MS))
    const noted = till.noted().length
    await till.later(seconds * SECOND_MS - 1)
    const stillLocked = { code: 'LOCKED', data: { untilMs: till.counter.clock.ms + 1 } }
    expect(await refusalOf(enter(window, staffId))).toMatchObject(stillLocked)
    expect(till.noted()).toHaveLength(noted)
    await till.later(1)
  }
  await enter(window, staffId)
  await window.client.staff.signOut()
  expect(await guess(window, staffId)).toMatchObject({ code: 'WRONG_PIN', data: { triesLeft: 2 } })
})

test('SE-6 who is locked out stands on the sign-in screen until it is over, and nobody else is locked out', async () => {
  const { till, staffId } = await setting()
  const window = await lockOut({ till, staffId })
  const untilMs = till.counter.clock.ms + 30 * SECOND_MS
  const lockedOut = async () =>
    (await staffView(window)).staff.filter(({ lockedUntilMs }) => lockedUntilMs !== null)
  expect(await lockedOut()).toMatchObject([{ staffId, lockedUntilMs: untilMs }])
  const other = await till.as('admin')
  expect(other.connection.signedIn()).toMatchObject({ role: 'admin' })
  await till.later(30 * SECOND_MS)
  expect(await lockedOut()).toEqual([])
})

test('SE-6 a lock-out and the count of wrong PINs outlive the program', async () => {
  const { till, staffId } = await setting()
  await guess(till.window(), staffId)
  await till.restart()
  expect(await guess(till.window(), staffId)).toMatchObject({ data: { triesLeft: 1 } })
  await till.restart()
  expect(await guess(till.window(), staffId)).toMatchObject(lockedFor(till, 30 * SECOND_MS))
  await till.restart(till.counter.clock.ms + 10 * SECOND_MS)
  expect(await refusalOf(enter(till.window(), staffId))).toMatchObject(lockedFor(till, 20 * SECOND_MS))
  await till.later(20 * SECOND_MS)
  expect(await guess(till.window(), staffId)).toMatchObject(lockedFor(till, MINUTE_MS))
  await till.restart(till.counter.clock.ms + MINUTE_MS)
  await enter(till.window(), staffId)
})

describe('SE-6 a wall clock that is set neither ends a lock-out nor keeps it for ever', () => {
  test.each([
    ['back by a day', -DAY_MS],
    ['back by thirty years', -30 * 365 * DAY_MS],
    ['forward by a day', DAY_MS],
  ])('SE-6 %s while the program runs', async (_, byMs) => {
    const { till, staffId } = await setting()
    const window = await lockOut({ till, staffId })
    till.counter.clock.ms += byMs
    expect(await refusalOf(enter(window, staffId))).toMatchObject(lockedFor(till, 30 * SECOND_MS))
    await till.later(30 * SECOND_MS - 1)
    expect(await refusalOf(enter(window, staffId))).toMatchObject({ code: 'LOCKED' })
    await till.later(1)
    await enter(window, staffId)
  })

  test('SE-6 back by thirty years before a restart: the whole lock-out anew, and then it is over', async () => {
    const { till, staffId } = await setting()
    await lockOut({ till, staffId }, 4)
    await till.restart(NOON_MS - 30 * 365 * DAY_MS)
    const window = till.window()
    expect(await refusalOf(enter(window, staffId))).toMatchObject(lockedFor(till, MINUTE_MS))
    await till.later(MINUTE_MS)
    await enter(window, staffId)
  })

  test('SE-6 forward by a day before a restart: one more guess, and the lock-out grows on', async () => {
    const { till, staffId } = await setting()
    await lockOut({ till, staffId }, 4)
    await till.restart(till.counter.clock.ms + DAY_MS)
    expect(await guess(till.window(), staffId)).toMatchObject(lockedFor(till, 5 * MINUTE_MS))
  })
})

test('SE-6 twenty guesses at once, from many windows, are no more than three', async () => {
  const { till, staffId } = await setting()
  const windows = Array.from({ length: 5 }, () => till.window())
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const window = windows[index % windows.length]
      if (window === undefined) throw new Error('no window')
      return guess(window, staffId, String(910_000 + index))
    }),
  )
  const codes = outcomes.map((outcome) => (outcome as { code: string }).code)
  expect(codes.filter((code) => code === 'WRONG_PIN')).toHaveLength(2)
  expect(codes.filter((code) => code === 'LOCKED')).toHaveLength(18)
  expect(till.noted().filter(({ act }) => act === 'sign-in-failed')).toHaveLength(3)
})

test('SE-6 the right PIN among many guesses at once does not get past the lock-out', async () => {
  const { till, staffId } = await setting()
  const window = till.window()
  const wrong = ['911', '912', '913'].map((tail) => guess(window, staffId, `55${tail}`))
  const right = refusalOf(enter(window, staffId))
  await Promise.all(wrong)
  expect(await right).toMatchObject({ code: 'LOCKED' })
  expect(window.connection.signedIn()).toBeNull()
})

describe('SE-6 no answer before it is in the book', () => {
  test.each(['after', 'instead'] as const)(
    'SE-6 a COMMIT that fails (%s) answers the same for a right PIN and a wrong one',
    async (fault) => {
      const disk = new FailingCommit()
      const { till, staffId } = await setting(new OfficeTill({ openDatabase: disk.open }))
      const window = till.window()
      for (const pin of ['999111', PIN_OF.cashier]) {
        disk.next = fault
        expect(await refusalOf(enter(window, staffId, pin))).toMatchObject({
          code: 'BOOK_UNAVAILABLE',
          defined: true,
        })
        expect(window.connection.signedIn()).toBeNull()
        await till.later(2 * SECOND_MS)
      }
      await enter(window, staffId)
      expect(window.connection.signedIn()).toMatchObject({ staffId })
    },
  )

  test('SE-6 ending the program right after each answer wins nobody a free guess', async () => {
    const { till, staffId } = await setting()
    for (const expected of [{ data: { triesLeft: 2 } }, { data: { triesLeft: 1 } }, { code: 'LOCKED' }]) {
      expect(await guess(till.window(), staffId)).toMatchObject(expected)
      await till.kill()
    }
    expect(await refusalOf(enter(till.window(), staffId))).toMatchObject({ code: 'LOCKED' })
  })
})

test('SE-6 nobody is guessed at who does not work here', async () => {
  const { till, staffId } = await setting()
  const admin = await till.as('admin')
  await admin.client.staff.change({ staffId, name: '小陈', role: 'cashier', active: false })
  const window = till.window()
  for (const pin of [PIN_OF.cashier, '999111'])
    for (const id of [staffId, 'nobody'])
      expect(await guess(window, id, pin)).toMatchObject({ code: 'WRONG_PIN', data: { triesLeft: 0 } })
})
