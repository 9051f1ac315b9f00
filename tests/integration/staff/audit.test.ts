import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { noteAudit, readAudit } from '../../../electron/station/staff/audit.ts'
import type { AuditLine } from '../../../shared/contract/staff.ts'
import { staffActor } from '../../../shared/domain/staff.ts'
import { fen } from '../../../shared/domain/units.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { PIN_OF } from '../../fixtures/signed-in.ts'
import { OfficeTill } from './till.ts'

const told = ({ act, actorName, subject, approvedByName }: AuditLine) => [
  act,
  actorName,
  subject,
  approvedByName,
]

test('SE-8 the audit tells who did what to whom, by name, newest first, and leaves sales out', async () => {
  const till = new OfficeTill()
  const { book } = till.counter
  const cashier = await till.as('cashier')
  const manager = await till.as('manager')
  const actor = staffActor(cashier.staffId)
  const saleId = uuidv7()
  book.settle(saleDraft({ saleId, memberId: 'm-2' }))
  book.topUp({ topUpId: uuidv7(), memberId: 'm-1', amountFen: fen(1000), source: 'cash' }, actor)
  noteAudit(book, staffActor(manager.staffId), 'id-number-shown', 'm-2')
  noteAudit(book, staffActor(manager.staffId), 'report-exported', '2026-11-03.xlsx')
  const moveId = uuidv7()
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  await cashier.client.day.moveDrawer({ moveId, amountFen: 20_000, note: '零钱', approval })
  const lines = await manager.client.staff.audit({ limit: 6, before: null })
  expect(lines.map(told)).toEqual([
    ['drawer.moved', '小陈', '零钱', '王经理'],
    ['report-exported', '王经理', '2026-11-03.xlsx', null],
    ['id-number-shown', '王经理', '林阿1', null],
    ['wallet.topped-up', '小陈', '林阿0', null],
    ['signed-in', '王经理', '王经理', null],
    ['signed-out', '周主任', '周主任', null],
  ])
})

test('SE-8 pages follow one another without a gap or a repetition, also where many acts have one moment', async () => {
  const till = new OfficeTill()
  const { client } = await till.as('manager')
  const whole = await client.staff.audit({ limit: 200, before: null })
  const paged: AuditLine[] = []
  for (let before: { origin: string; seq: number } | null = null; ;) {
    const page: readonly AuditLine[] = await client.staff.audit({ limit: 4, before })
    paged.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < 4) break
    before = { origin: last.origin, seq: last.seq }
  }
  expect(paged).toEqual(whole)
  expect(whole.map(({ seq }) => seq)).toEqual(whole.map((_, index) => whole.length - index))
  await expect(client.staff.audit({ limit: 4, before: { origin: 'kiosk-9', seq: 1 } })).resolves.toEqual([])
})

test('SE-8 a clock that is set back does not change the order of the audit', async () => {
  const till = new OfficeTill()
  const { client } = await till.as('manager')
  till.counter.clock.ms -= 3_600_000
  noteAudit(till.counter.book, 'test', 'receipt-printed', 'late')
  const [first] = await client.staff.audit({ limit: 1, before: null })
  expect(first).toMatchObject({ act: 'receipt-printed', subject: 'late' })
})

test('SE-8 a page of the audit reads no sale, however many there are', async () => {
  const till = new OfficeTill()
  const { book } = till.counter
  const { db } = book.read((file) => file)
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT seq FROM journal WHERE kind <> 'sale.settled' AND (hlc, origin) < ('z', '')
       ORDER BY hlc DESC, origin DESC LIMIT 50`,
    )
    .all()
  expect(JSON.stringify(plan)).toContain('USING INDEX journal_acts')
  expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE')
  const sales = Array.from({ length: 3_000 }, () => ({
    kind: 'sale.settled' as const,
    body: { sale: saleDraft({ memberId: null }), balanceAfterFen: null },
  }))
  book.appendMany(sales, 'counter')
  const startedMs = performance.now()
  expect(readAudit(book, 11, null)).toHaveLength(11)
  expect(performance.now() - startedMs).toBeLessThan(50)
})
