import type { PaidBy } from '../../../shared/contract/payers.ts'
import type { Receipt } from '../../../shared/contract/receipts.ts'
import type { JournalBodies, TopUpSource } from '../../../shared/domain/journal/entry.ts'
import type { BookFile } from '../book/book.ts'
import { walletOf } from '../book/members.ts'
import { paidByOf } from '../members/paid-by.ts'
import { footed, headed, nameOf, type ReceiptDeps } from './head.ts'
import { amountText } from './paper.ts'

const SOURCE_WORDS: { readonly [Source in TopUpSource]: string } = {
  cash: '现金',
  transfer: '转账',
  opening: '期初结转',
}

export function paperOfTopUp(deps: ReceiptDeps, file: BookFile, topUpId: string): Receipt | null {
  const row = file.queries.topUp.get(topUpId)
  const entry = row === undefined ? undefined : file.journal.bySeq(row.origin, row.seq)
  if (entry === undefined) return null
  const body = JSON.parse(entry.bodyText) as JournalBodies['wallet.topped-up']
  const { memberId, amountFen, source } = body
  const paidBy = paidByOf(file, body)
  const paper = headed(deps, '充值凭条', entry).row('姓名', nameOf(deps, file, memberId))
  if (paidBy !== null) paper.row('付款人', payerText(paidBy))
  paper.row('方式', SOURCE_WORDS[source]).strong('充值', amountText(amountFen))
  if (isReversed(file, topUpId)) paper.middle('此笔充值已撤销')
  paper.row('现余额', amountText(walletOf(file, memberId)))
  return footed(paper, entry).receipt()
}

/** In full: it is the payer who takes the slip along. */
const payerText = ({ name, relation }: PaidBy): string =>
  name === null ? '资料已删除的付款人' : `${relation ?? ''} ${name}`.trim()

const isReversed = (file: BookFile, topUpId: string): boolean =>
  file.statement<[string]>('SELECT 1 FROM top_up_reversals WHERE top_up_id = ?').get(topUpId) !== undefined
