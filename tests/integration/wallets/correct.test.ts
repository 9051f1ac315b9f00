import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import { undoInside } from '../../../electron/station/wallets/correct.ts'
import { furnishedBook, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn } from '../../fixtures/signed-in.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function office() {
  const counter = new CounterStation()
  ends.push(() => counter.stop())
  const manager = await signedIn(counter.station, 'manager')
  return { counter, manager, client: manager.client }
}

const wrongOpening = {
  memberId: 'm-1',
  reason: 'opening-balance',
  corrects: null,
  note: '纸质账抄错',
} as const

test('LG-37 a balance is put right by an entry that says why; asked twice it is one, and it is taken back once', async () => {
  const { counter, client, manager } = await office()
  const cashier = (await signedIn(counter.station, 'cashier')).client
  const drawerFen = (await client.day.state()).drawer.expectedFen
  const correction = { correctionId: uuidv7(), amountFen: -1_250, ...wrongOpening }
  await expect(cashier.wallets.correct(correction)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  expect(await cashier.wallets.correct({ ...correction, approval })).toEqual({ balanceAfterFen: 3_750 })
  expect(await client.wallets.correct(correction)).toEqual({ balanceAfterFen: 3_750 })
  const other = client.wallets.correct({ ...correction, amountFen: -1 })
  await expect(other).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  expect(counter.book.balanceOf('m-1')).toBe(3_750)
  const lines = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(lines[0]).toMatchObject({
    kind: 'correction',
    amountFen: -1_250,
    reversible: true,
    reason: 'opening-balance',
  })

  const undo = { correctionId: uuidv7(), undoes: correction.correctionId, note: '' }
  expect(await client.wallets.undoCorrection(undo)).toEqual({ balanceAfterFen: 5_000 })
  expect(await client.wallets.undoCorrection(undo)).toEqual({ balanceAfterFen: 5_000 })
  const again = client.wallets.undoCorrection({ ...undo, correctionId: uuidv7() })
  await expect(again).rejects.toMatchObject({ code: 'ALREADY_UNDONE' })
  const third = client.wallets.undoCorrection({ ...undo, correctionId: uuidv7(), undoes: undo.correctionId })
  await expect(third).rejects.toMatchObject({ code: 'NO_SUCH_CORRECTION' })
  const after = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(after.map(({ kind, reversible, balanceAfterFen }) => [kind, reversible, balanceAfterFen])).toEqual([
    ['correction', false, 5_000],
    ['correction', false, 3_750],
    ['top-up', true, 5_000],
  ])
  const report = await client.reports.day({ businessDate: TODAY })
  expect(report.corrections).toEqual({ count: 2, addedFen: 1_250, takenFen: 1_250 })
  expect(report.drawer.expectedFen).toBe(drawerFen)
  const { folder } = counter
  await counter.stop()
  expect(verifyBook(folder).findings).toEqual([])
})

test('LG-37 LG-5 a correction never leaves a wallet below zero, and neither does taking one back', async () => {
  const { counter, client } = await office()
  const correct = (amountFen: number, correctionId = uuidv7()) =>
    client.wallets.correct({ correctionId, amountFen, ...wrongOpening })
  await expect(correct(-5_001)).rejects.toMatchObject({ code: 'TOO_MUCH', data: { balanceFen: 5_000 } })
  await expect(correct(0)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const added = uuidv7()
  await correct(300, added)
  await client.wallets.refund({ refundId: uuidv7(), memberId: 'm-1', amountFen: 5_100, note: '' })
  const undo = client.wallets.undoCorrection({ correctionId: uuidv7(), undoes: added, note: '' })
  await expect(undo).rejects.toMatchObject({ code: 'TOO_MUCH', data: { balanceFen: 200 } })
  const lines = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(lines.find(({ id }) => id === added)?.reversible).toBe(false)
  expect(counter.book.balanceOf('m-1')).toBe(200)
})

test('LG-37 what it corrects is an entry that moved her own wallet; anything else is refused and changes nothing', async () => {
  const { counter, client } = await office()
  const own = { topUpId: uuidv7(), memberId: 'm-1', amountFen: 1_000 }
  const hers = { topUpId: uuidv7(), memberId: 'm-2', amountFen: 1_000 }
  await client.members.topUp(own)
  await client.members.topUp(hers)
  const paid = saleDraft({ priceFen: 700 })
  const inCash = saleDraft({ priceFen: 700, cashFen: 700 })
  for (const sale of [paid, inCash]) counter.book.settle(sale)
  const refundId = uuidv7()
  await client.wallets.refund({ refundId, memberId: 'm-1', amountFen: 100, note: '' })
  const before = counter.book.balanceOf('m-1')
  const { entries } = counter.book.health()
  const about = { memberId: 'm-1', amountFen: 10, reason: 'other', note: '看错' } as const
  for (const corrects of [hers.topUpId, inCash.saleId, 'nothing of this name', uuidv7()])
    await expect(
      client.wallets.correct({ correctionId: uuidv7(), ...about, corrects }),
    ).rejects.toMatchObject({ code: 'NO_SUCH_ENTRY' })
  expect([counter.book.balanceOf('m-1'), counter.book.health().entries]).toEqual([before, entries])
  const first = uuidv7()
  for (const [correctionId, corrects] of [
    [first, own.topUpId],
    [uuidv7(), paid.saleId],
    [uuidv7(), refundId],
    [uuidv7(), first],
  ] as const)
    await client.wallets.correct({ correctionId, ...about, corrects })
  expect(counter.book.balanceOf('m-1')).toBe(before + 40)
  const lines = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(lines.slice(0, 4).map(({ corrects }) => corrects)).toEqual([
    first,
    refundId,
    paid.saleId,
    own.topUpId,
  ])
})

test('LG-37 a correction of another station is not taken back here', async () => {
  const { counter, client } = await office()
  const correctionId = uuidv7()
  await client.wallets.correct({ correctionId, amountFen: 70, ...wrongOpening })
  const other = furnishedBook({ originId: 'kiosk-2' })
  ends.push(() => other.close())
  const journal = counter.book.read((file) => file.journal.range('kiosk-1', 1, 1_000))
  expect(importEntries(other, 'kiosk-1', journal).kind).toBe('imported')
  const request = { correctionId: uuidv7(), undoes: correctionId, note: '', approvedBy: 's' }
  const outcome = other.write((file, append) => undoInside(file, append, request, 'test'))
  expect(outcome).toEqual({ kind: 'made-elsewhere' })
})
