import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ASK_PAPER, decodeEscPos } from '../../../electron/station/devices/protocols/escpos.ts'
import { systemTimers } from '../../../electron/station/system.ts'
import { openPtyPair } from '../../../electron/trial/wires/pty-pair.ts'
import { CounterWithPrinter, until } from './counter-with-printer.ts'

const seqOf = (till: CounterWithPrinter, saleId: string): string =>
  String(till.book.read((file) => file.queries.sale.get(saleId))?.seq)

const ASKED_FOR = { sale: 'on-request', topUp: false, void: false, dayClose: false } as const

test('PT-7 each sale is printed once, in its order, and then waits no more', async () => {
  const till = new CounterWithPrinter()
  await till.printer.plug()
  till.start()
  const sales = [till.sell(), till.sell({ memberId: 'm-2' }), till.sell({ memberId: null })]
  await until('three receipts', () => till.printer.receipts.length === 3)
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
  for (const [index, { saleId }] of sales.entries())
    expect(till.printer.receipts[index]).toMatch(new RegExp(`凭证\\s+${seqOf(till, saleId)} `))
  expect(till.printer.receipts[0]).toContain('测试食堂')
})

test.each([
  ['cash-only', 1],
  ['on-request', 0],
] as const)('PT-7 with receipts %s a card and a cash sale print %i', async (sale, count) => {
  const till = new CounterWithPrinter({ receipts: { ...ASKED_FOR, sale } })
  await till.printer.plug()
  till.start()
  till.sell()
  till.sell({ memberId: null })
  const asked = till.sell({ memberId: 'm-2' })
  till.printing.again({ kind: 'sale', saleId: asked.saleId })
  await until('the asked one', () => till.printer.receipts.length === count + 1)
  expect(till.printer.receipts.at(-1)).toContain(`${seqOf(till, asked.saleId)} `)
})

test('PT-3 out of paper it waits, says so, and goes on by itself when there is paper again', async () => {
  const till = new CounterWithPrinter()
  till.printer.hasPaper = false
  await till.printer.plug()
  till.start()
  till.sell()
  await until('no paper', () => till.printing.view.current.trouble === 'no-paper')
  expect(till.printing.view.current.waiting).toHaveLength(1)
  till.printer.hasPaper = true
  await until('printed', () => till.printer.receipts.length === 1)
  await until('well', () => till.printing.view.current.trouble === null)
  expect(till.printing.view.current.waiting).toHaveLength(0)
})

test('PT-3 a printer that is switched off is silent, and prints when it is on again', async () => {
  const till = new CounterWithPrinter()
  till.printer.isOn = false
  await till.printer.plug()
  till.start()
  till.sell()
  await until('silent', () => till.printing.view.current.trouble === 'silent')
  till.printer.isOn = true
  till.printing.now()
  await until('printed', () => till.printer.receipts.length === 1)
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
  expect(till.printing.view.current.trouble).toBeNull()
})

test('PT-7 pulled in the middle of a receipt, it is printed whole once the cable is back', async () => {
  const till = new CounterWithPrinter()
  let heard = 0
  await till.wire
    .plug({
      onData(bytes) {
        heard += bytes.length
        if (heard === ASK_PAPER.length) void answer()
        if (heard > ASK_PAPER.length) void till.wire.unplug()
      },
      onLost: () => undefined,
    })
    .then((line) => {
      answer = async () => line.write(Uint8Array.of(0x12))
    })
  till.start()
  till.sell()
  await until('gone', () => heard > ASK_PAPER.length && !till.printing.view.current.connected)
  expect(till.printing.view.current.waiting).toHaveLength(1)
  await till.printer.plug()
  await until('printed', () => till.printer.receipts.length === 1)
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
  expect(till.printer.receipts[0]).toContain('测试食堂')
})
let answer: () => Promise<void> = () => Promise.resolve()

test('PT-7 what waits outlives the station, and a sale it died behind is found in the journal', async () => {
  const till = new CounterWithPrinter()
  till.start()
  const first = till.sell()
  await till.stop()
  const unheard = till.sell({ memberId: 'm-2' }, 'died')
  expect(readFileSync(join(till.folder, 'print-queue.json'), 'utf8')).not.toContain('林')
  till.start()
  expect(till.printing.view.current.waiting.map(({ of }) => of)).toEqual([
    { kind: 'sale', saleId: first.saleId },
    { kind: 'sale', saleId: unheard.saleId },
  ])
  await till.printer.plug()
  await until('both', () => till.printer.receipts.length === 2)
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
  await till.stop()
  till.start()
  expect(till.printing.view.current.waiting).toEqual([])
})

test('PT-7 a queue that cannot be read is begun anew, and the past is not printed', async () => {
  const till = new CounterWithPrinter()
  writeFileSync(join(till.folder, 'print-queue.json'), '{"version":1,"wai')
  till.start()
  till.sell({}, 'died')
  await till.stop()
  writeFileSync(join(till.folder, 'print-queue.json'), 'torn')
  till.start()
  expect(till.printing.view.current.waiting).toEqual([])
  expect(till.log.lines.filter(({ event }) => event === 'print-queue.unreadable')).toHaveLength(2)
})

test('PT-7 what waits is bounded: the oldest are let go, and told', () => {
  const till = new CounterWithPrinter()
  till.start()
  const { saleId } = till.sell()
  for (let count = 0; count < 230; count += 1) till.printing.again({ kind: 'top-up', topUpId: `t-${count}` })
  const { waiting, letGo } = till.printing.view.current
  expect([waiting.length, letGo]).toEqual([200, 31])
  expect(JSON.stringify(waiting)).not.toContain(saleId)
})

test('PT-6 a printer that never reads holds up no sale and takes none back', async () => {
  const till = new CounterWithPrinter({ drawer: false })
  const pair = await openPtyPair(systemTimers, { folder: till.folder, name: 'lp' })
  onTestFinished(() => pair.close())
  till.start()
  await until('open', () => till.printing.view.current.connected)
  const spentMs: number[] = []
  for (let count = 0; count < 100; count += 1) {
    const startedMs = performance.now()
    till.sell({ memberId: null })
    spentMs.push(performance.now() - startedMs)
  }
  await until('silent', () => till.printing.view.current.trouble === 'silent')
  expect(Math.max(...spentMs.toSorted((one, other) => one - other).slice(0, 95))).toBeLessThan(50)
  expect(till.book.recentSales(200)).toHaveLength(100)
  expect(till.printing.view.current.waiting).toHaveLength(100)
})

test('PT-6 without any printer there the counter sells, and stops in good order', async () => {
  const till = new CounterWithPrinter({ port: { serialNumber: 'never-plugged' } })
  till.start()
  till.sell()
  await until('unplugged', () => till.printing.view.current.trouble === 'unplugged')
  await till.stop()
  expect(till.book.recentSales(1)).toHaveLength(1)
})

test('PT-7 a printer that says nothing has printed what was sent, unless it is pulled meanwhile', async () => {
  const till = new CounterWithPrinter({ answers: false })
  await till.printer.plug()
  till.start()
  till.sell()
  await until('printed', () => till.printer.receipts.length === 1)
  expect(till.printing.view.current.waiting).toHaveLength(1)
  await until('marked', () => till.printing.view.current.waiting.length === 0)
})

test('PT-7 a network printer is written to at its address and waited for when it is away', async () => {
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('data', (bytes: Buffer) => {
      heard.push(bytes)
      if (bytes.includes(Buffer.from(ASK_PAPER))) socket.write(Uint8Array.of(0x12))
    })
  })
  const listen = (port: number): Promise<number> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        if (address !== null && typeof address === 'object') resolve(address.port)
      })
    })
  const port = await listen(0)
  const stopServing = (): Promise<unknown> => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => {
      server.close(resolve)
    })
  }
  await stopServing()
  const till = new CounterWithPrinter({ port: { host: '127.0.0.1', port } })
  till.start()
  till.sell()
  await until('away', () => till.printing.view.current.trouble === 'unplugged')
  await listen(port)
  onTestFinished(async () => {
    await stopServing()
  })
  await until('nothing waits', () => till.printing.view.current.waiting.length === 0)
  const text = decodeEscPos(Buffer.concat(heard)).map((thing) => (thing.kind === 'print' ? thing.text : ''))
  expect(text.join('')).toContain('测试食堂')
})

test('PT-8 a sale that takes cash opens the drawer at once, one by card does not', async () => {
  const till = new CounterWithPrinter({ receipts: ASKED_FOR })
  await till.printer.plug()
  till.start()
  await until('open', () => till.printing.view.current.connected)
  till.sell()
  till.sell({ cashFen: 100, memberId: 'm-2' })
  till.sell({ memberId: null })
  await until('opened', () => till.printer.drawerOpenings === 2)
  expect(till.printer.receipts).toEqual([])
})

test('PT-8 a drawer without its printer is not opened later', async () => {
  const till = new CounterWithPrinter({ receipts: ASKED_FOR })
  till.start()
  till.sell({ memberId: null })
  expect(till.log.lines).toContainEqual(expect.objectContaining({ event: 'drawer.not-opened' }))
  await till.printer.plug()
  await until('open', () => till.printing.view.current.connected)
  expect(till.printing.openDrawer()).toBe(true)
  await until('opened', () => till.printer.drawerOpenings > 0)
  expect(till.printer.drawerOpenings).toBe(1)
})
