import { grantsFen, ownWalletFen, type SaleDraft } from '../sale.ts'

/**
 * What does not add up in a sale, or null: PO-1 (price = discount + Σ funders + self-pay) and LG-4 (wallet + cash =
 * self-pay), the lines' sum, and no negative share. A sale that fails is a defect of whoever quoted it.
 */
export function saleFault(sale: SaleDraft): string | null {
  const { quote, tender } = sale
  let fundersFen = 0
  for (const benefit of quote.benefits) {
    let sharesFen = 0
    for (const funder of benefit.funders) {
      if (!isAmount(funder.amountFen)) return `funder ${funder.funderId} pays ${funder.amountFen}`
      sharesFen += funder.amountFen
    }
    if (sharesFen !== benefit.amountFen)
      return `shares of benefit ${benefit.benefitId} add up to ${sharesFen}, not ${benefit.amountFen}`
    fundersFen += sharesFen
  }
  for (const payment of quote.providerPayments)
    if (!isAmount(payment.amountFen)) return `provider payment ${payment.paymentId} is ${payment.amountFen}`
  if (
    ![quote.priceFen, quote.discountFen, quote.selfPayFen, tender.walletFen, tender.cashFen].every(isAmount)
  )
    return 'an amount is negative or no integer'
  if (fundersFen !== quote.subsidyFen) return `funders pay ${fundersFen}, the subsidy is ${quote.subsidyFen}`
  if (quote.discountFen + fundersFen + quote.selfPayFen !== quote.priceFen)
    return `${quote.discountFen} + ${fundersFen} + ${quote.selfPayFen} is not the price ${quote.priceFen}`
  if (tender.walletFen + tender.cashFen !== quote.selfPayFen)
    return `tender ${tender.walletFen} + ${tender.cashFen} is not the self-pay ${quote.selfPayFen}`
  for (const { grantId, amountFen } of tender.grants ?? [])
    if (!isAmount(amountFen) || amountFen === 0) return `grant ${grantId} pays ${amountFen}`
  if (ownWalletFen(tender) < 0)
    return `grants pay ${grantsFen(tender)}, more than the wallet's ${tender.walletFen}`
  if (sale.memberId === null && (tender.walletFen > 0 || quote.benefits.length > 0))
    return 'a guest has neither wallet nor subsidy'
  let linesFen = 0
  for (const line of sale.lines) linesFen += line.amountFen
  return linesFen === quote.priceFen ? null : `lines add up to ${linesFen}, the price is ${quote.priceFen}`
}

const isAmount = (amountFen: number): boolean => Number.isSafeInteger(amountFen) && amountFen >= 0
