import type { Words } from '../../../shared/domain/menu.ts'
import { payersOf } from '../../../shared/domain/policy/payers.ts'
import type { Quote } from '../../../shared/domain/policy/types.ts'
import { amountText, type Paper } from './paper.ts'

/** How the price became what she paid: every step that moved it, in its words, and each payer with their part (SPEC PO-19). */
export function writeQuote(paper: Paper, quote: Quote, nameOf: (funderId: string) => Words): Paper {
  paper.row('原价', amountText(quote.priceFen))
  if (quote.discountFen > 0) paper.row('优惠', amountText(-quote.discountFen))
  if (quote.subsidyFen > 0) paper.row('补贴', amountText(-quote.subsidyFen))
  for (const { name, amountFen } of payersOf(quote, nameOf)) paper.row(`  ${name.zh}`, amountText(amountFen))
  for (const { kind, words } of quote.steps) if (EXPLAINED.includes(kind)) paper.left(words.zh)
  return paper.strong('您付', amountText(quote.selfPayFen))
}

/** What did not apply would fill the paper; it stands in the book, where staff can read it to her. */
const EXPLAINED: readonly Quote['steps'][number]['kind'][] = ['discount', 'benefit', 'limited']
