import type { Movement } from '../../../shared/contract/members.ts'
import type { StatementLanguage } from '../../../shared/contract/wallets.ts'
import type { TopUpSource } from '../../../shared/domain/journal/entry.ts'

interface StatementWords {
  readonly title: string
  readonly trial: string
  readonly span: (from: string, to: string) => string
  readonly opening: string
  readonly closing: string
  readonly paidIn: string
  readonly paidOut: string
  readonly grantsUsed: string
  readonly columns: readonly [date: string, what: string, amount: string, balance: string]
  readonly none: string
  readonly brought: string
  readonly carried: string
  readonly kind: { readonly [Kind in Movement['kind']]: string }
  readonly source: { readonly [Source in TopUpSource]: string }
  /** Who of her family paid; null once the payer's data was erased. */
  readonly paidBy: (who: string | null) => string
  readonly grants: (amount: string) => string
  readonly yuan: string
  readonly made: (at: string) => string
  readonly check: string
}

/** What stands on a statement, for the senior who holds it in her hands. */
export const STATEMENT_WORDS: { readonly [Language in StatementLanguage]: StatementWords } = {
  'zh-CN': {
    title: '对账单',
    trial: '试用数据，不作凭证',
    span: (from, to) => `${from} 至 ${to}`,
    opening: '期初余额',
    closing: '期末余额',
    paidIn: '存入',
    paidOut: '用去',
    grantsUsed: '助餐金付了',
    columns: ['日期', '什么事', '金额', '余额'],
    none: '这段时间没有进出。',
    brought: '期初余额',
    carried: '期末余额',
    kind: {
      sale: '吃饭',
      void: '退餐',
      'top-up': '充值',
      'top-up-reversed': '充值撤回',
      refund: '退还余额',
      correction: '更正余额',
      grant: '发助餐金',
      'grant-expired': '助餐金到期',
    },
    source: { cash: '现金', transfer: '转账', opening: '期初转入' },
    paidBy: (who) => (who === null ? '付款人的资料已删除' : `${who} 付`),
    grants: (amount) => `助餐金 ${amount}`,
    yuan: '元',
    made: (at) => `${at} 打印`,
    check: '有不明白的地方，请到办公室问工作人员。',
  },
  en: {
    title: 'Statement of account',
    trial: 'Trial figures, no proof of anything',
    span: (from, to) => `${from} to ${to}`,
    opening: 'Opening balance',
    closing: 'Closing balance',
    paidIn: 'Paid in',
    paidOut: 'Spent',
    grantsUsed: 'Paid by meal grants',
    columns: ['Date', 'What', 'Amount', 'Balance'],
    none: 'Nothing came in or went out in this time.',
    brought: 'Opening balance',
    carried: 'Closing balance',
    kind: {
      sale: 'Meal',
      void: 'Meal taken back',
      'top-up': 'Top-up',
      'top-up-reversed': 'Top-up undone',
      refund: 'Paid out',
      correction: 'Corrected',
      grant: 'Meal grant given',
      'grant-expired': 'Meal grant expired',
    },
    source: { cash: 'cash', transfer: 'transfer', opening: 'carried over' },
    paidBy: (who) => (who === null ? 'paid by a payer whose data was erased' : `paid by ${who}`),
    grants: (amount) => `meal grant ${amount}`,
    yuan: 'yuan',
    made: (at) => `Printed ${at}`,
    check: 'If anything is unclear, please ask the staff in the office.',
  },
}
