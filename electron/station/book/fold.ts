import type { Database } from 'better-sqlite3'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { asKnown, type JournalEntry, type KnownEntry } from '../../../shared/domain/journal/entry.ts'
import { isWallet } from '../../../shared/domain/ledger/accounts.ts'
import { paidByCard } from '../../../shared/domain/members/card-rules.ts'
import { postingsOf, type Posting } from '../../../shared/domain/ledger/postings.ts'
import type { GrantPart, SaleDraft } from '../../../shared/domain/sale.ts'
import { foldCard } from './fold-cards.ts'
import { foldMenu } from './fold-menu.ts'
import { prepareFold, type FoldStatements } from './fold-statements.ts'

type SaleEntry = Extract<KnownEntry, { kind: 'sale.settled' }>
type ReversalEntry = Extract<KnownEntry, { kind: 'sale.voided' | 'sale.part-reversed' }>
type MoneyEntry = Extract<
  KnownEntry,
  {
    kind:
      | 'wallet.topped-up'
      | 'top-up.reversed'
      | 'wallet.refunded'
      | 'wallet.corrected'
      | 'grant.given'
      | 'grant.expired'
      | 'drawer.moved'
      | 'day.closed'
  }
>
type ScaleEntry = Extract<KnownEntry, { kind: 'scale.checked' | 'scale.released' }>
/** What can happen to a grant. */
/** What happens to a grant; each is a column of `day_grants` and a word in `grant_moves`. */
export const GRANT_MOVES = ['given', 'spent', 'returned', 'expired'] as const
type GrantMove = (typeof GRANT_MOVES)[number]
/** What this station itself may never overdraw a wallet with: the table's own CHECK refuses it. */
const IN_BOUNDS: ReadonlySet<string> = new Set(['sale.settled', 'wallet.refunded'])

/**
 * The only writer of projections (SPEC LG-8). Money is summed, so its order does not matter; master data is the last
 * writer's by hybrid logical clock, then by origin, so neither does theirs. Runs inside the caller's transaction.
 */
export class Fold {
  readonly #run: FoldStatements
  /** Sales of this origin may not overdraw; what other stations sold offline is taken as it is. */
  readonly ownOrigin: string
  /**
   * Rises with each entry of a menu that was folded, rolled back or not: while it stands, whatever was read of the menu
   * outside a transaction still holds.
   */
  menuEntries = 0
  /** The newest entry whose date was noted: asking the table for it costs a settlement more than writing a posting. */
  #noted: Pick<JournalEntry, 'origin' | 'seq' | 'businessDate'> = { origin: '', seq: 0, businessDate: '' }

  constructor(db: Database, ownOrigin: string) {
    this.#run = prepareFold(db)
    this.ownOrigin = ownOrigin
  }

  /**
   * Folds an entry, or notes that it waits for a newer program (SPEC LG-15).
   *
   * @throws UnbalancedError or SQLite's constraint error when the entry breaks a rule of the book.
   */
  fold(entry: JournalEntry): void {
    this.#noteDate(entry)
    this.#foldBody(entry)
  }

  /** Folds an entry that was waiting, once the program is new enough. */
  foldWaiting(entry: JournalEntry): void {
    this.#run.stopWaiting.run(entry.origin, entry.seq)
    this.#foldBody(entry)
  }

  /** Entries of an origin arrive in the order of their numbers, so a run of one date begins where the date changes. */
  #noteDate({ origin, seq, businessDate }: JournalEntry): void {
    const before = this.#noted
    // What was rolled back gives its number away again, so a note of the very number before is of an entry that stands.
    const follows = before.origin === origin && before.seq === seq - 1
    const dateBefore = follows ? before.businessDate : this.#run.dateOfRun.get(origin)?.business_date
    if (dateBefore !== businessDate) this.#run.dayRun.run(origin, seq, businessDate)
    this.#noted = { origin, seq, businessDate }
  }

  #foldBody(entry: JournalEntry): void {
    const known = asKnown(entry)
    if (known === null) {
      this.#run.wait.run(entry.origin, entry.seq, entry.kind, entry.version)
      return
    }
    this.#foldKnown(known)
    const postings = postingsOf(known)
    const mayOverdraw = !IN_BOUNDS.has(known.kind) || known.origin !== this.ownOrigin
    for (let number = 0; number < postings.length; number++) {
      const posting = postings[number]
      if (posting !== undefined) this.#post(known, number, posting, mayOverdraw)
    }
  }

  #foldKnown(entry: KnownEntry): void {
    const { hlc, origin } = entry
    switch (entry.kind) {
      case 'sale.settled':
        this.#foldSale(entry)
        break
      case 'sale.voided':
      case 'sale.part-reversed':
        this.#foldReversal(entry)
        break
      case 'wallet.topped-up':
      case 'top-up.reversed':
      case 'wallet.refunded':
      case 'wallet.corrected':
      case 'grant.given':
      case 'grant.expired':
      case 'drawer.moved':
      case 'day.closed':
        this.#foldMoney(entry)
        break
      case 'member.registered': {
        const { memberId, categories, householdArea, residenceArea } = entry.body
        this.#run.member.run(memberId, canonicalJson(categories), householdArea, residenceArea, hlc, origin)
        break
      }
      case 'card.issued':
      case 'card.reported-lost':
      case 'card.returned':
      case 'member.limit-set':
      case 'card.seen-twice':
        foldCard(this.#run, entry)
        break
      case 'menu.published':
      case 'dish.saved':
      case 'price.set':
      case 'menu.planned':
      case 'dish.sold-out':
        this.menuEntries += 1
        foldMenu(this.#run, entry)
        break
      case 'policy.published': {
        const { pack, signature } = entry.body
        const signed = signature === undefined ? null : canonicalJson(signature)
        const { id, version } = pack
        this.#run.policyPack.run(id, version, canonicalJson(pack), entry.businessDate, signed, hlc, origin)
        break
      }
      case 'scale.checked':
      case 'scale.released':
        this.#foldScale(entry)
        break
      case 'staff.appointed': {
        const { staffId, role, active } = entry.body
        this.#run.staff.run(staffId, role, active ? 1 : 0, hlc, origin)
        break
      }
      case 'audit.noted': {
        const { act, subject } = entry.body
        this.#run.audit.run(origin, entry.seq, entry.at, entry.businessDate, entry.actor, act, subject)
        break
      }
      case 'clock.confirmed':
      case 'book.restored':
      case 'bay.noted':
        break
    }
  }

  #foldMoney(entry: MoneyEntry): void {
    const { origin, seq, at, businessDate } = entry
    switch (entry.kind) {
      case 'wallet.topped-up': {
        const { topUpId, memberId, amountFen, source } = entry.body
        this.#run.topUp.run(topUpId, origin, seq, at, businessDate, memberId, amountFen, source)
        this.#run.dayTopUp.run(businessDate, source, 1, amountFen, 0, 0)
        break
      }
      case 'top-up.reversed': {
        const { reversalId, topUpId, memberId, amountFen, source, note, approvedBy } = entry.body
        const about = [memberId, amountFen, source, note, approvedBy]
        this.#run.topUpReversal.run(reversalId, topUpId, origin, seq, at, businessDate, ...about)
        this.#run.dayTopUp.run(businessDate, source, 0, 0, 1, amountFen)
        break
      }
      case 'wallet.refunded': {
        const { refundId, memberId, amountFen, method, closureId = null, note, approvedBy } = entry.body
        const about = [memberId, amountFen, method, closureId, note, approvedBy]
        this.#run.refund.run(refundId, origin, seq, at, businessDate, ...about)
        this.#run.dayRefund.run(businessDate, method, amountFen)
        break
      }
      case 'wallet.corrected': {
        const { correctionId, memberId, amountFen, reason, undoes, note, approvedBy } = entry.body
        const about = [memberId, amountFen, reason, undoes, note, approvedBy]
        this.#run.correction.run(correctionId, origin, seq, at, businessDate, ...about)
        this.#run.dayCorrection.run(businessDate, Math.max(0, amountFen), Math.max(0, -amountFen))
        break
      }
      case 'grant.given': {
        const { grantId, memberId, funderId, title, amountFen, lastDay } = entry.body
        const about = [funderId, canonicalJson(title), amountFen, lastDay]
        this.#run.grant.run(grantId, memberId, ...about, origin, seq)
        this.#moveGrant(entry, memberId, 'given', entry.body)
        break
      }
      case 'grant.expired':
        this.#moveGrant(entry, entry.body.memberId, 'expired', entry.body)
        break
      case 'drawer.moved': {
        const { moveId, amountFen, note, approvedBy } = entry.body
        const about = [amountFen, note, entry.actor, approvedBy]
        this.#run.drawerMove.run(moveId, origin, seq, at, businessDate, ...about)
        break
      }
      case 'day.closed': {
        const { closedDate, closedBy, expectedFen, countedFen, explanation, floatFen } = entry.body
        const counted = [expectedFen, countedFen, explanation, floatFen]
        const { headSeq, headHash } = entry.body
        this.#run.dayClose.run(closedDate, origin, seq, at, closedBy, ...counted, headSeq, headHash)
      }
    }
  }

  #moveGrant(
    { origin, seq, businessDate }: Pick<JournalEntry, 'origin' | 'seq' | 'businessDate'>,
    memberId: string,
    what: GrantMove,
    { grantId, funderId, amountFen }: GrantPart,
  ): void {
    const sums = GRANT_MOVES.map((each) => (each === what ? amountFen : 0))
    this.#run.dayGrant.run(businessDate, funderId, ...sums)
    this.#run.grantMove.run(memberId, origin, seq, grantId, businessDate, what, amountFen)
  }

  #foldScale(entry: ScaleEntry): void {
    const place = [entry.origin, entry.seq, entry.hlc, entry.at, entry.businessDate, entry.actor]
    if (entry.kind === 'scale.released') {
      const { releaseId, checkId, note, approvedBy } = entry.body
      this.#run.scaleRelease.run(releaseId, checkId, ...place, note, approvedBy)
      return
    }
    const { checkId, scaleId, nominalMg, measured, errorMg, permissibleMg, verdict } = entry.body
    const weighed = [nominalMg, measured.weightMg, errorMg, permissibleMg, verdict]
    this.#run.scaleCheck.run(checkId, scaleId, ...place, ...weighed)
  }

  #foldReversal(entry: ReversalEntry): void {
    const { saleId, reversed, reason, note, approvedBy } = entry.body
    const { origin, seq, at, businessDate } = entry
    const { soldOn, mealPeriod, memberId, priceFen, discountFen, subsidyFen, walletFen, cashFen } = reversed
    const place = [saleId, origin, seq, at, businessDate, soldOn, mealPeriod, memberId]
    const sums = [priceFen, discountFen, subsidyFen, walletFen, cashFen]
    const why = [reason, note, approvedBy]
    if (entry.kind === 'sale.voided') {
      this.#run.voided.run(entry.body.voidId, ...place, ...sums, ...why)
      this.#run.reversedPeriod.run(businessDate, mealPeriod, ...sums)
    } else {
      const { reversalId } = entry.body
      this.#run.partReversed.run(reversalId, ...place, ...sums, ...why)
      this.#run.partReversedPeriod.run(businessDate, mealPeriod, ...sums)
      for (const { benefitId, amountFen } of entry.body.reversed.benefits)
        if (amountFen > 0) this.#run.benefitReversed.run(saleId, benefitId, reversalId, amountFen)
    }
    if (memberId !== null)
      for (const part of reversed.grants ?? []) this.#moveGrant(entry, memberId, 'returned', part)
    for (const { funderId, amountFen } of reversed.funders)
      this.#run.reversedFunder.run(businessDate, funderId, amountFen)
    for (const { funderId, amountFen: reversedFen } of reversed.providerPayments)
      this.#run.dayProviderPayment.run(businessDate, funderId, 0, reversedFen)
    for (const { dishId, quantity, netMg, amountFen } of reversed.dishes)
      this.#run.reversedDish.run(businessDate, dishId, quantity, netMg, amountFen)
  }

  #foldSale(entry: SaleEntry): void {
    const { sale } = entry.body
    const { quote, tender } = sale
    this.#run.sale.run(
      sale.saleId,
      entry.origin,
      entry.seq,
      entry.at,
      sale.businessDate,
      sale.mealPeriod,
      sale.memberId,
      quote.priceFen,
      quote.discountFen,
      quote.subsidyFen,
      quote.selfPayFen,
      tender.walletFen,
      tender.cashFen,
      sale.lines.length,
    )
    this.#run.dayPeriod.run(
      sale.businessDate,
      sale.mealPeriod,
      quote.priceFen,
      quote.discountFen,
      quote.subsidyFen,
      tender.walletFen,
      tender.cashFen,
    )
    const { memberId } = sale
    if (memberId !== null)
      for (const part of tender.grants ?? []) this.#moveGrant(entry, memberId, 'spent', part)
    if (sale.cardUid !== null) {
      const { businessDate, cardUid, saleId } = sale
      this.#run.cardSale.run(businessDate, cardUid, saleId, paidByCard(sale))
    }
    this.#foldLines(sale)
    this.#foldBenefits(sale, entry.origin)
    for (const { funderId, amountFen } of quote.providerPayments)
      this.#run.dayProviderPayment.run(sale.businessDate, funderId, amountFen, 0)
  }

  #foldLines(sale: SaleDraft): void {
    let lineNo = 0
    for (const line of sale.lines) {
      const weighed = line.kind === 'weighed'
      const quantity = weighed ? 1 : line.quantity
      const netMg = weighed ? line.netMg : 0
      const { kind, dishId, amountFen, priceVersion } = line
      this.#run.saleLine.run(sale.saleId, lineNo, kind, dishId, quantity, netMg, amountFen, priceVersion)
      this.#run.dayDish.run(sale.businessDate, dishId, quantity, netMg, amountFen)
      lineNo += 1
    }
  }

  #foldBenefits(sale: SaleDraft, origin: string): void {
    if (sale.memberId === null) return
    const { businessDate, mealPeriod, memberId, saleId } = sale
    const month = businessDate.slice(0, 7)
    for (const { benefitId, amountFen, funders } of sale.quote.benefits) {
      this.#run.benefitUse.run(
        month,
        memberId,
        saleId,
        benefitId,
        businessDate,
        mealPeriod,
        amountFen,
        origin,
      )
      for (const funder of funders) this.#run.dayFunder.run(businessDate, funder.funderId, funder.amountFen)
    }
  }

  #post(entry: KnownEntry, number: number, posting: Posting, mayOverdraw: boolean): void {
    const { account, debitFen, creditFen } = posting
    this.#run.posting.run(entry.origin, entry.seq, number, account, debitFen, creditFen)
    const overdrawable = mayOverdraw && isWallet(account)
    const moved = overdrawable
      ? this.#run.moveWalletFreely.run(debitFen, creditFen, debitFen - creditFen, account)
      : this.#run.move.run(debitFen, creditFen, account)
    if (moved.changes > 0) return
    // An UPSERT would hold the CHECK against the new amounts alone, so a first movement is an INSERT of its own.
    this.#run.firstMove.run(
      account,
      debitFen,
      creditFen,
      overdrawable ? Math.max(0, debitFen - creditFen) : 0,
    )
  }
}
