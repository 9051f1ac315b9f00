import { shareOf, type RoundingRule } from '../rounding.ts'
import { fen, type Fen } from '../units.ts'
import type { Bill } from './bill.ts'
import { holds, unmetPart } from './conditions.ts'
import { allowance, type Allowance } from './limits.ts'
import { givenFen, sharesOf } from './shares.ts'
import type { Amount, Benefit, PolicyStep } from './types.ts'
import {
  benefitWords,
  limitWords,
  lostShareWords,
  notChosenWords,
  nothingToGiveWords,
  unmetWords,
} from './words.ts'

type BenefitsStep = Extract<PolicyStep, { readonly kind: 'benefits' }>

/** What the benefit pays towards this bill before any limit; never more than is left (SPEC PO-3). */
function worthFen(benefit: Benefit, bill: Bill, rounding: RoundingRule): Fen {
  const { leastSelfPayFen = 0, of = 'food' } = benefit
  const worth = worthOf(benefit.amount, bill.baseFen(benefit), rounding)
  return fen(Math.max(0, Math.min(worth, bill.leftFen(of) - leastSelfPayFen)))
}

/** What the amount makes of so much to pay, at most all of it. */
function worthOf(amount: Amount, leftFen: Fen, rounding: RoundingRule): number {
  if ('fixedFen' in amount) return Math.min(amount.fixedFen, leftFen)
  if ('percent' in amount) {
    const share = shareOf(leftFen, amount.percent, rounding)
    return Math.min(share, amount.capFen ?? share, leftFen)
  }
  if ('multiplier' in amount) {
    const share = Math.max(0, leftFen - shareOf(leftFen, amount.multiplier, rounding))
    return Math.min(share, amount.capFen ?? share)
  }
  return 'selfPayFen' in amount ? Math.max(0, leftFen - amount.selfPayFen) : leftFen
}

/** Works through one group of benefits in the pack's way of combining them. */
export function grantBenefits(step: BenefitsStep, bill: Bill, rounding: RoundingRule): void {
  const group = groupAllowance(step, bill)
  if (step.combine === 'stack') {
    const before = bill.subsidyFen
    for (const benefit of step.benefits) {
      if (holds(benefit.when, bill)) grant(benefit, lessened(group, bill.subsidyFen - before), bill, rounding)
      else noteUnmet(benefit, bill)
    }
    return
  }
  const applying = step.benefits.filter((benefit) => holds(benefit.when, bill))
  const open = step.usedUp === 'next' ? applying.filter((benefit) => isOpen(benefit, bill)) : applying
  const chosen = choiceOf(step, open.length === 0 ? applying : open, bill, rounding)
  if (chosen === undefined) {
    for (const benefit of step.benefits) noteUnmet(benefit, bill)
    return
  }
  grant(chosen, group, bill, rounding)
  for (const other of applying)
    if (other !== chosen) bill.note('not-applied', other.id, notChosenWords(other.title, chosen.title))
}

function choiceOf(
  step: BenefitsStep,
  applying: readonly Benefit[],
  bill: Bill,
  rounding: RoundingRule,
): Benefit | undefined {
  return step.combine === 'first' ? applying[0] : worthMost(step, applying, bill, rounding)
}

/** Do its own limits leave anything of it? */
const isOpen = ({ limits, id }: Benefit, bill: Bill): boolean =>
  allowance(limits, [id], bill.facts).leftFen > 0

/** The first of those that give the senior most here: before limits, or where the next one steps in, within its own. */
function worthMost(
  { usedUp }: BenefitsStep,
  benefits: readonly Benefit[],
  bill: Bill,
  rounding: RoundingRule,
): Benefit | undefined {
  let best: { readonly benefit: Benefit; readonly worth: number } | undefined
  for (const benefit of benefits) {
    const { leftFen } = allowance(usedUp === 'next' ? benefit.limits : [], [benefit.id], bill.facts)
    const mostFen = fen(Math.min(worthFen(benefit, bill, rounding), leftFen))
    const shares = sharesOf(mostFen, benefit.funders, rounding, bill)
    const worth = givenFen(shares)
    if (best === undefined || worth > best.worth) best = { benefit, worth }
  }
  return best?.benefit
}

function groupAllowance({ limits, benefits }: BenefitsStep, bill: Bill): Allowance | null {
  if (limits === undefined || limits.length === 0) return null
  const ids = benefits.map(({ id }) => id)
  return allowance(limits, ids, bill.facts)
}

const lessened = (group: Allowance | null, givenAlready: number): Allowance | null =>
  group && { ...group, leftFen: Math.max(0, group.leftFen - givenAlready) }

function tighter(own: Allowance, group: Allowance | null): Allowance {
  return group !== null && group.leftFen < own.leftFen ? group : own
}

function grant(benefit: Benefit, group: Allowance | null, bill: Bill, rounding: RoundingRule): void {
  const { id, title, of = 'food' } = benefit
  const worth = worthFen(benefit, bill, rounding)
  if (worth === 0) {
    bill.note('not-applied', id, nothingToGiveWords(title, bill.leftFen(of)))
    return
  }
  const { leftFen, tightest } = tighter(allowance(benefit.limits, [id], bill.facts), group)
  if (leftFen < worth && tightest !== null) bill.note('limited', id, limitWords(title, tightest, leftFen))
  const shares = sharesOf(fen(Math.min(worth, leftFen)), benefit.funders, rounding, bill)
  for (const { funder, amountFen, given } of shares)
    if (!given) bill.note('limited', id, lostShareWords(title, funder, amountFen))
  const amountFen = givenFen(shares)
  if (amountFen === 0) return
  const funders = shares
    .filter(({ given }) => given)
    .map((share) => ({ funderId: share.funder.funderId, amountFen: share.amountFen }))
  bill.subsidise(of, { benefitId: id, amountFen, funders })
  const payers = shares
    .filter(({ given }) => given)
    .map((share) => ({ name: share.funder.name, amountFen: share.amountFen }))
  bill.note('benefit', id, benefitWords(title, amountFen, payers), fen(0 - amountFen))
}

function noteUnmet(benefit: Benefit, bill: Bill): void {
  const unmet = unmetPart(benefit.when, bill)
  if (unmet !== null) bill.note('not-applied', benefit.id, unmetWords(benefit.title, unmet))
}
