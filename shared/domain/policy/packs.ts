import { liesWithin } from './conditions.ts'
import type { PolicyPack } from './types.ts'

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
