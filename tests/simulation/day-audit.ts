import type { DayReport, MoneySums } from '../../shared/contract/reports.ts'
import type { ServerDay } from './community.ts'
import type { KnownAmounts, KnownSums, LedgerModel } from './ledger-model.ts'

/** Days as the station and the server report them, against what people were told. */

/** What in a day's report is not the sum of what was told, or null. */
export function reportFault(report: DayReport, model: LedgerModel): string | null {
  const { businessDate, total, byFunder, walletLiability, drawer, close } = report
  const sold = model.soldOn(businessDate)
  const voided = model.voidedOn(businessDate)
  const faults = [
    ...sumsFault('sold', total.sold, sold),
    ...sumsFault('voided', total.voided, voided),
    ...differs('net price', total.net.priceFen, sold.priceFen - voided.priceFen),
    ...differs('liability', walletLiability.afterFen, model.liabilityAfter(businessDate)),
    ...differs('drawer', drawer.expectedFen, close?.expectedFen ?? model.drawerFen),
    ...fundersFault(byFunder, businessDate, model),
    ...topUpsFault(report, model),
    ...ownMoneyFault(report, model),
  ]
  const known = close === null ? null : (model.closes.get(close.closedDate) ?? null)
  if (close !== null) faults.push(...differs('counted', close.countedFen, known?.countedFen ?? -1))
  const shouldBeClosed = model.closedThrough !== null && businessDate <= model.closedThrough
  if (shouldBeClosed !== (close !== null)) faults.push(`closed: ${close !== null}`)
  return faults[0] ?? null
}

/** What in the server's sums is not what was told, or null. */
export function serverFault(days: readonly ServerDay[], model: LedgerModel): string | null {
  const faults: string[] = []
  const dates = [...model.sales.values(), ...model.backs].map(({ businessDate }) => businessDate)
  for (const date of new Set([...dates, ...days.map(({ businessDate }) => businessDate)])) {
    const day = days.find(({ businessDate }) => businessDate === date)
    const [sold, voided] = [model.soldOn(date), model.voidedOn(date)]
    const none = { meals: 0, priceFen: 0, subsidyFen: 0, walletFen: 0, cashFen: 0 }
    faults.push(...sumsFault(date, { ...none, ...day, discountFen: 0 }, sold))
    faults.push(...differs(`${date} voided`, day?.voidedFen ?? 0, voided.priceFen))
    faults.push(...differs(`${date} voided meals`, day?.voidedMeals ?? 0, voided.meals))
    faults.push(...differs(`${date} voided subsidy`, day?.voidedSubsidyFen ?? 0, voided.subsidyFen))
  }
  return faults[0] ?? null
}

const differs = (what: string, actual: number, expected: number): string[] =>
  actual === expected ? [] : [`${what} is ${actual}, not ${expected}`]

const sumsFault = (what: string, actual: MoneySums, expected: KnownSums): string[] =>
  (['meals', 'priceFen', 'subsidyFen', 'walletFen', 'cashFen'] as const).flatMap((name) =>
    differs(`${what} ${name}`, actual[name], expected[name]),
  )

function fundersFault(byFunder: DayReport['byFunder'], date: string, model: LedgerModel): string[] {
  const owed = new Map<string, number>()
  const add = (funders: KnownAmounts['funders'], sign: 1 | -1): void => {
    for (const [funderId, fen] of Object.entries(funders))
      owed.set(funderId, (owed.get(funderId) ?? 0) + sign * fen)
  }
  for (const { funders, businessDate } of model.sales.values()) if (businessDate === date) add(funders, 1)
  for (const { amounts, businessDate } of model.backs) if (businessDate === date) add(amounts.funders, -1)
  const reported = new Map(
    byFunder.map(({ funderId, netFen, providerFen }) => [funderId, netFen + providerFen]),
  )
  return [...new Set([...owed.keys(), ...reported.keys()])].flatMap((funderId) =>
    differs(`funder ${funderId}`, reported.get(funderId) ?? 0, owed.get(funderId) ?? 0),
  )
}

function topUpsFault({ businessDate: date, topUps }: DayReport, model: LedgerModel): string[] {
  const made = [...model.topUps.values()].filter(({ businessDate }) => businessDate === date)
  const back = [...model.reversals].filter(([, { businessDate }]) => businessDate === date)
  const total = (amounts: readonly number[]): number => amounts.reduce((sum, fen) => sum + fen, 0)
  const reported = (of: (each: DayReport['topUps'][number]) => number): number => total(topUps.map(of))
  return [
    ...differs(
      'top-ups',
      reported((each) => each.amountFen),
      total(made.map(({ amountFen }) => amountFen)),
    ),
    ...differs(
      'reversed top-ups',
      reported((each) => each.reversedFen),
      total(back.map(([topUpId]) => model.topUps.get(topUpId)?.amountFen ?? 0)),
    ),
  ]
}

/** What was given back, and how wallets were put right. */
function ownMoneyFault(
  { businessDate: date, refunds, corrections }: DayReport,
  model: LedgerModel,
): string[] {
  const of = (known: Iterable<{ readonly businessDate: string; readonly amountFen: number }>): number[] =>
    [...known].filter(({ businessDate }) => businessDate === date).map(({ amountFen }) => amountFen)
  const total = (amounts: readonly number[]): number => amounts.reduce((sum, fen) => sum + fen, 0)
  const corrected = of(model.corrections.values())
  return [
    ...differs(
      'refunds',
      total(refunds.map(({ amountFen }) => amountFen)),
      total(of(model.refunds.values())),
    ),
    ...differs('corrections', corrections.count, corrected.length),
    ...differs('added', corrections.addedFen, total(corrected.filter((fen) => fen > 0))),
    ...differs('taken', corrections.takenFen, -total(corrected.filter((fen) => fen < 0))),
  ]
}
