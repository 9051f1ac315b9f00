import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { MessageChannel } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { contract } from '../../../shared/contract/index.ts'
import { BookError } from '../../../electron/station/book/book.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'

type Client = ContractRouterClient<typeof contract>

let till: CounterStation
let client: Client
const channel = new MessageChannel()

beforeAll(async () => {
  till = new CounterStation()
  new RPCHandler(till.station.router).upgrade(channel.port1, {
    context: { connection: till.station.connect() },
  })
  client = createORPCClient(new RPCLink({ port: channel.port2 }))
  channel.port1.start()
  channel.port2.start()
  await till.empty()
  await till.plate(320)
})

afterAll(async () => {
  channel.port1.close()
  await till.stop()
})

/** Everything that a request could have changed. */
const standing = (): string => {
  const { revision: _revision, ...view } = till.view
  return JSON.stringify([view, till.book.health().entries, till.book.health().headHash])
}

const INVALID = { code: 'BAD_REQUEST', status: 400 }

const junk = fc.oneof(
  fc.anything({ withNullPrototype: false }).filter((value) => value !== undefined),
  fc.record({ key: fc.record({ kind: fc.string() }) }),
  fc.record({
    key: fc.record({
      kind: fc.constant('add-portion'),
      dishId: fc.string(),
      quantity: fc.oneof(fc.double(), fc.integer({ max: 0 }), fc.integer({ min: 100 })),
    }),
  }),
  fc.record({ key: fc.record({ kind: fc.constant('hold'), more: fc.boolean() }) }),
  fc.record({ limit: fc.oneof(fc.integer({ max: 0 }), fc.integer({ min: 101 }), fc.string()) }),
  fc.record({ saleId: fc.string() }),
  fc.record({ businessDate: fc.string() }),
)

const calls: Readonly<Record<string, (input: never) => Promise<unknown>>> = {
  'counter.press': (input) => client.counter.press(input),
  'sales.recent': (input) => client.sales.recent(input),
  'sales.explain': (input) => client.sales.explain(input),
  'sales.dayTotals': (input) => client.sales.dayTotals(input),
}

for (const [name, call] of Object.entries(calls))
  test(`ST-4 ${name} answers anything that is not a request with a typed error and changes nothing`, async () => {
    const before = standing()
    let refused = 0
    await fc.assert(
      fc.asyncProperty(junk, async (input) => {
        const sent = await call(input as never).then(
          () => null,
          (error: unknown) => error,
        )
        if (sent === null) return
        expect(sent).toBeInstanceOf(ORPCError)
        expect(sent).toMatchObject(INVALID)
        refused += 1
      }),
      { numRuns: 300, seed: 4 },
    )
    expect(refused).toBeGreaterThan(200)
    expect(standing()).toBe(before)
  })

test('ST-4 a key that does not fit the moment is a typed refusal that names the phase', async () => {
  const before = standing()
  await expect(client.counter.press({ key: { kind: 'take-cash' } })).rejects.toMatchObject({
    code: 'NOT_NOW',
    defined: true,
    data: { phase: 'ready' },
  })
  await expect(
    client.counter.press({ key: { kind: 'choose-plate', plateId: 'tray' } }),
  ).rejects.toMatchObject({ code: 'NOT_ON_MENU', data: { id: 'tray' } })
  expect(standing()).toBe(before)
})

test('ST-4 a sale that is not in the book is a typed error', async () => {
  const saleId = '01a20330-20b1-7872-b43a-7fb9957bbed5'
  await expect(client.sales.explain({ saleId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    data: { saleId },
  })
})

test('LG-22 what is asked of a book that waits to be opened again is a typed error', async () => {
  const read = till.book.recentSales.bind(till.book)
  till.book.recentSales = () => {
    throw new BookError('unavailable', 'the book waits to be opened again')
  }
  await expect(client.sales.recent({ limit: 5 })).rejects.toMatchObject({
    code: 'BOOK_UNAVAILABLE',
    defined: true,
  })
  till.book.recentSales = read
  await expect(client.sales.recent({ limit: 5 })).resolves.toBeInstanceOf(Array)
})

test('CK-1 watching the counter gives the view as it is, then each change', async () => {
  const stop = new AbortController()
  const views = await client.counter.watch(undefined, { signal: stop.signal })
  const phases: string[] = []
  const first = await views.next()
  if (first.done !== true) phases.push(first.value.phase)
  await till.tap('m-2')
  const second = await views.next()
  if (second.done !== true) phases.push(second.value.phase)
  stop.abort()
  expect(phases).toEqual(['ready', 'paid'])
})
