import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replayInWorker } from '../../../electron/station/policy/in-worker.ts'
import { saleDraft, PACK, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

let till: CounterStation
let manager: SignedInWindow

beforeAll(async () => {
  till = new CounterStation()
  // The thread of the replay reads the key from its file, as in a real folder.
  writeFileSync(join(till.folder, 'persons.key'), new Uint8Array(32).fill(7))
  manager = await signedIn(till.station, 'manager')
  for (const memberId of ['m-1', 'm-2']) till.book.settle(saleDraft({ memberId, subsidised: true }))
})

afterAll(async () => {
  manager.close()
  await till.stop()
  rmSync(till.folder, { recursive: true, force: true })
})

const payment = { id: 'paid', title: PACK.title, when: { guest: false }, amountFen: 200, funderId: 'city' }
const withoutSubsidy = JSON.stringify({ ...PACK, steps: [{ kind: 'provider', payment }] })

test('PO-12 a manager sees what a month would have cost, with the names of those it changes most', async () => {
  const { policy } = manager.client
  const { packs } = await policy.packs()
  const own = packs.find((pack) => pack.own)
  expect(own?.id).toBe(PACK.id)
  const same = await policy.replay({ packText: own?.text ?? '', month: TODAY.slice(0, 7) })
  expect(same).toMatchObject({ meals: 2, subsidy: { beforeFen: 600, afterFen: 600 }, names: {} })
  const [replay, refused] = await Promise.allSettled([
    policy.replay({ packText: withoutSubsidy, month: TODAY.slice(0, 7) }),
    policy.replay({ packText: withoutSubsidy, month: TODAY.slice(0, 7) }),
  ])
  expect(replay).toMatchObject({
    value: {
      selfPay: { differenceFen: 600 },
      providerPayments: [{ funderId: 'city', beforeFen: 0, afterFen: 400 }],
      members: { more: 2, less: 0, same: 0 },
      names: { 'm-1': '林阿0', 'm-2': '林阿1' },
    },
  })
  expect(refused).toMatchObject({ reason: { code: 'ALREADY_RUNNING' } })
}, 60_000)

test('PO-12 while a month is replayed its standing can be asked, from nothing to all of it, and then there is none', async () => {
  const seen: [number, number][] = []
  const request = { dataFolder: till.folder, draft: PACK, month: TODAY.slice(0, 7), canteenArea: '35/3501' }
  await replayInWorker(request, undefined, (done, total) => seen.push([done, total]))
  expect([seen[0], seen.at(-1)]).toEqual([
    [0, 2],
    [2, 2],
  ])
  const { policy } = manager.client
  const running = policy.replay({ packText: withoutSubsidy, month: TODAY.slice(0, 7) })
  expect(await policy.replayStanding()).not.toBeNull()
  await running
  expect(await policy.replayStanding()).toBeNull()
}, 60_000)

test('PO-5 PO-10 a case is quoted step by step, and what is no pack is refused by its places', async () => {
  const { policy } = manager.client
  const member = { bornOn: '1950-05-05' }
  const meal = { member, date: TODAY, canteen: '35/3501', foodFen: 1_200 }
  const quoted = await policy.quote({ packText: JSON.stringify(PACK), meal })
  expect(quoted).toMatchObject({ selfPayFen: 900, funders: { city: 200, town: 100 } })
  expect(quoted.steps.at(-1)?.words.en).toBe('You pay 9.00 yuan')
  for (const packText of ['{', JSON.stringify({ ...PACK, version: 0 })]) {
    const error: unknown = await policy.quote({ packText, meal }).catch((refusal: unknown) => refusal)
    expect(error).toBeInstanceOf(ORPCError)
    expect(error).toHaveProperty('code', 'PACK_REFUSED')
    expect(error).toHaveProperty('data.problems.0.message')
  }
})
