import type { Receipt } from '../../../shared/contract/receipts.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { ownWalletFen, type SaleLine, type Tender, type VoidReason } from '../../../shared/domain/sale.ts'
import type { BookFile } from '../book/book.ts'
import { lastDayOfGrant } from '../book/grants.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { staffNameIn } from '../day/staff-name.ts'
import { voidOf } from '../sales/voids.ts'
import { clockText, footed, headed, MEAL_WORDS, nameOf, type ReceiptDeps } from './head.ts'
import { amountText, type Paper } from './paper.ts'

const REASON_WORDS: { readonly [Reason in VoidReason]: string } = {
  'wrong-dish': '选错菜',
  'wrong-weight': '称重有误',
  'wrong-member': '刷错卡',
  'not-taken': '没有取餐',
  other: '其他',
}

/** What the senior paid and why; one that was taken back says so. */
export function saleReceipt(deps: ReceiptDeps, file: BookFile, saleId: string): Receipt | null {
  const entry = entryOfSale(file, saleId)
  if (entry === null) return null
  const { sale, balanceAfterFen } = JSON.parse(entry.bodyText) as JournalBodies['sale.settled']
  const { quote, tender, memberId } = sale
  const paper = headed(deps, '消费凭条', entry).row('餐段', MEAL_WORDS[sale.mealPeriod])
  if (memberId !== null) paper.row('姓名', nameOf(deps, file, memberId))
  if (voidOf(file, saleId) !== null) paper.middle('此单已作废')
  paper.rule()
  for (const line of sale.lines) writeLine(paper, line)
  paper.rule().row('原价', amountText(quote.priceFen))
  if (quote.discountFen > 0) paper.row('优惠', amountText(-quote.discountFen))
  if (quote.subsidyFen > 0) paper.row('补贴', amountText(-quote.subsidyFen))
  paper.strong('您付', amountText(quote.selfPayFen))
  writeGrants(paper, file, tender, '助餐金')
  if (ownWalletFen(tender) > 0) paper.row('卡内支付', amountText(ownWalletFen(tender)))
  if (tender.cashFen > 0) paper.row('现金', amountText(tender.cashFen))
  if (balanceAfterFen !== null) paper.row('余额', amountText(balanceAfterFen))
  return footed(paper, entry).receipt()
}

/** What was given back for a sale that was taken back; null while it stands. */
export function voidReceipt(deps: ReceiptDeps, file: BookFile, saleId: string): Receipt | null {
  const entry = voidOf(file, saleId)
  const sale = entryOfSale(file, saleId)
  if (entry === null || sale === null) return null
  const { reversed, reason, balanceAfterFen, approvedBy } = JSON.parse(
    entry.bodyText,
  ) as JournalBodies['sale.voided']
  const { memberId, cashFen, subsidyFen } = reversed
  const paper = headed(deps, '作废凭条', entry)
  if (memberId !== null) paper.row('姓名', nameOf(deps, file, memberId))
  paper
    .row('原单时间', clockText(Date.parse(sale.at), deps.config.canteen.timeZone))
    .row('原单凭证', `${sale.seq}`)
    .row('原因', REASON_WORDS[reason])
    .row('批准', staffNameIn(file, approvedBy))
    .rule()
    .row('原价', amountText(reversed.priceFen))
  if (subsidyFen > 0) paper.row('补贴退回', amountText(subsidyFen))
  writeGrants(paper, file, reversed, '退助餐金')
  if (memberId !== null) paper.strong('退回卡内', amountText(ownWalletFen(reversed)))
  if (cashFen > 0 || memberId === null) paper.strong('退还现金', amountText(cashFen))
  if (balanceAfterFen !== null) paper.row('余额', amountText(balanceAfterFen))
  return footed(paper, entry).receipt()
}

/** Each grant with its part and its last day, in the order of use; half of narrow paper is 16 columns. */
function writeGrants(
  paper: Paper,
  file: BookFile,
  { grants = [] }: Pick<Tender, 'grants'>,
  word: string,
): void {
  for (const { grantId, amountFen } of grants) {
    const lastDay = lastDayOfGrant(file, grantId)
    paper.row(lastDay === null ? word : `${word}至${lastDay.slice(5)}`, amountText(amountFen))
  }
}

function entryOfSale(file: BookFile, saleId: string): StoredEntry | null {
  const row = file.queries.sale.get(saleId)
  return row === undefined ? null : (file.journal.bySeq(row.origin, row.seq) ?? null)
}

function writeLine(paper: Paper, line: SaleLine): void {
  const amount = line.kind === 'weighed' ? `${line.netMg / 1000} 克` : `${line.quantity} 份`
  paper.row(`${line.name.zh} ${amount}`, amountText(line.amountFen))
}
