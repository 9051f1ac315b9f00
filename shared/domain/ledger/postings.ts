import type { JournalBodies, KnownEntry, TopUpSource } from '../journal/entry.ts'
import { ownWalletFen, type Reversal, type SaleDraft } from '../sale.ts'
import {
  CANTEEN_DEPOSITS,
  CANTEEN_SAFE,
  CANTEEN_SALES,
  cardDeposit,
  CASH_DIFFERENCE,
  drawerOf,
  funderReceivable,
  memberCash,
  memberGrant,
  PROVIDER_PAYABLE,
  WALLET_CORRECTIONS,
} from './accounts.ts'

/** One side of a movement, in fen. Exactly one of the two amounts is positive, the other is zero. */
export interface Posting {
  readonly account: string
  readonly debitFen: number
  readonly creditFen: number
}

/** A movement that does not add up: never written, never passed on. */
export class UnbalancedError extends Error {
  override readonly name = 'UnbalancedError'
}

/**
 * The postings of an entry, none for kinds that move no money (SPEC LG-3).
 *
 * A sale debits what pays for it — the wallet, the drawer, each funder — and credits sales with the price less the
 * canteen's own discount, which is money nobody owes. A provider payment debits the funder and credits what is owed to
 * the provider; it is no part of the price.
 *
 * @throws UnbalancedError when debits and credits differ, or an amount is negative.
 */
export function postingsOf(entry: KnownEntry): readonly Posting[] {
  switch (entry.kind) {
    case 'sale.settled':
      return balanced(salePostings(entry.body.sale, entry.origin))
    case 'wallet.topped-up':
      return balanced(topUpPostings(entry.body, entry.origin))
    case 'sale.voided':
    case 'sale.part-reversed':
      return balanced(voidPostings(entry.body.reversed, entry.origin))
    case 'top-up.reversed':
      return balanced(opposite(topUpPostings(entry.body, entry.origin)))
    case 'wallet.refunded': {
      const { memberId, method: source, amountFen } = entry.body
      return balanced(opposite(topUpPostings({ memberId, source, amountFen }, entry.origin)))
    }
    case 'wallet.corrected':
      // The wallet is owed to her: what is added to it is a credit.
      return balanced(transfer(WALLET_CORRECTIONS, memberCash(entry.body.memberId), entry.body.amountFen))
    case 'grant.given':
      return balanced(grantPostings(entry.body))
    case 'grant.expired':
      return balanced(opposite(grantPostings(entry.body)))
    case 'drawer.moved':
      return balanced(transfer(drawerOf(entry.origin), CANTEEN_SAFE, entry.body.amountFen))
    case 'day.closed':
      return balanced(closePostings(entry.body, entry.origin))
    case 'card.issued':
      return balanced(depositPostings(entry.body, entry.origin))
    case 'card.returned':
      return balanced(opposite(depositPostings(entry.body, entry.origin)))
    case 'member.registered':
    case 'member.limit-set':
    case 'card.seen-twice':
    case 'card.reported-lost':
    case 'menu.published':
    case 'policy.published':
    case 'clock.confirmed':
    case 'dish.saved':
    case 'price.set':
    case 'menu.planned':
    case 'dish.sold-out':
    case 'scale.checked':
    case 'scale.released':
    case 'staff.appointed':
    case 'audit.noted':
    case 'book.restored':
    case 'bay.noted':
      return []
  }
}

function salePostings(sale: SaleDraft, origin: string): Posting[] {
  const { quote, tender } = sale
  const postings: Posting[] = []
  if (tender.walletFen > 0 && sale.memberId === null)
    throw new UnbalancedError('a guest has no wallet to debit')
  if (sale.memberId !== null) {
    debit(postings, memberCash(sale.memberId), ownWalletFen(tender))
    for (const { grantId, amountFen } of tender.grants ?? [])
      debit(postings, memberGrant(sale.memberId, grantId), amountFen)
  }
  debit(postings, drawerOf(origin), tender.cashFen)
  for (const benefit of quote.benefits)
    for (const funder of benefit.funders) debit(postings, funderReceivable(funder.funderId), funder.amountFen)
  for (const payment of quote.providerPayments)
    debit(postings, funderReceivable(payment.funderId), payment.amountFen)
  credit(postings, CANTEEN_SALES, quote.priceFen - quote.discountFen)
  for (const payment of quote.providerPayments) credit(postings, PROVIDER_PAYABLE, payment.amountFen)
  return postings
}

/** What a fund gives it owes the canteen; what expires it owes no more. */
function grantPostings({
  memberId,
  grantId,
  funderId,
  amountFen,
}: JournalBodies['grant.expired']): Posting[] {
  const postings: Posting[] = []
  debit(postings, funderReceivable(funderId), amountFen)
  credit(postings, memberGrant(memberId, grantId), amountFen)
  return postings
}

/** What the sale moved, moved back: cash leaves the drawer it is given from (SPEC LG-24). */
function voidPostings(reversed: Reversal, origin: string): Posting[] {
  const postings: Posting[] = []
  debit(postings, CANTEEN_SALES, reversed.priceFen - reversed.discountFen)
  for (const payment of reversed.providerPayments) debit(postings, PROVIDER_PAYABLE, payment.amountFen)
  if (reversed.memberId !== null) {
    credit(postings, memberCash(reversed.memberId), ownWalletFen(reversed))
    for (const { grantId, amountFen } of reversed.grants ?? [])
      credit(postings, memberGrant(reversed.memberId, grantId), amountFen)
  }
  credit(postings, drawerOf(origin), reversed.cashFen)
  for (const share of [...reversed.funders, ...reversed.providerPayments])
    credit(postings, funderReceivable(share.funderId), share.amountFen)
  return postings
}

/** The counted drawer: first the difference to what the book says, then what is taken to the safe. */
function closePostings(body: JournalBodies['day.closed'], origin: string): Posting[] {
  const { expectedFen, countedFen, floatFen } = body
  const drawer = drawerOf(origin)
  return [
    ...transfer(drawer, CASH_DIFFERENCE, countedFen - expectedFen),
    ...transfer(CANTEEN_SAFE, drawer, countedFen - floatFen),
  ]
}

/** `amountFen` to one account from another; a negative amount goes the other way. */
function transfer(to: string, from: string, amountFen: number): Posting[] {
  const postings: Posting[] = []
  debit(postings, amountFen > 0 ? to : from, Math.abs(amountFen))
  credit(postings, amountFen > 0 ? from : to, Math.abs(amountFen))
  return postings
}

const opposite = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ account, debitFen, creditFen }) => ({ account, debitFen: creditFen, creditFen: debitFen }))

const TOP_UP_ASSET: { readonly [Source in TopUpSource]: (origin: string) => string } = {
  cash: drawerOf,
  transfer: () => CANTEEN_DEPOSITS,
  opening: () => CANTEEN_DEPOSITS,
}

function topUpPostings(
  body: Pick<JournalBodies['wallet.topped-up'], 'memberId' | 'amountFen' | 'source'>,
  origin: string,
): Posting[] {
  const postings: Posting[] = []
  debit(postings, TOP_UP_ASSET[body.source](origin), body.amountFen)
  credit(postings, memberCash(body.memberId), body.amountFen)
  return postings
}

/** Cash into the drawer, and as much owed to her for the card. */
function depositPostings(
  {
    uid,
    memberId,
    depositFen = 0,
  }: Omit<JournalBodies['card.issued'], 'depositFen'> & {
    readonly depositFen?: number
  },
  origin: string,
): Posting[] {
  const postings: Posting[] = []
  debit(postings, drawerOf(origin), depositFen)
  credit(postings, cardDeposit(memberId, uid), depositFen)
  return postings
}

const debit = (postings: Posting[], account: string, amountFen: number): void =>
  add(postings, account, amountFen, 0)
const credit = (postings: Posting[], account: string, amountFen: number): void =>
  add(postings, account, 0, amountFen)

/** Adds a side; a second amount on the same side of the same account joins the first. Zero is no posting. */
function add(postings: Posting[], account: string, debitFen: number, creditFen: number): void {
  const amountFen = debitFen + creditFen
  if (!Number.isSafeInteger(amountFen) || amountFen < 0)
    throw new UnbalancedError(`${account} cannot be moved by ${amountFen} fen`)
  if (amountFen === 0) return
  for (let index = 0; index < postings.length; index++) {
    const earlier = postings[index]
    if (earlier === undefined || earlier.account !== account || earlier.debitFen > 0 !== debitFen > 0)
      continue
    postings[index] = {
      account,
      debitFen: earlier.debitFen + debitFen,
      creditFen: earlier.creditFen + creditFen,
    }
    return
  }
  postings.push({ account, debitFen, creditFen })
}

function balanced(postings: readonly Posting[]): readonly Posting[] {
  let difference = 0
  for (const posting of postings) difference += posting.debitFen - posting.creditFen
  if (difference !== 0) throw new UnbalancedError(`debits and credits differ by ${difference} fen`)
  return postings
}
