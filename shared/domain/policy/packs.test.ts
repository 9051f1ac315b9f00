import { describe, expect, test } from 'vitest'
import { PACK } from '../../../tests/fixtures/books.ts'
import {
  BY_AREA,
  holdsFrom,
  isOwnPack,
  ownPackOfDay,
  packForArea,
  packInForce,
  packOfDay,
  type HeldPack,
} from './packs.ts'
import type { PolicyPack } from './types.ts'

const pack = (version: number, effectiveFrom: string, effectiveTo: string | null = null): PolicyPack => ({
  ...PACK,
  version,
  effectiveFrom,
  effectiveTo,
})
const SIGNATURE = { publicKey: 'key', value: 'value' }
const held = (of: PolicyPack, publishedOn: string, signed = true): HeldPack => ({
  pack: of,
  publishedOn,
  signature: signed ? SIGNATURE : null,
})
const versionOn = (packs: readonly HeldPack[], date: string) =>
  packOfDay(packs, PACK.id, date)?.version ?? null

test('PO-14 a pack that arrives during a day waits for the next; before its first day it waits for that', () => {
  const packs = [held(pack(1, '2026-01-01'), '2026-01-01'), held(pack(2, '2026-10-01'), '2026-11-03')]
  expect(['2026-11-02', '2026-11-03', '2026-11-04'].map((date) => versionOn(packs, date))).toEqual([1, 1, 2])
  const later = [...packs, held(pack(3, '2026-12-01'), '2026-11-03')]
  expect(['2026-11-30', '2026-12-01'].map((date) => versionOn(later, date))).toEqual([2, 3])
})

test('PO-14 where nothing that came before holds, a pack holds on the day it arrives', () => {
  expect(versionOn([held(pack(1, '2026-01-01'), '2026-11-03')], '2026-11-03')).toBe(1)
  const ended = held(pack(1, '2026-01-01', '2026-11-02'), '2026-01-01')
  expect(versionOn([ended, held(pack(2, '2026-11-01'), '2026-11-03')], '2026-11-03')).toBe(2)
})

test('PO-14 a signed version comes before one that came with the program, whatever their numbers', () => {
  const signed = held(pack(2, '2026-01-01', '2026-11-30'), '2026-01-01')
  const packs = [signed, held(pack(9, '2026-01-01'), '2026-01-01', false)]
  expect(versionOn(packs, '2026-11-03')).toBe(2)
  expect(versionOn(packs, '2026-12-01')).toBe(9)
})

test('PO-14 the day from which a pack will hold is told when it arrives', () => {
  const today = '2026-11-03'
  const arriving = (version: number, from: string) => ({ pack: pack(version, from), signature: SIGNATURE })
  const old = held(pack(1, '2026-01-01'), '2026-01-01')
  expect(holdsFrom([old], arriving(2, '2026-10-01'), today)).toBe('2026-11-04')
  expect(holdsFrom([old], arriving(2, '2026-12-01'), today)).toBe('2026-12-01')
  expect(holdsFrom([], arriving(2, '2026-10-01'), today)).toBe(today)
  expect(holdsFrom([held(pack(1, '2026-01-01'), today, false)], arriving(2, '2026-10-01'), today)).toBe(today)
})

test('PO-16 by area the pack of the smallest area around the canteen holds, each in its own versions and dates', () => {
  const of = (id: string, area: string, version = 1, effectiveTo: string | null = null): HeldPack =>
    held({ ...pack(version, '2026-01-01', effectiveTo), id, area }, '2026-01-01')
  const packs = [
    of('city', '44/4401'),
    of('city', '44/4401', 2),
    of('district', '44/4401/440106', 1, '2026-06-30'),
    of('elsewhere', '43/4301'),
  ]
  const chosen = (area: string, date: string): string | undefined => {
    const found = ownPackOfDay(packs, BY_AREA, area, date)
    return found === null ? undefined : `${found.id} ${found.version}`
  }
  expect(chosen('44/4401/440106/440106003', '2026-06-30')).toBe('district 1')
  expect(chosen('44/4401/440106/440106003', '2026-07-01')).toBe('city 2')
  expect(chosen('44/4401/440104', '2026-06-30')).toBe('city 2')
  expect(chosen('35/3501', '2026-06-30')).toBeUndefined()
  expect(ownPackOfDay(packs, 'elsewhere', '44/4401', '2026-06-30')?.id).toBe('elsewhere')
  expect(isOwnPack({ id: 'x', area: '44' }, BY_AREA, '44/4401')).toBe(true)
  expect(isOwnPack({ id: 'x' }, BY_AREA, '44/4401')).toBe(false)
})

describe('which pack', () => {
  const dated = (
    version: number,
    effectiveFrom: string,
    effectiveTo: string | null,
    area?: string,
  ): PolicyPack => ({
    ...PACK,
    version,
    effectiveFrom,
    effectiveTo,
    ...(area === undefined ? {} : { area, id: `pack-${area}` }),
  })

  test('PO-6 a pack holds from its first to its last day, both included', () => {
    const packs = [dated(1, '2024-01-01', '2024-12-31'), dated(2, '2025-01-01', null)]
    const inForceOn = (date: string) => packInForce(packs, PACK.id, date)?.version ?? null
    expect(inForceOn('2023-12-31')).toBeNull()
    expect(inForceOn('2024-01-01')).toBe(1)
    expect(inForceOn('2024-12-31')).toBe(1)
    expect(inForceOn('2025-01-01')).toBe(2)
    expect(packInForce(packs, 'other', '2025-01-01')).toBeNull()
  })

  test('PO-6 of overlapping versions the highest holds, whatever their order', () => {
    const packs = [dated(1, '2024-01-01', null), dated(3, '2025-06-01', null), dated(2, '2025-01-01', null)]
    expect(packInForce(packs, PACK.id, '2025-03-01')?.version).toBe(2)
    expect(packInForce(packs, PACK.id, '2025-06-01')?.version).toBe(3)
    expect(packInForce(packs.toReversed(), PACK.id, '2025-06-01')?.version).toBe(3)
  })

  test('PO-6 a district’s pack overrides its city’s while it is in force', () => {
    const city = dated(9, '2024-01-01', null, '44/4401')
    const district = dated(1, '2025-01-01', '2025-12-31', '44/4401/440106')
    const newer = dated(2, '2025-06-01', null, '44/4401/440106')
    const nowhere = dated(1, '2024-01-01', null)
    const packs = [newer, city, district, nowhere]
    expect(packForArea(packs, '44/4401/440106/440106003', '2025-03-01')).toBe(district)
    expect(packForArea(packs, '44/4401/440106/440106003', '2025-06-01')).toBe(newer)
    expect(packForArea(packs.toReversed(), '44/4401/440106/440106003', '2025-06-01')).toBe(newer)
    expect(packForArea(packs, '44/4401/440106/440106003', '2024-03-01')).toBe(city)
    expect(packForArea(packs, '44/4401/440118', '2025-03-01')).toBe(city)
    expect(packForArea(packs, '35/3502', '2025-03-01')).toBeNull()
  })
})
