import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { cardOf, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { FailingCommit } from '../../fixtures/failing-commit.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

const stations: CounterStation[] = []

async function office(disk?: FailingCommit): Promise<SignedInWindow & { readonly counter: CounterStation }> {
  const counter = new CounterStation(disk === undefined ? {} : { openDatabase: disk.open })
  stations.push(counter)
  const window = await signedIn(counter.station, 'cashier')
  await counter.empty()
  return { ...window, counter }
}

afterEach(async () => {
  for (const station of stations.splice(0)) await station.stop()
})

const entries = ({ book }: CounterStation): number => book.health().entries
const stateOf = ({ book }: CounterStation, uid: string) => book.lookUpCard(uid, TODAY).kind

test('ME-6 a reissued card takes the wallet along, and every card before it is lost from that moment', async () => {
  const { client, counter } = await office()
  await client.members.issueCard({ memberId: 'm-1', uid: 'AA00000001' })
  const before = entries(counter)
  await client.members.reissueCard({ memberId: 'm-1', newUid: 'AA00000002' })
  expect(entries(counter)).toBe(before + 3)
  expect([cardOf('m-1'), 'AA00000001'].map((uid) => stateOf(counter, uid))).toEqual(['lost', 'lost'])
  expect(counter.book.lookUpCard('AA00000002', TODAY)).toMatchObject({
    kind: 'known',
    member: { balanceFen: 5000, facts: { memberId: 'm-1' } },
  })
  expect(counter.book.settle(saleDraft())).toMatchObject({ kind: 'refused', reason: 'card-not-valid' })
  // Asked again after a lost answer it is as it is.
  await client.members.reissueCard({ memberId: 'm-1', newUid: 'AA00000002' })
  expect(entries(counter)).toBe(before + 3)
  expect((await client.members.get({ memberId: 'm-1' })).cards).toEqual([
    { uid: 'AA00000002', state: 'valid', depositFen: 0, seenTwice: null },
    { uid: cardOf('m-1'), state: 'lost', depositFen: 0, seenTwice: null },
    { uid: 'AA00000001', state: 'lost', depositFen: 0, seenTwice: null },
  ])
})

test('ME-6 a disk that fails in the middle leaves all her cards as they were, or all as they shall be', async () => {
  for (const fault of ['instead', 'after'] as const) {
    const disk = new FailingCommit()
    const { client, counter } = await office(disk)
    disk.next = fault
    const request = { memberId: 'm-1', newUid: 'AA00000002' }
    await expect(client.members.reissueCard(request)).rejects.toMatchObject({ code: 'BOOK_UNAVAILABLE' })
    await counter.pass(1_000)
    const old = fault === 'instead' ? ['known', 'unknown'] : ['lost', 'known']
    expect([cardOf('m-1'), 'AA00000002'].map((uid) => stateOf(counter, uid))).toEqual(old)
    await client.members.reissueCard(request)
    expect([cardOf('m-1'), 'AA00000002'].map((uid) => stateOf(counter, uid))).toEqual(['lost', 'known'])
  }
})

test('ME-6 somebody else’s card reissues nothing: all her cards stay as they are', async () => {
  const { client, counter } = await office()
  const before = entries(counter)
  const taken = { code: 'CARD_IN_USE', data: { memberId: 'm-2' } }
  const newUid = cardOf('m-2')
  await expect(client.members.reissueCard({ memberId: 'm-1', newUid })).rejects.toMatchObject(taken)
  await client.members.reportLost({ uid: newUid })
  await expect(client.members.issueCard({ memberId: 'm-1', uid: newUid })).rejects.toMatchObject(taken)
  expect(entries(counter)).toBe(before + 1)
  expect(stateOf(counter, cardOf('m-1'))).toBe('known')
  counter.book.erasePerson('m-2')
  await client.members.issueCard({ memberId: 'm-1', uid: newUid })
  expect(stateOf(counter, newUid)).toBe('known')
})

test('CK-6 lost, and found again: said twice it is written once', async () => {
  const { client, counter } = await office()
  const uid = cardOf('m-1')
  const before = entries(counter)
  await client.members.reportLost({ uid })
  await client.members.reportLost({ uid })
  expect(stateOf(counter, uid)).toBe('lost')
  await client.members.takeBackLost({ uid })
  await client.members.takeBackLost({ uid })
  await client.members.issueCard({ memberId: 'm-1', uid })
  expect(stateOf(counter, uid)).toBe('known')
  expect(entries(counter)).toBe(before + 2)
  for (const ask of [client.members.reportLost, client.members.takeBackLost])
    await expect(ask({ uid: 'FF00000000' })).rejects.toMatchObject({ code: 'NO_SUCH_CARD' })
  const nobody = client.members.issueCard({ memberId: uuidv7(), uid: 'FF00000000' })
  await expect(nobody).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
})

test('ME-7 a card held at the reader while the office waits for one pays for nothing', async () => {
  const { client, counter } = await office()
  await counter.plate(300)
  expect(counter.view.phase).toBe('ready')
  const stop = new AbortController()
  const cards = await client.members.tappedCards(undefined, { signal: stop.signal })
  expect((await cards.next()).value).toBeNull()
  await counter.tap('m-1')
  expect((await cards.next()).value).toMatchObject({
    uid: cardOf('m-1'),
    member: { memberId: 'm-1', fullName: '林阿0' },
    state: 'valid',
  })
  expect(counter.view).toMatchObject({ phase: 'ready', member: null, speech: { kind: 'line' } })
  expect(counter.book.recentSales(5)).toEqual([])

  stop.abort()
  await counter.pass(3_000)
  await counter.tap('m-1')
  expect(counter.view.phase).toBe('paid')
  expect(counter.book.balanceOf('m-1')).toBeLessThan(5000)
})

test('ME-7 the office is told of unknown and lost cards too, and the counter says nothing of them', async () => {
  const { client, counter } = await office()
  counter.book.reportCardLost(cardOf('m-2'), 'test')
  const cards = await client.members.tappedCards()
  await cards.next()
  await counter.tap('m-2')
  expect((await cards.next()).value).toMatchObject({ state: 'lost', member: { memberId: 'm-2' } })
  await counter.pass(3_000)
  await counter.tap('m-77')
  expect((await cards.next()).value).toMatchObject({ uid: cardOf('m-77'), state: 'unknown', member: null })
  expect(counter.view).toMatchObject({ phase: 'idle', trouble: null, speech: null })
})

test('ME-7 SE-10 a window that locks itself waits for no card any more: the next tap pays', async () => {
  const { client, counter } = await office()
  const cards = await client.members.tappedCards()
  await cards.next()
  await client.staff.signOut()
  await expect(cards.next()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  await counter.plate(300)
  await counter.tap('m-3')
  expect(counter.view.phase).toBe('paid')
})

test('ME-7 a window that is closed waits for no card any more: the next tap pays', async () => {
  const window = await office()
  const { client, counter } = window
  const cards = await client.members.tappedCards()
  await cards.next()
  window.close()
  await counter.plate(300)
  await counter.tap('m-3')
  expect(counter.view.phase).toBe('paid')
})

test('ME-7 at an idle counter nobody waits: a tap shows the balance and charges nothing', async () => {
  const { counter } = await office()
  await counter.tap('m-1')
  expect(counter.view).toMatchObject({
    phase: 'awaiting-plate',
    member: { displayName: '林依姆', balanceFen: 5000 },
    quote: null,
  })
  expect(counter.book.balanceOf('m-1')).toBe(5000)
})
