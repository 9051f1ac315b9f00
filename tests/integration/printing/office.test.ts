import { expect, onTestFinished, test } from 'vitest'
import type { PrinterConfig } from '../../../electron/station/deps.ts'
import { decodeEscPos } from '../../../electron/station/devices/protocols/escpos.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

const PRINTER = '/dev/printer'

const SETTINGS: PrinterConfig = {
  port: { path: PRINTER },
  widthColumns: 32,
  drawer: true,
  receipts: 'always',
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
