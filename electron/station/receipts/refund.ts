import type { Receipt } from '../../../shared/contract/receipts.ts'
import type { RefundMethod } from '../../../shared/domain/journal/entry.ts'
import type { BookFile } from '../book/book.ts'
import { staffNameIn } from '../day/staff-name.ts'
import { balanceAfter } from '../members/movements.ts'
import { refundEntry } from '../wallets/refund.ts'
import { footed, headed, nameOf, type ReceiptDeps } from './head.ts'
import { amountText } from './paper.ts'

const METHOD_WORDS: { readonly [Method in RefundMethod]: string } = { cash: '现金', transfer: '转账' }

/** What a senior signs when she gets her own money back; null when there is no such refund. */
export function refundReceipt(deps: ReceiptDeps, file: BookFile, refundId: string): Receipt | null {
  const found = refundEntry(file, refundId)
  if (found === null) return null
  const { entry, body } = found
  const { memberId, amountFen, method, note, approvedBy } = body
  const paper = headed(deps, '退款凭条', entry)
    .row('姓名', nameOf(deps, file, memberId))
    .row('方式', METHOD_WORDS[method])
    .strong('退还余额', amountText(amountFen))
    .row('余额', amountText(balanceAfter(file, memberId, entry)))
    .row('批准', staffNameIn(file, approvedBy))
  if (note !== '') paper.left(`说明：${note}`)
  return footed(paper.rule().left('签收：'), entry).receipt()
}
