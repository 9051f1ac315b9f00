import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { verifyDatabase } from '../../../electron/station/book/verify-book.ts'
import { roundedFen } from '../../../shared/domain/rounding.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { furnishedBook, PACK, saleDraft } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type OfficeClient } from '../../fixtures/signed-in.ts'

/** The faults of the ledger that no other file stages: the same key with another body is in settle.test.ts. */

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

test('LG-5 meals and money taken back at the same moment by several windows never bring a wallet below zero', async () => {
  const till = new CounterStation()
  ends.push(() => till.stop())
  const windows: OfficeClient[] = []
  for (let number = 0; number < 3; number += 1) windows.push((await signedIn(till.station, 'manager')).client)
  const topUps = Array.from({ length: 12 }, () => uuidv7())
  for (const topUpId of topUps)
    till.book.topUp({ topUpId, memberId: 'm-1', amountFen: fen(1_000), source: 'cash' }, 'test')
  let soldFen = 0
  const asked = topUps.map(async (topUpId, index) => {
    const client = windows[index % windows.length]
    const answer = client?.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '' })
    if (till.book.settle(saleDraft({ priceFen: 1_700 })).kind === 'settled') soldFen += 1_700
    return await answer
  })
  const answers = await Promise.allSettled(asked)
  const back = answers.filter(({ status }) => status === 'fulfilled').length
  const refusals = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [(answer.reason as { readonly code?: unknown }).code] : [],
  )
  expect(new Set(refusals)).toEqual(new Set(['ALREADY_SPENT']))
  expect(soldFen).toBeGreaterThan(0)
  expect(back).toBeLessThan(topUps.length)
  const balanceFen = till.book.balanceOf('m-1')
  expect(balanceFen).toBe(5_000 + 12_000 - soldFen - 1_000 * back)
  expect(balanceFen).toBeGreaterThanOrEqual(0)
})

/** The pack of the tests with a limit of ten yuan a month in place of one meal a day. */
const CAPPED: PolicyPack = {
  ...PACK,
  id: 'capped',
  steps: PACK.steps.map((step) =>
    step.kind === 'benefits'
      ? {
          ...step,
          benefits: step.benefits.map((benefit) => ({
            ...benefit,
            limits: [{ per: 'month', amountFen: fen(1_000), scope: 'everywhere' }],
          })),
        }
      : step,
  ),
}

function ofCapped(shape: Parameters<typeof saleDraft>[0] = {}, subsidyFen = 300): SaleDraft {
  const draft = saleDraft({ ...shape, subsidised: true })
  const { quote } = draft
  const selfPayFen = fen(quote.priceFen - subsidyFen)
  const funders = [{ funderId: 'city', amountFen: fen(subsidyFen) }]
  return {
    ...draft,
    quote: {
      ...quote,
      packId: 'capped',
      subsidyFen: fen(subsidyFen),
      selfPayFen,
      benefits: [{ benefitId: 'daily-3', amountFen: fen(subsidyFen), funders }],
    },
    tender: { walletFen: selfPayFen, cashFen: fen(0) },
  }
}

test('LG-18 a subsidy that comes to its limit gives what is left of it, and together never a fen more', () => {
  const book = furnishedBook()
  ends.push(() => book.close())
  book.append({ kind: 'policy.published', body: { pack: CAPPED } }, 'test')
  const answers = [300, 300, 300, 300, 101, 100, 1].map((subsidyFen) => {
    const outcome = book.settle(ofCapped({ priceFen: 450 }, subsidyFen))
    return outcome.kind === 'refused' ? outcome.reason : outcome.kind
  })
  expect(answers).toEqual([
    'settled',
    'settled',
    'settled',
    'subsidy-used',
    'subsidy-used',
    'settled',
    'subsidy-used',
  ])
  const claimed = book.read((file) =>
    file.statement<[], { fen: number }>('SELECT sum(amount_fen) AS fen FROM day_funders').get(),
  )
  expect(claimed?.fen).toBe(1_000)
})

test('LG-3 LG-4 PR-3 an amount rounded to the jiao and paid by wallet, cash and funders leaves no fen anywhere', () => {
  const book = furnishedBook()
  ends.push(() => book.close())
  for (const memberId of ['m-1', 'm-2'])
    book.topUp({ topUpId: uuidv7(), memberId, amountFen: fen(30_000), source: 'cash' }, 'test')
  for (let number = 0; number < 60; number += 1) {
    const priceFen = roundedFen(2_100 + number * 17, 3, { to: 'jiao', mode: 'half-up' })
    expect(priceFen % 10).toBe(0)
    const cashFen = (number * 37) % (priceFen - 300)
    const memberId = number % 2 === 0 ? 'm-1' : 'm-2'
    const draft = saleDraft({ memberId, priceFen, cashFen, subsidised: number < 2 })
    expect(book.settle(draft).kind).toBe('settled')
  }
  const sums = book.read((file) =>
    file
      .statement<[], { sales: number; sum: number; worst: number }>(
        `SELECT (SELECT count(*) FROM sales) AS sales,
           (SELECT sum(debit_fen - credit_fen) FROM balances) AS sum,
           (SELECT max(abs(s)) FROM (SELECT sum(debit_fen - credit_fen) AS s FROM postings GROUP BY origin, seq)) AS worst`,
      )
      .get(),
  )
  expect(sums).toEqual({ sales: 60, sum: 0, worst: 0 })
  expect(book.read((file) => verifyDatabase(file.db)).findings).toEqual([])
})
