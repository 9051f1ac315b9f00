import type { Words } from '../menu.ts'
import type { Quote } from './types.ts'
import { yuan } from './words.ts'

/**
 * The steps of a quote as an auditor reads them, one for one: which rule of which pack, by how much, what was left, and whose
 * money it was, by id (SPEC PO-19). Made from what stands in the book, so also an old sale has them.
 */
export function auditSteps(quote: Quote, nameOf: (funderId: string) => Words): readonly Words[] {
  const fundersOf = (ruleId: string, language: keyof Words): string =>
    (quote.benefits.find(({ benefitId }) => benefitId === ruleId)?.funders ?? [])
      .map(({ funderId, amountFen }) => `${nameOf(funderId)[language]} [${funderId}] ${yuan(amountFen)}`)
      .join(language === 'zh' ? '、' : ', ')
  return quote.steps.map(({ kind, ruleId, words, changeFen, afterFen }): Words => {
    const moved = `${yuan(changeFen)} → ${yuan(afterFen)}`
    switch (kind) {
      case 'price':
        return {
          zh: `原价 ${yuan(quote.priceFen)}，方案 [${quote.packId}] 第 ${quote.packVersion} 版`,
          en: `Price ${yuan(quote.priceFen)}, pack [${quote.packId}] version ${quote.packVersion}`,
        }
      case 'discount':
        return {
          zh: `优惠 [${ruleId}] ${moved}，不由资金方承担`,
          en: `Discount [${ruleId}] ${moved}, paid by no funder`,
        }
      case 'benefit':
        return {
          zh: `补贴 [${ruleId}] ${moved}，${fundersOf(ruleId, 'zh')}`,
          en: `Benefit [${ruleId}] ${moved}, ${fundersOf(ruleId, 'en')}`,
        }
      case 'limited':
        return { zh: `受限 [${ruleId}]，${words.zh}`, en: `Limited [${ruleId}], ${words.en}` }
      case 'not-applied':
        return { zh: `未适用 [${ruleId}]，${words.zh}`, en: `Not applied [${ruleId}], ${words.en}` }
      case 'self-pay':
        return sumOf(quote)
    }
  })
}

/** The sum that has to come out (SPEC PO-1). */
function sumOf({ priceFen, discountFen, subsidyFen, selfPayFen }: Quote): Words {
  const [price, discount, subsidy, own] = [priceFen, discountFen, subsidyFen, selfPayFen].map(yuan)
  return {
    zh: `自付 ${own} = 原价 ${price} − 优惠 ${discount} − 补贴 ${subsidy}`,
    en: `Self-pay ${own} = price ${price} − discount ${discount} − subsidy ${subsidy}`,
  }
}

/** What is paid to the provider beside the price, which the senior never sees. */
export const providerWords = (
  { providerPayments }: Pick<Quote, 'providerPayments'>,
  nameOf: (funderId: string) => Words,
): readonly Words[] =>
  providerPayments.map(({ paymentId, funderId, amountFen }) => ({
    zh: `付给助餐点 [${paymentId}] ${yuan(amountFen)}，${nameOf(funderId).zh} [${funderId}]，不在价格之内`,
    en: `To the provider [${paymentId}] ${yuan(amountFen)}, ${nameOf(funderId).en} [${funderId}], beside the price`,
  }))
