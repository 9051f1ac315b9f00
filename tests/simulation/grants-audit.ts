import type { Database } from 'better-sqlite3'
import type { DayReport } from '../../shared/contract/reports.ts'
import { grantsInTurn, rightfulGrants, type HeldGrant } from './grants.ts'
import { Violation } from './violation.ts'

interface Row {
  readonly position: number
  readonly hash: string
  readonly hlc: string
  readonly kind: string
  readonly date: string
  readonly body: string
}

interface Part {
  readonly grantId: string
  readonly funderId: string
  readonly amountFen: number
}

interface GrantBody extends Part {
  readonly memberId: string
  readonly lastDay: string
}

interface SaleBody {
  readonly sale: {
    readonly saleId: string
    readonly memberId: string | null
    readonly businessDate: string
    readonly quote: { readonly selfPayFen: number }
    readonly tender: { readonly grants?: readonly Part[] }
  }
}

interface BackBody {
  readonly saleId: string
  readonly reversed: { readonly grants?: readonly Part[] }
}

interface KnownGrant extends HeldGrant {
  readonly memberId: string
  readonly funderId: string
  leftFen: number
}

const MOVES = ['given', 'spent', 'returned', 'expired'] as const
type Move = (typeof MOVES)[number]
type Sums = Record<Move, number>

const ENTRIES = `SELECT position, hash, hlc, kind, business_date AS date, body FROM journal WHERE position > ? AND kind IN
  ('grant.given', 'grant.expired', 'sale.settled', 'sale.voided', 'sale.part-reversed') ORDER BY hlc`

/**
 * Reads what the journal says of grants, entry by entry in the order of their times and by nothing but its texts, and knows from that what each grant
 * holds (SPEC LG-33, LG-34).
 */
export class GrantsAudit {
  readonly #bornOn: ReadonlyMap<string, string>
  readonly #grants = new Map<string, KnownGrant>()
  /** What each sale's grants pay of it and was not given back. */
  readonly #sales = new Map<string, Map<string, number>>()
  /** By business date and funder. */
  readonly #days = new Map<string, Map<string, Sums>>()
  /** What each member held earlier, since somebody last paid: a card that was tapped then knows no better. */
  readonly #earlier = new Map<string, HeldGrant[][]>()
  /** Given back after its last day: the next entry expires it. */
  readonly #over = new Set<string>()
  #read = { position: 0, hash: '', hlc: '' }
  /** Told of what happened to a grant. */
  onMove: (what: string) => void = () => undefined

  /** @param bornOn of everybody who ever was on the roll, by member id */
  constructor(bornOn: ReadonlyMap<string, string>) {
    this.#bornOn = bornOn
  }

  /** Reads on where it ended; from the first entry again, when this is another book. @throws Violation */
  follow(db: Database): void {
    const here = db
      .prepare<[number], { hash: string }>('SELECT hash FROM journal WHERE position = ?')
      .get(this.#read.position)
    if ((here?.hash ?? '') !== this.#read.hash) this.#startAnew()
    const entries = db.prepare<[number], Row>(ENTRIES)
    let rows = entries.all(this.#read.position)
    if (rows[0] !== undefined && rows[0].hlc < this.#read.hlc) {
      // What came back from the server stands behind what was written since, and happened before it.
      this.#startAnew()
      rows = entries.all(0)
    }
    for (const row of rows) this.#take(row)
    const newest = rows.toSorted((one, other) => one.position - other.position).at(-1)
    const hlc = rows.at(-1)?.hlc ?? this.#read.hlc
    if (newest !== undefined) this.#read = { position: newest.position, hash: newest.hash, hlc }
    this.#checkOver()
    this.#compareAccounts(db)
    this.#compareDays(db)
  }

  /** Everybody to whom a rule applies has her grant of this month, and nothing is left of one that ended. @throws Violation */
  checkRound(memberIds: readonly string[], date: string): void {
    for (const memberId of memberIds)
      for (const { grantId } of rightfulGrants(this.#bornOn.get(memberId) ?? '', memberId, date))
        if (!this.#grants.has(grantId)) throw new Violation('LG-33', `${grantId} was not given by ${date}`)
    for (const [grantId, { lastDay, leftFen }] of this.#grants)
      if (lastDay < date && leftFen > 0)
        throw new Violation('LG-34', `${leftFen} are left of ${grantId} on ${date}`)
  }

  /** What in a day's report of grants is not what the journal says, or null. */
  reportFault({ businessDate, grants }: Pick<DayReport, 'businessDate' | 'grants'>): string | null {
    const reported = new Map(grants.map((each) => [each.funderId, each]))
    const dates = [...this.#days.keys()].filter((date) => date <= businessDate)
    const funders = new Set(dates.flatMap((date) => [...(this.#days.get(date)?.keys() ?? [])]))
    for (const funderId of new Set([...funders, ...reported.keys()])) {
      const told = reported.get(funderId)
      const day = this.#days.get(businessDate)?.get(funderId) ?? NOTHING
      let leftFen = 0
      for (const date of dates) {
        const { given, returned, spent, expired } = this.#days.get(date)?.get(funderId) ?? NOTHING
        leftFen += given + returned - spent - expired
      }
      const actual = [told?.givenFen, told?.spentFen, told?.returnedFen, told?.expiredFen, told?.leftFen]
      const expected = [...MOVES.map((move) => day[move]), leftFen]
      if (actual.join() !== expected.join())
        return `grants of ${funderId}: ${actual.join()}, not ${expected.join()}`
    }
    return null
  }

  #startAnew(): void {
    for (const known of [this.#grants, this.#sales, this.#days, this.#earlier, this.#over]) known.clear()
    this.#read = { position: 0, hash: '', hlc: '' }
  }

  #take({ kind, date, body }: Row): void {
    const said: unknown = JSON.parse(body)
    if (kind !== 'grant.expired') this.#checkOver()
    switch (kind) {
      case 'grant.given':
        this.#give(said as GrantBody, date)
        return
      case 'grant.expired':
        this.#expire(said as GrantBody, date)
        return
      case 'sale.settled':
        this.#sell((said as SaleBody).sale, date)
        return
      default:
        this.#giveBack(said as BackBody, date, kind === 'sale.voided')
    }
  }

  #give({ grantId, memberId, funderId, amountFen, lastDay }: GrantBody, date: string): void {
    const right = rightfulGrants(this.#bornOn.get(memberId) ?? '', memberId, date).find(
      (each) => each.grantId === grantId,
    )
    if (right === undefined) throw new Violation('LG-33', `${grantId} is given on ${date}, and is not due`)
    if (this.#grants.has(grantId)) throw new Violation('LG-33', `${grantId} is given a second time`)
    if (right.funderId !== funderId || right.leftFen !== amountFen || right.lastDay !== lastDay)
      throw new Violation('LG-33', `${grantId} is ${amountFen} of ${funderId} until ${lastDay}`)
    this.#remember(memberId)
    this.#grants.set(grantId, { grantId, memberId, funderId, lastDay, leftFen: 0 })
    this.#move('given', { grantId, funderId, amountFen }, date)
  }

  #expire({ grantId, memberId, funderId, amountFen }: GrantBody, date: string): void {
    const grant = this.#grants.get(grantId)
    if (grant === undefined || grant.memberId !== memberId || grant.leftFen !== amountFen || amountFen === 0)
      throw new Violation('LG-34', `${amountFen} of ${grantId} expire, and ${grant?.leftFen} are left`)
    if (date <= grant.lastDay) throw new Violation('LG-34', `${grantId} expires on ${date}, before its end`)
    this.#remember(memberId)
    this.#over.delete(grantId)
    this.#move('expired', { grantId, funderId, amountFen }, date)
  }

  #sell({ saleId, memberId, businessDate, quote, tender }: SaleBody['sale'], date: string): void {
    const { grants: parts = [] } = tender
    const held = memberId === null ? [] : this.#heldBy(memberId)
    const known = [held, ...(this.#earlier.get(memberId ?? '') ?? [])]
    const said = parts.map(({ grantId, amountFen }) => `${grantId} ${amountFen}`).join()
    const right = known.map((grants) => grantsInTurn(grants, businessDate, quote.selfPayFen))
    if (!right.includes(said))
      throw new Violation('LG-33', `${saleId} is paid by grants "${said}", not "${right.join('" or "')}"`)
    for (const part of parts) this.#move('spent', part, date)
    this.#sales.set(saleId, new Map(parts.map(({ grantId, amountFen }) => [grantId, amountFen])))
    this.#earlier.clear()
  }

  #giveBack({ saleId, reversed }: BackBody, date: string, whole: boolean): void {
    const paid = this.#sales.get(saleId) ?? new Map<string, number>()
    const { grants: parts = [] } = reversed
    for (const part of parts) {
      const { grantId, amountFen } = part
      const left = (paid.get(grantId) ?? 0) - amountFen
      const grant = this.#grants.get(grantId)
      if (left < 0 || amountFen <= 0 || grant === undefined)
        throw new Violation(
          'LG-34',
          `${saleId} gives ${amountFen} back to ${grantId}, which did not pay that`,
        )
      paid.set(grantId, left)
      this.#remember(grant.memberId)
      this.#move('returned', part, date)
      if (grant.lastDay < date) this.#over.add(grantId)
    }
    const kept = [...paid.values()].reduce((sum, fen) => sum + fen, 0)
    if (whole && kept !== 0) throw new Violation('LG-34', `the void of ${saleId} keeps ${kept} of its grants`)
  }

  /** What came back after the end of its grant is not to be had again. */
  #checkOver(): void {
    const [grantId] = this.#over
    if (grantId !== undefined)
      throw new Violation('LG-34', `what came back to ${grantId} after its end did not expire`)
  }

  #move(what: Move, { grantId, funderId, amountFen }: Part, date: string): void {
    const grant = this.#grants.get(grantId)
    if (grant === undefined || grant.funderId !== funderId)
      throw new Violation('LG-33', `${grantId} of ${funderId} was never given`)
    grant.leftFen += what === 'given' || what === 'returned' ? amountFen : -amountFen
    if (grant.leftFen < 0) throw new Violation('LG-33', `${grantId} fell to ${grant.leftFen}`)
    const day = this.#days.get(date) ?? new Map<string, Sums>()
    this.#days.set(date, day)
    const sums = day.get(funderId) ?? { ...NOTHING }
    day.set(funderId, sums)
    sums[what] += amountFen
    this.onMove(`grant-${what}`)
  }

  #remember(memberId: string): void {
    this.#earlier.set(memberId, [...(this.#earlier.get(memberId) ?? []), this.#heldBy(memberId)])
  }

  #heldBy(memberId: string): HeldGrant[] {
    return [...this.#grants.values()]
      .filter((grant) => grant.memberId === memberId)
      .map((grant) => ({ ...grant }))
  }

  #compareAccounts(db: Database): void {
    const rows = db
      .prepare<[], { account: string; left: number }>(
        "SELECT account, credit_fen - debit_fen AS left FROM balances WHERE account GLOB 'member:*:grant:*'",
      )
      .all()
    const found = new Map(rows.map(({ account, left }) => [account, left]))
    for (const { grantId, memberId, leftFen } of this.#grants.values()) {
      const account = `member:${memberId}:grant:${grantId}`
      if (found.get(account) !== leftFen)
        throw new Violation('LG-33', `${grantId} has ${found.get(account)} in the book, not ${leftFen}`)
      found.delete(account)
    }
    if (found.size > 0) throw new Violation('LG-33', `nobody was given ${[...found.keys()].join()}`)
  }

  #compareDays(db: Database): void {
    const rows = db
      .prepare<[], { name: string }>(
        `SELECT business_date || ' ' || funder_id || ' ' || given_fen || ',' || spent_fen || ',' || returned_fen || ',' ||
           expired_fen AS name FROM day_grants`,
      )
      .all()
    const own = [...this.#days].flatMap(([date, funders]) =>
      [...funders].map(([funderId, sums]) => `${date} ${funderId} ${MOVES.map((move) => sums[move]).join()}`),
    )
    const [actual, expected] = [rows.map(({ name }) => name).toSorted(), own.toSorted()]
    const at = expected.findIndex((line, index) => actual[index] !== line)
    if (at >= 0 || actual.length !== expected.length)
      throw new Violation('LG-27', `the day's grants are ${actual[at]}, not ${expected[at]}`)
  }
}

const NOTHING: Readonly<Sums> = { given: 0, spent: 0, returned: 0, expired: 0 }
