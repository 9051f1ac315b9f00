import { expect, onTestFinished, test } from 'vitest'
import type { PrinterConfig } from '../../../electron/station/deps.ts'
import { decodeEscPos } from '../../../electron/station/devices/protocols/escpos.ts'
import { systemIds } from '../../../electron/station/system.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { openWindow, signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

const PRINTER = '/dev/printer'

const SETTINGS: PrinterConfig = {
  port: { path: PRINTER },
  widthColumns: 32,
  drawer: true,
  rareCharacters: 'text',
  drawerKey: 'office',
  receipts: { sale: 'always', topUp: true, void: true, dayClose: true },
  answers: true,
}

/** A whole station with a printer that never answers: everything waits. */
async function tillWithSilentPrinter(settings: Partial<PrinterConfig> = {}) {
  const sent: Uint8Array[] = []
  const till = new CounterStation({ receiptPrinter: { ...SETTINGS, ...settings } })
  till.bus.plug({ path: PRINTER }, (bytes) => sent.push(bytes))
  onTestFinished(() => till.stop())
  await till.pass(1_500)
  const cashier = await signedIn(till.station, 'cashier')
  onTestFinished(() => cashier.close())
  const commands = () =>
    decodeEscPos(Buffer.concat(sent)).map((thing) => (thing.kind === 'command' ? thing.command : thing.kind))
  return { till, cashier, commands }
}

const notes = (till: CounterStation) =>
  till.book.read((file) =>
    file
      .statement<[], { act: string; actor: string; subject: string | null }>(
        "SELECT act, actor, subject FROM audit WHERE act LIKE 'receipt%' OR act LIKE 'drawer%' ORDER BY seq",
      )
      .all(),
  )

async function printingView({ client }: SignedInWindow) {
  const stop = new AbortController()
  const views = await client.printing.watch(undefined, { signal: stop.signal })
  const first = await views.next()
  stop.abort()
  if (first.done === true) throw new Error('no view')
  return first.value
}

async function sellOne(till: CounterStation): Promise<string> {
  await till.empty()
  await till.plate(340)
  await till.tap('m-1')
  const { saleId, phase } = till.view
  expect(phase).toBe('paid')
  if (saleId === null) throw new Error('a sale that was paid has its id')
  return saleId
}

test('PT-6 a plate is paid while the printer is silent, and its receipt waits', async () => {
  const { till, cashier } = await tillWithSilentPrinter()
  const saleId = await sellOne(till)
  await till.pass(2_000)
  const { waiting, trouble } = await printingView(cashier)
  expect([waiting.map(({ of }) => of), trouble]).toEqual([[{ kind: 'sale', saleId }], 'silent'])
  expect(till.station.health.current.printer).toEqual({
    connected: true,
    trouble: 'silent',
    waiting: 1,
    letGo: 0,
    drawerKey: false,
  })
})

test('PT-9 a receipt printed again and one dropped are noted with who did it', async () => {
  const { till, cashier } = await tillWithSilentPrinter()
  const saleId = await sellOne(till)
  const of = { kind: 'sale', saleId } as const
  await expect(cashier.client.printing.again({ of })).resolves.toEqual({ waiting: 2 })
  await cashier.client.printing.now()
  const [first] = (await printingView(cashier)).waiting
  await cashier.client.printing.drop({ jobId: first?.jobId ?? '' })
  await expect(cashier.client.printing.drop({ jobId: first?.jobId ?? '' })).rejects.toMatchObject({
    code: 'NOT_WAITING',
  })
  const actor = `staff:${cashier.staffId}`
  const subject = `sale-${saleId}`
  expect(notes(till)).toEqual([
    { act: 'receipt-printed', actor, subject },
    { act: 'receipt-dropped', actor, subject },
  ])
  const nothing = { kind: 'top-up', topUpId: 'nothing' } as const
  await expect(cashier.client.printing.again({ of: nothing })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('PT-8 the key opens the drawer and leaves who pressed it', async () => {
  const { till, cashier, commands } = await tillWithSilentPrinter()
  await cashier.client.printing.openDrawer()
  expect(commands()).toContain('drawer')
  expect(notes(till)).toEqual([{ act: 'drawer-opened', actor: `staff:${cashier.staffId}`, subject: null }])
})

test('PT-8 where no drawer or no printer is, nothing is noted as opened', async () => {
  const without = await tillWithSilentPrinter({ drawer: false })
  await expect(without.cashier.client.printing.openDrawer()).rejects.toMatchObject({ code: 'NO_DRAWER' })
  const pulled = await tillWithSilentPrinter()
  pulled.till.bus.pull(PRINTER)
  await pulled.till.pass(100)
  await expect(pulled.cashier.client.printing.openDrawer()).rejects.toMatchObject({ code: 'NO_PRINTER' })
  expect([...notes(without.till), ...notes(pulled.till)]).toEqual([])
})

test('PT-9 a counter without a printer says so and refuses in words', async () => {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  const cashier = await signedIn(till.station, 'cashier')
  onTestFinished(() => cashier.close())
  const saleId = await sellOne(till)
  expect(await printingView(cashier)).toMatchObject({ configured: false, waiting: [] })
  await expect(cashier.client.printing.again({ of: { kind: 'sale', saleId } })).rejects.toMatchObject({
    code: 'NO_PRINTER',
  })
  expect(till.station.health.current.printer).toBeNull()
})

test('PT-8 the drawer’s key on the staff’s screen is there where it is configured, and noted', async () => {
  const { till, cashier, commands } = await tillWithSilentPrinter({ drawerKey: 'counter' })
  const window = openWindow(till.station)
  onTestFinished(() => window.close())
  expect(till.station.health.current.printer?.drawerKey).toBe(true)
  await window.client.counter.openDrawer()
  await cashier.client.counter.openDrawer()
  expect(commands().filter((command) => command === 'drawer')).toHaveLength(2)
  expect(notes(till).map(({ actor }) => actor)).toEqual(['counter', `staff:${cashier.staffId}`])
})

test('PT-8 without that setting nobody opens the drawer from the staff’s screen', async () => {
  const { till, commands } = await tillWithSilentPrinter()
  const window = openWindow(till.station)
  onTestFinished(() => window.close())
  await expect(window.client.counter.openDrawer()).rejects.toMatchObject({ code: 'NO_DRAWER' })
  expect(commands()).not.toContain('drawer')
  expect(notes(till)).toEqual([])
})

/** A sale, a top-up asked for twice under one id, the sale's void, the day's close. */
async function dayWithEverything(till: CounterStation) {
  const manager = await signedIn(till.station, 'manager')
  onTestFinished(() => manager.close())
  const { client } = manager
  const saleId = await sellOne(till)
  const topUpId = systemIds.next()
  const topUp = { topUpId, memberId: 'm-1', amountFen: 5000 }
  await client.members.topUp(topUp)
  await client.members.topUp(topUp)
  await client.sales.void({ voidId: systemIds.next(), saleId, reason: 'other', note: '' })
  await till.empty()
  await till.pass(5_000)
  const { drawer, toClose } = await client.day.state()
  const businessDate = toClose ?? till.view.businessDate
  const countedFen = drawer.expectedFen
  await client.day.close({ businessDate, countedFen, explanation: '', floatFen: 0 })
  return { manager, saleId, topUpId, businessDate }
}

test('PT-10 sales, top-ups, voids and the day’s close print by themselves, each once', async () => {
  const { till } = await tillWithSilentPrinter()
  const { manager, saleId, topUpId, businessDate } = await dayWithEverything(till)
  const { waiting } = await printingView(manager)
  expect(waiting.map(({ of }) => of)).toEqual([
    { kind: 'sale', saleId },
    { kind: 'top-up', topUpId },
    { kind: 'void', saleId },
    { kind: 'day-close', businessDate },
  ])
})

test.each([
  ['topUp', 'top-up'],
  ['void', 'void'],
  ['dayClose', 'day-close'],
] as const)('PT-10 with %s switched off everything but that prints', async (setting, kind) => {
  const receipts = { ...SETTINGS.receipts, [setting]: false }
  const { till } = await tillWithSilentPrinter({ receipts })
  const { manager } = await dayWithEverything(till)
  const kinds = (await printingView(manager)).waiting.map(({ of }) => of.kind)
  expect(kinds).toHaveLength(3)
  expect(kinds).not.toContain(kind)
})
