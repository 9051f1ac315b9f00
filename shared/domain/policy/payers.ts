import type { Words } from '../menu.ts'
import { fen, type Fen } from '../units.ts'
import type { PolicyPack, Quote } from './types.ts'

/** What one funder pays of a meal, over all its benefits. */
export interface NamedPayer {
  readonly funderId: string
  readonly name: Words
  readonly amountFen: Fen
}

/** Who pays how much of this meal beside the senior, each once, in the order of the quote (SPEC PO-19). */
export function payersOf(
  { benefits }: Pick<Quote, 'benefits'>,
  nameOf: (funderId: string) => Words,
): readonly NamedPayer[] {
  const sums = new Map<string, number>()
  for (const { funderId, amountFen } of benefits.flatMap(({ funders }) => funders))
    sums.set(funderId, (sums.get(funderId) ?? 0) + amountFen)
  return [...sums].map(([funderId, amountFen]) => ({
    funderId,
    name: nameOf(funderId),
    amountFen: fen(amountFen),
  }))
}

/** The payers of a quote that this pack made, by name; nothing when another one did, or nobody pays. */
export function payersUnder(
  quote: Quote,
  pack: PolicyPack | null,
): { readonly payers?: readonly NamedPayer[] } {
  if (pack === null || pack.id !== quote.packId || quote.benefits.length === 0) return {}
  return { payers: payersOf(quote, funderNamesIn(pack)) }
}

/** A payer that no pack at hand has a name for. */
export const funderNamedById = (funderId: string): Words => ({ zh: funderId, en: funderId })

/** What a pack calls those who pay; whoever it does not know is called by id. */
export function funderNamesIn({ steps }: Pick<PolicyPack, 'steps'>): (funderId: string) => Words {
  const benefits = steps.flatMap((step) => (step.kind === 'benefits' ? step.benefits : []))
  const names = new Map(
    benefits.flatMap(({ funders }) => funders.map(({ funderId, name }) => [funderId, name])),
  )
  return (funderId) => names.get(funderId) ?? funderNamedById(funderId)
}
