/**
 * The accounts of the canteen's book. Wallets and what is owed to providers are owed by the canteen and stand in credit;
 * drawers, deposits and receivables are owned and stand in debit.
 */

/** A member's prepaid money. */
export const memberCash = (memberId: string): string => `member:${memberId}:cash`
/** Money that a fund gave a member for meals, until it expires; each grant is an account of its own. */
export const memberGrant = (memberId: string, grantId: string): string =>
  `member:${memberId}:grant:${grantId}`
/** What a public or charitable body owes for meals served. */
export const funderReceivable = (funderId: string): string => `funder:${funderId}:receivable`
/** The cash drawer of one station: the same before and after its book was put back from a backup. */
export const drawerOf = (origin: string): string => `canteen:drawer:${stationOf(origin)}`
/** Money brought from the drawer to safety at the close of a day, and change money brought back. */
export const CANTEEN_SAFE = 'canteen:safe'
/** What was counted too little (debit) or too much (credit) when a drawer was closed. */
export const CASH_DIFFERENCE = 'canteen:cash-difference'
/** Meals sold, at price less the canteen's own discount. */
export const CANTEEN_SALES = 'canteen:sales'
/** Money that reached the canteen other than through a drawer. */
export const CANTEEN_DEPOSITS = 'canteen:deposits'
/**
 * The deposit that lies on a member's card. It is hers, owed by the canteen, and no part of her wallet: no meal is paid of
 * it (SPEC LG-35).
 */
export const cardDeposit = (memberId: string, uid: string): string => `deposit:${memberId}:${uid}`
/** What wallets held too much or too little: the other side of their corrections. */
export const WALLET_CORRECTIONS = 'canteen:wallet-corrections'
/** What funders pay the provider per meal, which no senior sees. */
export const PROVIDER_PAYABLE = 'provider:payable'

/** True for accounts that may not fall below their limit (SPEC LG-5). */
export const isWallet = (account: string): boolean => account.startsWith('member:')

/**
 * The station that an origin belongs to. A book that was put back from a backup goes on as `STATION.EPOCH`, because a number
 * of the old origin may have been used for an entry that the backup lacks (SPEC LG-28).
 */
export function stationOf(origin: string): string {
  const epochAt = origin.indexOf('.')
  return epochAt === -1 ? origin : origin.slice(0, epochAt)
}
