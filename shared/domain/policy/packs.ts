import { dayAfter } from '../calendar.ts'
import { liesWithin } from './conditions.ts'
import type { PackSignature } from './signing.ts'
import type { PolicyPack } from './types.ts'

/** A pack as a book holds it. */
export interface HeldPack {
  readonly pack: PolicyPack
  /** The business date on which it came into the book, YYYY-MM-DD. */
  readonly publishedOn: string
  /** Null for a pack that came with the program. */
  readonly signature: PackSignature | null
}

/** Does the pack hold on this business date, YYYY-MM-DD? Both ends inclusive (SPEC PO-6). */
function isInForce(pack: PolicyPack, businessDate: string): boolean {
  return pack.effectiveFrom <= businessDate && (pack.effectiveTo === null || businessDate <= pack.effectiveTo)
}

/** The highest version of this pack in force on the date; null when none is, then everyone pays the full price. */
export function packInForce(
  packs: readonly PolicyPack[],
  id: string,
  businessDate: string,
): PolicyPack | null {
  let chosen: PolicyPack | null = null
  for (const pack of packs)
    if (pack.id === id && isInForce(pack, businessDate) && (chosen === null || pack.version > chosen.version))
      chosen = pack
  return chosen
}

/**
 * The pack that a whole business day is sold under (SPEC PO-6, PO-14). Signed versions come before those that came with the
 * program; one that arrives during a day waits for the next, unless nothing that came before holds.
 */
export function packOfDay(held: readonly HeldPack[], id: string, businessDate: string): PolicyPack | null {
  const holding = held.filter(({ pack }) => pack.id === id && isInForce(pack, businessDate))
  const begun = holding.filter(({ publishedOn }) => publishedOn < businessDate)
  const candidates = begun.length > 0 ? begun : holding
  const signed = candidates.filter(({ signature }) => signature !== null)
  const chosen = signed.length > 0 ? signed : candidates
  return packInForce(
    chosen.map(({ pack }) => pack),
    id,
    businessDate,
  )
}

/** In the place of a pack's id: whatever pack is the rule where the canteen lies. */
export const BY_AREA = 'by-area'

/** Is this the canteen's own pack: the one it is configured for, or one that is the rule where it lies? */
export function isOwnPack(pack: Pick<PolicyPack, 'id' | 'area'>, own: string, canteenArea: string): boolean {
  if (own !== BY_AREA) return pack.id === own
  return pack.area !== undefined && liesWithin(canteenArea, pack.area)
}

/**
 * The pack that a canteen sells under for a whole business day: the one it is configured for, or `by-area` the one of the
 * smallest area around it (SPEC PO-6, PO-16).
 */
export function ownPackOfDay(
  held: readonly HeldPack[],
  own: string,
  canteenArea: string,
  businessDate: string,
): PolicyPack | null {
  if (own !== BY_AREA) return packOfDay(held, own, businessDate)
  const ids = [...new Set(held.map(({ pack }) => pack.id))]
  const holding = ids.flatMap((id) => packOfDay(held, id, businessDate) ?? [])
  return packForArea(holding, canteenArea, businessDate)
}

/** From which business date a pack that comes into the book today will hold there (SPEC PO-14). */
export function holdsFrom(
  held: readonly HeldPack[],
  { pack, signature }: Omit<HeldPack, 'publishedOn'>,
  today: string,
): string {
  if (pack.effectiveFrom > today) return pack.effectiveFrom
  const { id, version } = pack
  const others = held.filter((other) => other.pack.id !== id || other.pack.version !== version)
  const arriving: HeldPack = { pack, publishedOn: today, signature }
  return packOfDay([...others, arriving], id, today) === pack ? today : dayAfter(today)
}

/**
 * The pack in force at a canteen when none is configured by name: of all whose area the canteen lies in, the one of the
 * smallest area, so a district's pack overrides its city's; then the highest version, then the first id.
 */
export function packForArea(
  packs: readonly PolicyPack[],
  canteenArea: string,
  businessDate: string,
): PolicyPack | null {
  let chosen: PolicyPack | null = null
  for (const pack of packs) {
    if (pack.area === undefined || !liesWithin(canteenArea, pack.area)) continue
    if (isInForce(pack, businessDate) && (chosen === null || overrides(pack, chosen))) chosen = pack
  }
  return chosen
}

function overrides(pack: PolicyPack, other: PolicyPack): boolean {
  const levels = (area = ''): number => area.split('/').length
  const closer = levels(pack.area) - levels(other.area)
  if (closer !== 0) return closer > 0
  return pack.id === other.id ? pack.version > other.version : pack.id < other.id
}
