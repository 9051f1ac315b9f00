import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { cardOf, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation, type CounterOptions } from '../../fixtures/counter-station.ts'
import { FailingCommit } from '../../fixtures/failing-commit.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { fen } from '../../../shared/domain/units.ts'

const UID = 'AA00000001'
const DEPOSIT_FEN = 1_000
/** What the furnished book begins with in its drawer. */
const DRAWER_FEN = 15_000

async function office(options: CounterOptions = {}) {
  const counter = new CounterStation({ cards: { depositFen: fen(DEPOSIT_FEN) }, ...options })
  onTestFinished(() => counter.stop())
  const { client } = await signedIn(counter.station, 'manager')
  const drawer = async () => (await client.day.state()).drawer
  const cards = async (memberId: string) => (await client.members.get({ memberId })).cards
  const deposits = async () => (await client.reports.day({ businessDate: TODAY })).deposits
  return { counter, client, drawer, cards, deposits }
}

test('LG-35 ME-13 a deposit is taken when the card is issued and paid back when it is returned; the wallet is not touched', async () => {
  const { counter, client, drawer, cards, deposits } = await office()
  expect(await client.members.cardTerms()).toMatchObject({ depositFen: DEPOSIT_FEN })
  await client.members.issueCard({ memberId: 'm-1', uid: UID })
  // Said again after a lost answer: no second deposit.
  await client.members.issueCard({ memberId: 'm-1', uid: UID })
  expect(await cards('m-1')).toEqual([
    { uid: UID, state: 'valid', depositFen: DEPOSIT_FEN, seenTwice: null },
    { uid: cardOf('m-1'), state: 'valid', depositFen: 0, seenTwice: null },
  ])
  expect(await drawer()).toMatchObject({ depositsFen: 1_000, expectedFen: DRAWER_FEN + 1_000 })
  expect(counter.book.balanceOf('m-1')).toBe(5_000)

  const request = { returnId: uuidv7(), uid: UID }
  expect(await client.members.returnCard(request)).toEqual({ depositFen: DEPOSIT_FEN })
  expect(await client.members.returnCard(request)).toEqual({ depositFen: DEPOSIT_FEN })
  expect(await drawer()).toMatchObject({ depositsFen: 0, expectedFen: DRAWER_FEN })
  expect(await deposits()).toEqual({
    beforeFen: 0,
    takenCount: 1,
    takenFen: 1_000,
    returnedCount: 1,
    returnedFen: 1_000,
    afterFen: 0,
  })
  expect(counter.book.balanceOf('m-1')).toBe(5_000)
  await expect(client.members.returnCard({ returnId: uuidv7(), uid: UID })).rejects.toMatchObject({
    code: 'CARD_RETURNED',
  })
  await expect(client.members.takeBackLost({ uid: UID })).rejects.toMatchObject({ code: 'CARD_RETURNED' })
  await expect(client.members.reportLost({ uid: UID })).rejects.toMatchObject({ code: 'CARD_RETURNED' })
})

test('ME-13 several cards of one member pay from one wallet; a returned one is refused, and is given out again as a new issue', async () => {
  const { counter, client, drawer, cards } = await office()
  await client.members.issueCard({ memberId: 'm-1', uid: UID })
  for (const cardUid of [UID, cardOf('m-1')])
    expect(counter.book.settle({ ...saleDraft({ priceFen: 1_000 }), cardUid })).toMatchObject({
      kind: 'settled',
    })
  expect(counter.book.balanceOf('m-1')).toBe(3_000)

  await client.members.returnCard({ returnId: uuidv7(), uid: cardOf('m-1') })
  await counter.empty()
  await counter.tap('m-1')
  expect(counter.view).toMatchObject({ phase: 'trouble', trouble: 'card-returned' })
  expect(counter.book.settle(saleDraft())).toMatchObject({ kind: 'refused', reason: 'card-not-valid' })

  await client.members.issueCard({ memberId: 'm-2', uid: cardOf('m-1') })
  expect(await cards('m-1')).toEqual([{ uid: UID, state: 'valid', depositFen: DEPOSIT_FEN, seenTwice: null }])
  expect(await cards('m-2')).toContainEqual({
    uid: cardOf('m-1'),
    state: 'valid',
    depositFen: DEPOSIT_FEN,
    seenTwice: null,
  })
  expect(await drawer()).toMatchObject({ depositsFen: 2_000 })
  await client.members.returnCard({ returnId: uuidv7(), uid: cardOf('m-1') })
  expect(await drawer()).toMatchObject({ depositsFen: 1_000 })
})

test('LG-35 a lost card keeps its deposit, also beside its reissue, until it is found and returned', async () => {
  const { client, drawer, cards } = await office()
  await client.members.issueCard({ memberId: 'm-1', uid: UID })
  await client.members.reissueCard({ memberId: 'm-1', newUid: 'AA00000002' })
  expect(await cards('m-1')).toContainEqual({
    uid: UID,
    state: 'lost',
    depositFen: DEPOSIT_FEN,
    seenTwice: null,
  })
  expect(await drawer()).toMatchObject({ depositsFen: 2_000 })
  const lost = client.members.returnCard({ returnId: uuidv7(), uid: UID })
  await expect(lost).rejects.toMatchObject({ code: 'CARD_LOST' })
  await client.members.takeBackLost({ uid: UID })
  expect(await client.members.returnCard({ returnId: uuidv7(), uid: UID })).toEqual({ depositFen: 1_000 })
  expect(await drawer()).toMatchObject({ depositsFen: 1_000 })
})

test('LG-35 ME-11 nothing is paid that the drawer does not hold, and nobody is erased who could still bring a card back', async () => {
  const { counter, client, drawer } = await office()
  await client.members.issueCard({ memberId: 'm-1', uid: UID })
  const { expectedFen } = await drawer()
  await client.day.moveDrawer({ moveId: uuidv7(), amountFen: 900 - expectedFen, note: '' })
  const empty = client.members.returnCard({ returnId: uuidv7(), uid: UID })
  await expect(empty).rejects.toMatchObject({ code: 'NOT_ENOUGH_CASH', data: { cashFen: 900 } })
  counter.book.settle(saleDraft({ priceFen: 5_000 }))
  await expect(client.members.erase({ memberId: 'm-1' })).rejects.toMatchObject({
    code: 'HAS_DEPOSIT',
    data: { depositFen: DEPOSIT_FEN },
  })
  await client.day.moveDrawer({ moveId: uuidv7(), amountFen: 100, note: '' })
  await client.members.returnCard({ returnId: uuidv7(), uid: UID })
  await client.members.erase({ memberId: 'm-1' })
  expect(await drawer()).toMatchObject({ depositsFen: 0 })
})

test('LG-35 a disk that fails in the middle of a return pays once, or not yet', async () => {
  for (const fault of ['instead', 'after'] as const) {
    const disk = new FailingCommit()
    const { counter, client, drawer } = await office({ openDatabase: disk.open })
    await client.members.issueCard({ memberId: 'm-1', uid: UID })
    disk.next = fault
    const request = { returnId: uuidv7(), uid: UID }
    await counter.empty()
    await expect(client.members.returnCard(request)).rejects.toMatchObject({ code: 'BOOK_UNAVAILABLE' })
    await counter.pass(1_000)
    expect(await client.members.returnCard(request)).toEqual({ depositFen: DEPOSIT_FEN })
    expect(await drawer()).toMatchObject({ depositsFen: 0, expectedFen: DRAWER_FEN })
  }
})

test('LG-35 LG-8 LG-3 deposits stand in a book that verifies, and a closed day keeps them', async () => {
  const { counter, client, deposits } = await office()
  await client.members.issueCard({ memberId: 'm-1', uid: UID })
  counter.book.settle(saleDraft())
  const countedFen = DRAWER_FEN + 1_000
  await client.day.close({ businessDate: TODAY, countedFen, floatFen: 500, explanation: '' })
  expect(await deposits()).toMatchObject({ takenFen: 1_000, afterFen: 1_000 })
  const { folder } = counter
  await counter.stop()
  expect(verifyBook(folder).findings).toEqual([])
})
