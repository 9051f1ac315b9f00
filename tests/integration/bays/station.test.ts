import Sqlite from 'better-sqlite3'
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import type { CounterOptions } from '../../fixtures/counter-station.ts'
import { FailingCommit, type CommitFault } from '../../fixtures/failing-commit.ts'
import { openWindow, PIN_OF, signedIn } from '../../fixtures/signed-in.ts'
import { refusalOf } from '../staff/till.ts'

async function opened(bays: BayCounter): Promise<BayCounter> {
  onTestFinished(() => bays.stop())
  await bays.pass(1200)
  return bays
}

const meal = (options: CounterOptions = {}): Promise<BayCounter> => opened(new BayCounter(2, options))

/** The same folder as a kill leaves it, under a station of its own. */
function killed(bays: BayCounter, options: CounterOptions = {}): Promise<BayCounter> {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'))
  cpSync(bays.counter.folder, folder, { recursive: true, filter: (name) => !name.endsWith('book.lock') })
  return opened(new BayCounter(2, { clock: bays.counter.clock, ...options, folder }, bays.pans))
}

const notes = (bays: BayCounter): unknown[] =>
  bays.counter.book.read((file) =>
    file
      .statement<[], { actor: string; body: string }>(
        "SELECT actor, body FROM journal WHERE kind = 'bay.noted' ORDER BY position",
      )
      .all()
      .map(({ actor, body }) => ({ actor, ...(JSON.parse(body) as object) })),
  )

test('BY-9 from the bytes of scales and readers to one sale with the subsidy of the day', async () => {
  const bays = await meal()
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  await bays.tap('2', 'm-1')
  await bays.take('2', 100)
  expect(bays.view('2')).toMatchObject({ netMg: 100_000, trayFen: 1200, displayName: '林依姆' })
  await bays.tap(null, 'm-1')
  expect(bays.bays.exit.current).toMatchObject({ phase: 'paid', subsidyFen: 300, selfPayFen: 900 })
  expect(bays.counter.book.balanceOf('m-1')).toBe(4100)
  const [sale] = bays.counter.book.recentSales(1)
  const lines = bays.counter.book.draftOf(sale?.saleId ?? '')?.lines
  expect(lines).toMatchObject([
    { netMg: 200_000, evidence: { scaleId: 'bay-scale-1', takes: [{ after: { grossMg: 4_800_000 } }] } },
    { netMg: 100_000 },
  ])
})

test('BY-12 what a bay has shown is on the disk: a kill loses no line, and the tray is paid once', async () => {
  const before = await meal()
  await before.tap('1', 'm-1')
  await before.take('1', 200)
  expect(before.view('1').netMg).toBe(200_000)
  const after = await killed(before)
  expect(after.view('1')).toMatchObject({ netMg: 200_000, displayName: '林依姆' })
  await after.tap(null, 'm-1')
  const again = await killed(after)
  expect(again.overview.trays).toEqual([])
  await again.tap(null, 'm-1')
  expect(again.counter.book.recentSales(5)).toHaveLength(1)
  expect(again.counter.book.balanceOf('m-1')).toBe(4500)
})

test('BY-12 killed between the sale and the forgetting of its tray, it is found paid and not paid again', async () => {
  const before = await meal()
  await before.tap('1', 'm-1')
  await before.take('1', 200)
  const folder = mkdtempSync(join(tmpdir(), 'killed-'))
  await before.tap(null, 'm-1')
  cpSync(before.counter.folder, folder, { recursive: true, filter: (name) => !name.endsWith('book.lock') })
  const [sale] = before.counter.book.recentSales(1)
  const saleId = sale?.saleId ?? ''
  const db = new Sqlite(join(folder, 'book.sqlite'))
  const kept = {
    trayId: saleId,
    cardUid: '0000000001',
    memberId: 'm-1',
    openedAtMs: 0,
    lastAtMs: 0,
    lines: [],
  }
  db.prepare('INSERT INTO open_trays VALUES (?, ?, ?)').run(saleId, 'kiosk-1', JSON.stringify(kept))
  db.close()
  const { clock } = before.counter
  const after = await opened(new BayCounter(2, { clock, folder }, before.pans))
  expect(after.overview.trays).toEqual([])
  expect(after.counter.book.read((file) => file.statement('SELECT * FROM open_trays').all())).toEqual([])
  expect(after.counter.book.recentSales(5)).toHaveLength(1)
})

test('BY-12 a tray of a book that was put back from a backup waits for staff', async () => {
  const before = await meal()
  await before.tap('1', 'm-1')
  await before.take('1', 200)
  before.counter.book.write((file) => {
    file.statement("UPDATE open_trays SET origin = 'kiosk-0'").run()
    file.statement("UPDATE bay_pans SET origin = 'kiosk-0'").run()
  })
  const after = await killed(before)
  expect(after.overview.trays).toMatchObject([{ state: 'stopped', because: 'restored', totalFen: 800 }])
  await after.tap(null, 'm-1')
  expect(after.bays.exit.current).toMatchObject({ trouble: 'no-tray' })
  await after.pass(1000)
  expect(after.counter.book.recentSales(5)).toEqual([])
})

for (const fault of ['after', 'instead'] as const satisfies CommitFault[])
  test(`BY-12 a disk that fails ${fault} a line is written shows nothing that is not kept, and goes on by itself`, async () => {
    const disk = new FailingCommit()
    const bays = await meal({ openDatabase: disk.open })
    await bays.tap('1', 'm-1')
    disk.next = fault
    disk.keepsFailing = true
    await bays.take('1', 200)
    expect(bays.view('1')).toMatchObject({ netMg: 0, trouble: 'book' })
    disk.keepsFailing = false
    await bays.pass(6000)
    expect(bays.view('1')).toMatchObject({ netMg: 200_000, trouble: null })
    await bays.tap(null, 'm-1')
    expect(bays.counter.book.balanceOf('m-1')).toBe(4500)
  })

for (const fault of ['after', 'instead'] as const satisfies CommitFault[])
  test(`BY-11 LG-7 a tray whose settlement fails ${fault} the write is charged exactly once`, async () => {
    const disk = new FailingCommit()
    const bays = await meal({ openDatabase: disk.open })
    await bays.tap('1', 'm-1')
    await bays.take('1', 200)
    await bays.tap('2', 'm-1')
    await bays.pass(500)
    disk.next = fault
    disk.keepsFailing = true
    await bays.tap(null, 'm-1')
    await bays.pass(2000)
    disk.keepsFailing = false
    await bays.pass(8000)
    await bays.tap(null, 'm-1')
    expect(bays.counter.book.balanceOf('m-1')).toBe(4500)
    expect(bays.counter.book.recentSales(5)).toHaveLength(1)
    expect(bays.overview.trays).toEqual([])
  })

test('BY-13 SE-7 staff refills and cancels under her own name; a cancelled line takes a manager’s PIN, and the audit has both', async () => {
  const bays = await meal()
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  const cashier = await signedIn(bays.counter.station, 'cashier')
  const manager = await signedIn(bays.counter.station, 'manager')
  onTestFinished(() => {
    cashier.close()
    manager.close()
  })
  await cashier.client.bays.press({ key: { kind: 'refill-begin', bayId: '1' } })
  await bays.take('1', -3000)
  await cashier.client.bays.press({ key: { kind: 'refill-end', bayId: '1' } })
  const trayId = bays.overview.trays[0]?.trayId ?? ''
  const key = { kind: 'cancel-line', trayId, bayId: '1' } as const
  const { cancel } = cashier.client.bays
  await expect(refusalOf(cancel({ key }))).resolves.toMatchObject({ code: 'NOT_ALLOWED' })
  const wrong = { staffId: manager.staffId, pin: '0000' }
  await expect(refusalOf(cancel({ key, approval: wrong }))).resolves.toMatchObject({ code: 'WRONG_PIN' })
  expect(bays.overview.trays[0]?.lines).toMatchObject([{ netMg: 200_000 }])
  await cancel({ key, approval: { staffId: manager.staffId, pin: PIN_OF.manager } })
  await expect(refusalOf(manager.client.bays.cancel({ key }))).resolves.toMatchObject({ code: 'NOT_NOW' })
  expect(notes(bays)).toEqual([
    expect.objectContaining({ actor: `staff:${cashier.staffId}`, what: 'refilled', netMg: -3_000_000 }),
    expect.objectContaining({
      actor: `staff:${cashier.staffId}`,
      approvedBy: manager.staffId,
      what: 'line-cancelled',
      netMg: 200_000,
    }),
  ])
  expect(bays.overview.notes).toHaveLength(2)
  const audit = await manager.client.staff.audit({ limit: 5, before: null })
  expect(audit.find(({ act }) => act.startsWith('bay-'))).toMatchObject({
    act: 'bay-line-cancelled',
    actorName: '小陈',
    approvedByName: '王经理',
  })
})

test('BY-13 ST-4 the contract knows the bays that are set up, and no others', async () => {
  const bays = await meal()
  const window = openWindow(bays.counter.station)
  onTestFinished(() => window.close())
  await expect(window.client.bays.setUp()).resolves.toEqual({ bayIds: ['1', '2'], exit: true })
  await expect(refusalOf(window.client.bays.watchBay({ bayId: '9' }))).resolves.toMatchObject({
    code: 'NO_SUCH_BAY',
  })
})

test('BY-10 a tray left behind is paid by itself after its time', async () => {
  const bays = await meal()
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  bays.counter.clock.ms += 21 * 60_000
  await bays.pass(1000)
  expect(bays.counter.book.balanceOf('m-1')).toBe(4500)
})

test('BY-16 the health page has every bay and its trays, and the day’s page the open trays', async () => {
  const bays = await meal()
  const manager = await signedIn(bays.counter.station, 'manager')
  onTestFinished(() => manager.close())
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  await bays.pass(3_100)
  const { items } = bays.counter.station.healthWatch.page.current
  const codes = items
    .filter(({ subject }) => subject === 'bays')
    .map(({ code, values }) => [code, values['bay']])
  expect(codes).toEqual([
    ['bay-check-due', '1'],
    ['bay-check-due', '2'],
    ['trays-open', undefined],
  ])
  expect((await manager.client.day.state()).openTrays).toEqual({ trays: 1, totalFen: 800 })
})

test('BY-16 BY-5 what nobody was bound for stands on the office’s page, over a restart', async () => {
  const before = await meal()
  await before.take('1', 150)
  await before.pass(31_000)
  const after = await killed(before)
  expect(after.overview.notes).toMatchObject([{ what: 'unattributed', bayId: '1', netMg: 150_000 }])
})

test('BY-19 the day report has what was taken without a card and what staff let go, and of the refill nothing', async () => {
  const bays = await meal()
  await bays.take('2', 150)
  await bays.pass(31_000)
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  const manager = await signedIn(bays.counter.station, 'manager')
  onTestFinished(() => manager.close())
  await manager.client.bays.press({ key: { kind: 'refill-begin', bayId: '1' } })
  await bays.take('1', -3000)
  await manager.client.bays.press({ key: { kind: 'refill-end', bayId: '1' } })
  const trayId = bays.overview.trays[0]?.trayId ?? ''
  await manager.client.bays.cancel({ key: { kind: 'cancel-line', trayId, bayId: '1' } })
  const { businessDate } = bays.counter.view
  const { notSold } = await manager.client.reports.day({ businessDate })
  const none = { unattributedMg: 0, belowMinimumMg: 0, takeRefusedMg: 0, lineCancelledMg: 0 }
  expect(notSold).toMatchObject([
    { bayId: '1', dishId: 'fish', ...none, lineCancelledMg: 200_000, totalMg: 200_000 },
    { bayId: '2', dishId: 'greens', ...none, unattributedMg: 150_000, totalMg: 150_000 },
  ])
  const { notSold: before } = await manager.client.reports.day({ businessDate: '2026-01-01' })
  expect(before).toEqual([])
})

test('BY-16 DV-6 the office’s page of the devices says which ports the bays have', async () => {
  const bays = await meal()
  const admin = await signedIn(bays.counter.station, 'admin')
  onTestFinished(() => admin.close())
  const { ports } = await admin.client.devices.page()
  const used = ports.map(({ path, usedBy, bayIds, working }) => [path, usedBy, bayIds.join(), working])
  expect(used).toEqual(
    expect.arrayContaining([
      ['/dev/scale-1', 'bay-scale', '1', true],
      ['/dev/reader-2', 'bay-reader', '2', true],
      ['/dev/exit', 'exit-reader', '', true],
    ]),
  )
})
