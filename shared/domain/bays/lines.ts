import { priceByWeight } from '../pricing.ts'
import type { RoundingRule } from '../rounding.ts'
import type { BayTake, StableWeight, WeighedLine } from '../sale.ts'
import { fen, milligrams, ZERO_MG, type Fen, type Milligrams } from '../units.ts'
import type { WeighedGood } from './good.ts'
import type { BayLine, BaySetup, KeptTray } from './state.ts'

export const lineAt = (tray: KeptTray, bayId: string): BayLine | null =>
  tray.lines.find((line) => line.bayId === bayId) ?? null

/** What the tray took at the bay, in milligrams; zero before it took anything. */
export const takenAt = (tray: KeptTray, bayId: string): Milligrams => lineAt(tray, bayId)?.netMg ?? ZERO_MG

/**
 * The tray after its bay's pan went from one weight at rest to another. The dish and its price are those of the first
 * take; a line that is put back whole is no line.
 *
 * @throws Error when the line would fall below zero: whoever attributes limits what is put back (SPEC BY-6)
 */
export function withTake(
  tray: KeptTray,
  { bayId, profile }: BaySetup,
  good: WeighedGood,
  take: BayTake,
  nowMs: number,
): KeptTray {
  const known = lineAt(tray, bayId)
  const takes = joined(known?.takes ?? [], take)
  const netMg = milligrams((known?.netMg ?? 0) + take.before.grossMg - take.after.grossMg)
  if (netMg < 0) throw new Error(`tray ${tray.trayId} would have ${netMg} mg at bay ${bayId}`)
  const { scaleId, minMg, divisionMg, verifiedUntil } = profile
  const scale = { scaleId, minMg, divisionMg, verifiedUntil }
  const line: BayLine = { bayId, good: known?.good ?? good, scale: known?.scale ?? scale, takes, netMg }
  const before =
    known === null ? [...tray.lines, line] : tray.lines.map((each) => (each === known ? line : each))
  return { ...tray, lines: before.filter((each) => each.netMg > 0), lastAtMs: nowMs }
}

/** A pan that nobody else touched in between is one take: from its first weight to its last. */
function joined(takes: readonly BayTake[], take: BayTake): readonly BayTake[] {
  const last = takes.at(-1)
  if (last === undefined || !sameWeight(last.after, take.before)) return [...takes, take]
  const whole = { before: last.before, after: take.after }
  const earlier = takes.slice(0, -1)
  return sameWeight(whole.before, whole.after) ? earlier : [...earlier, whole]
}

const sameWeight = (one: StableWeight, other: StableWeight): boolean => one.grossMg === other.grossMg

export const amountOf = ({ netMg, good }: BayLine, rounding: RoundingRule): Fen =>
  priceByWeight(netMg, good.price, rounding)

/** The law lets no scale sell less than its Min (SPEC PR-4, BY-3). */
export const isSellable = ({ netMg, scale }: BayLine): boolean => netMg >= scale.minMg

/** What the tray's food costs before any subsidy. */
export const totalOf = (tray: KeptTray, rounding: RoundingRule): Fen =>
  fen(tray.lines.filter(isSellable).reduce((sum, line) => sum + amountOf(line, rounding), 0))

/** The line of the sale: what the pans lost is the net weight, each take stands in the evidence. */
export function saleLineOf(line: BayLine, rounding: RoundingRule): WeighedLine {
  const { good, scale, netMg, takes, bayId } = line
  return {
    kind: 'weighed',
    dishId: good.dish.id,
    name: good.dish.name,
    tags: good.dish.tags,
    grossMg: netMg,
    tareMg: ZERO_MG,
    netMg,
    divisionMg: scale.divisionMg,
    price: good.price,
    priceVersion: good.priceVersion,
    amountFen: amountOf(line, rounding),
    evidence: {
      rawHex: takes.at(-1)?.after.rawHex ?? '',
      scaleId: scale.scaleId,
      verifiedUntil: scale.verifiedUntil,
      plateId: bayId,
      takes,
    },
  }
}
