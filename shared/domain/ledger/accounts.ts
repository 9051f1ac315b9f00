/**
 * The accounts of the canteen's book. Wallets and what is owed to providers are owed by the canteen and stand in credit;
 * drawers, deposits and receivables are owned and stand in debit.
 */

/** A member's prepaid money. */
export const memberCash = (memberId: string): string => `member:${memberId}:cash`
/** What a public or charitable body owes for meals served. */
export const funderReceivable = (funderId: string): string => `funder:${funderId}:receivable`
/** The cash drawer of one station. */
export const drawerOf = (origin: string): string => `canteen:drawer:${origin}`
/** Meals sold, at price less the canteen's own discount. */
export const CANTEEN_SALES = 'canteen:sales'
/** Money that reached the canteen other than through a drawer. */
export const CANTEEN_DEPOSITS = 'canteen:deposits'
/** What funders pay the provider per meal, which no senior sees. */
export const PROVIDER_PAYABLE = 'provider:payable'

/** True for accounts that may not fall below their limit (SPEC LG-5). */
export const isWallet = (account: string): boolean => account.startsWith('member:')
