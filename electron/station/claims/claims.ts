import type { Claims, ClaimSettlement, ClaimSums, FunderClaim } from '../../../shared/contract/claims.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { claimOf, claimPeriodOf, type ClaimPeriodKind } from '../../../shared/domain/policy/claims.ts'
import type { ClaimRule, PolicyPack } from '../../../shared/domain/policy/types.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { BookReader } from '../book/reader.ts'
import { newestCloses } from '../day/closes.ts'
import { funderNames } from '../reports/names.ts'

export interface ClaimsAsked {
  /** Absent: the one that the pack in force names, or else the month. */
  readonly period?: ClaimPeriodKind | undefined
  /** A business date in the period, YYYY-MM-DD. */
  readonly date: string
}

export interface ClaimsTerms {
  readonly canteenName: string
  /** The pack that the canteen sells under on a business date. */
  readonly packOn: (businessDate: string) => PolicyPack | null
}

/**
 * What the canteen advanced in a period and claims of each funder, from the rows that the fold keeps for each date
 * (SPEC LG-41). A pack that begins inside the period has the last word about how it is settled.
 *
 * @throws BookError when the book does not answer
 */
export function claimsOf(reader: BookReader, asked: ClaimsAsked, terms: ClaimsTerms): Claims {
  const period = asked.period ?? usualPeriod(terms.packOn(asked.date))
  const { from, to } = claimPeriodOf({ period, dueDays: 0 }, asked.date)
  const rules = rulesBetween(from, to, terms.packOn)
  const days = daysBetween(reader, from, to)
  const nameOf = funderNames(reader)
  const funders = [...Map.groupBy(days, ({ funderId }) => funderId)]
    .map(([funderId, each]): FunderClaim => {
      const sums = sumOf(each)
      const rule = rules.get(funderId) ?? null
      const settlement = rule?.period === period ? settled(rule, asked.date, sums) : null
      const claimedBy = rule?.period ?? null
      const byOthers = claimedBy !== null && settlement === null
      const toClaimFen = byOthers ? null : (settlement?.claimFen ?? sums.totalFen)
      return { funderId, name: nameOf(funderId), ...sums, claimedBy, settlement, toClaimFen }
    })
    .toSorted((one, other) => other.totalFen - one.totalFen || (one.funderId < other.funderId ? -1 : 1))
  return {
    canteenName: terms.canteenName,
    stationId: stationOf(reader.originId),
    period,
    from,
    to,
    openDates: openDates(reader, days),
    funders,
    total: sumOf(days),
    toClaimFen: funders.reduce((sum, { toClaimFen }) => sum + (toClaimFen ?? 0), 0),
    days,
  }
}

const usualPeriod = (pack: PolicyPack | null): ClaimPeriodKind => pack?.claims?.[0]?.period ?? 'month'

function rulesBetween(
  from: string,
  to: string,
  packOn: ClaimsTerms['packOn'],
): ReadonlyMap<string, ClaimRule> {
  const rules = [from, to].flatMap((date) => packOn(date)?.claims ?? [])
  return new Map(rules.map((rule) => [rule.funderId, rule]))
}

function settled(rule: ClaimRule, date: string, { totalFen }: ClaimSums): ClaimSettlement {
  const { dueOn } = claimPeriodOf(rule, date)
  return { dueOn, advanceFen: rule.advanceFen ?? 0, ...claimOf(rule, fen(totalFen)) }
}

type ClaimDay = Claims['days'][number]

interface DayRow {
  readonly business_date: string
  readonly funder_id: string
  readonly subsidy_fen: number
  readonly provider_fen: number
  readonly grants_fen: number
}

/** Each table has what one kind of debt came to on a date; what was taken back counts on the date on which it was. */
const PARTS = [
  ['day_funders', 'amount_fen', '0', '0'],
  ['reversed_funders', '-amount_fen', '0', '0'],
  ['day_provider_payments', '0', 'amount_fen - reversed_fen', '0'],
  ['day_grants', '0', '0', 'given_fen - expired_fen'],
] as const

const DAYS = `SELECT business_date, funder_id, sum(subsidy_fen) AS subsidy_fen, sum(provider_fen) AS provider_fen,
    sum(grants_fen) AS grants_fen
  FROM (${PARTS.map(
    ([table, subsidy, provider, grants]) =>
      `SELECT business_date, funder_id, ${subsidy} AS subsidy_fen, ${provider} AS provider_fen, ${grants} AS grants_fen
       FROM ${table} WHERE business_date BETWEEN :from AND :to`,
  ).join(' UNION ALL ')})
  GROUP BY business_date, funder_id ORDER BY business_date, funder_id`

const daysBetween = (reader: BookReader, from: string, to: string): readonly ClaimDay[] =>
  reader
    .statement<[{ from: string; to: string }], DayRow>(DAYS)
    .all({ from, to })
    .map((row) => ({
      businessDate: row.business_date,
      funderId: row.funder_id,
      subsidyFen: row.subsidy_fen,
      providerFen: row.provider_fen,
      grantsFen: row.grants_fen,
      totalFen: row.subsidy_fen + row.provider_fen + row.grants_fen,
    }))

const sumOf = (days: readonly ClaimSums[]): ClaimSums => {
  const sum = (of: (each: ClaimSums) => number): number => days.reduce((total, each) => total + of(each), 0)
  return {
    subsidyFen: sum(({ subsidyFen }) => subsidyFen),
    providerFen: sum(({ providerFen }) => providerFen),
    grantsFen: sum(({ grantsFen }) => grantsFen),
    totalFen: sum(({ totalFen }) => totalFen),
  }
}

function openDates(reader: BookReader, days: readonly ClaimDay[]): readonly string[] {
  const closedThrough = newestCloses(reader, 1)[0]?.closed_date ?? ''
  return [...new Set(days.map(({ businessDate }) => businessDate))].filter((date) => date > closedThrough)
}
