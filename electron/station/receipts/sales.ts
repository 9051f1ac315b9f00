import type { Receipt } from '../../../shared/contract/receipts.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import {
  ownWalletFen,
  type Reversal,
  type SaleDraft,
  type SaleLine,
  type Tender,
  type VoidReason,
} from '../../../shared/domain/sale.ts'
import type { BookFile } from '../book/book.ts'
import { lastDayOfGrant } from '../book/grants.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { staffNameIn } from '../day/staff-name.ts'
import { funderNames } from '../reports/names.ts'
import { partEntriesOf, partEntry } from '../sales/parts.ts'
import { voidOf } from '../sales/voids.ts'
import { clockText, footed, headed, MEAL_WORDS, nameOf, type ReceiptDeps } from './head.ts'
import { amountText, type Paper } from './paper.ts'
import { writeQuote } from './quote-rows.ts'

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
  writeParts(paper, file, sale)
  writeQuote(paper.rule(), quote, funderNames(file))
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
  const body = JSON.parse(entry.bodyText) as JournalBodies['sale.voided']
  return givenBack(deps, file, { title: '作废凭条', entry, sale, body })
}

/** What was given back for a part of a sale; null when there is no such part. */
export function partReceipt(deps: ReceiptDeps, file: BookFile, reversalId: string): Receipt | null {
  const found = partEntry(file, reversalId)
  const sale = found === null ? null : entryOfSale(file, found.body.saleId)
  if (found === null || sale === null) return null
  return givenBack(deps, file, { title: '退菜凭条', sale, ...found })
}

interface GivenBack {
  readonly title: string
  readonly entry: StoredEntry
  readonly sale: StoredEntry
  readonly body: JournalBodies['sale.voided'] | JournalBodies['sale.part-reversed']
}

function givenBack(deps: ReceiptDeps, file: BookFile, { title, entry, sale, body }: GivenBack): Receipt {
  const { reversed, reason, balanceAfterFen, approvedBy } = body
  const { memberId, cashFen, subsidyFen } = reversed
  const paper = headed(deps, title, entry)
  if (memberId !== null) paper.row('姓名', nameOf(deps, file, memberId))
  paper
    .row('原单时间', clockText(Date.parse(sale.at), deps.config.canteen.timeZone))
    .row('原单凭证', `${sale.seq}`)
    .row('原因', REASON_WORDS[reason])
    .row('批准', staffNameIn(file, approvedBy))
    .rule()
  const { lines } = (JSON.parse(sale.bodyText) as JournalBodies['sale.settled']).sale
  if ('reversalId' in body)
    for (const [index, { lineNo }] of body.reversed.lines.entries())
      writeDish(paper, lines[lineNo]?.name.zh ?? '', body.reversed.dishes[index])
  paper.row('原价', amountText(reversed.priceFen))
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

/** Under the lines: what of them was taken back since. */
function writeParts(paper: Paper, file: BookFile, { saleId, lines }: SaleDraft): void {
  for (const { body } of partEntriesOf(file, saleId))
    for (const [index, { lineNo }] of body.reversed.lines.entries())
      writeDish(paper, `已退 ${lines[lineNo]?.name.zh ?? ''}`, body.reversed.dishes[index], -1)
}

function writeDish(
  paper: Paper,
  name: string,
  dish: Reversal['dishes'][number] | undefined,
  sign: 1 | -1 = 1,
): void {
  if (dish === undefined) return
  const { netMg, quantity, amountFen } = dish
  paper.row(`${name} ${netMg > 0 ? `${netMg / 1000} 克` : `${quantity} 份`}`, amountText(sign * amountFen))
}

function writeLine(paper: Paper, line: SaleLine): void {
  const amount = line.kind === 'weighed' ? `${line.netMg / 1000} 克` : `${line.quantity} 份`
  paper.row(`${line.name.zh} ${amount}`, amountText(line.amountFen))
}
