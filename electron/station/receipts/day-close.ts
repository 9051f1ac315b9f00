import type { Receipt } from '../../../shared/contract/receipts.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { BookFile } from '../book/book.ts'
import { dayTotals } from '../book/reports.ts'
import { staffNameIn } from '../day/staff-name.ts'
import { footed, headed, type ReceiptDeps } from './head.ts'
import { amountText } from './paper.ts'

interface Voided {
  readonly count: number
  readonly price_fen: number
}

/** What a manager signed off: the day's figures, the drawer, and the hash of everything written up to the close. */
export function dayCloseReceipt(deps: ReceiptDeps, file: BookFile, businessDate: string): Receipt | null {
  const close = file
    .statement<[string], { origin: string; seq: number }>(
      'SELECT origin, seq FROM day_closes WHERE closed_date = ? ORDER BY origin',
    )
    .all(businessDate)
    .findLast(({ origin }) => stationOf(origin) === stationOf(file.originId))
  const entry = close === undefined ? undefined : file.journal.bySeq(close.origin, close.seq)
  if (entry === undefined) return null
  const body = JSON.parse(entry.bodyText) as JournalBodies['day.closed']
  const totals = dayTotals(file, businessDate)
  const voided = voidsOf(file, businessDate)
  const paper = headed(deps, '日结单', entry).row('营业日', businessDate)
  paper.row('结账', staffNameIn(file, body.closedBy)).rule()
  paper
    .row('用餐', `${totals.meals} 单`)
    .row('原价合计', amountText(totals.priceFen))
    .row('补贴', amountText(totals.subsidyFen))
    .row('卡内支付', amountText(totals.walletFen))
    .row('现金', amountText(totals.cashFen))
    .row(`作废 ${voided.count} 单`, amountText(-voided.price_fen))
    .rule()
    .row('应有现金', amountText(body.expectedFen))
    .row('实点现金', amountText(body.countedFen))
    .strong('差额', amountText(body.countedFen - body.expectedFen))
  if (body.explanation !== '') paper.left(`说明：${body.explanation}`)
  paper
    .row('留作找零', amountText(body.floatFen))
    .row('交存', amountText(body.countedFen - body.floatFen))
    .rule()
    .row('当日最后一笔', String(body.headSeq))
    .left(body.headHash)
  return footed(paper, entry).receipt()
}

const voidsOf = (file: BookFile, businessDate: string): Voided =>
  file
    .statement<[string], Voided>(
      'SELECT coalesce(sum(meals), 0) AS count, coalesce(sum(price_fen), 0) AS price_fen FROM reversed_periods WHERE business_date = ?',
    )
    .get(businessDate) ?? { count: 0, price_fen: 0 }
