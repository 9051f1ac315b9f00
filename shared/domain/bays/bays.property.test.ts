import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BaysDriver, DIVISION_G } from '../../../tests/fixtures/bays-driver.ts'
import type { BayKey } from './state.ts'

type Act =
  | { readonly kind: 'tap'; readonly bayId: string; readonly uid: string }
  | { readonly kind: 'exit'; readonly uid: string }
  /** Food, a ladle or a hand: whatever changes the pan's weight, and whether it comes to rest. */
  | { readonly kind: 'pan'; readonly bayId: string; readonly byG: number; readonly rests: boolean }
  | { readonly kind: 'scale'; readonly bayId: string; readonly state: 'overload' | 'stale' | 'disconnected' }
  | { readonly kind: 'key'; readonly at: number; readonly key: BayKey['kind'] }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'wallet'; readonly uid: string; readonly fen: number }
  | { readonly kind: 'refusal'; readonly reason: 'subsidy-used' | 'disk-full' | 'card-not-valid' }

const bayId = fc.constantFrom('1', '2')
const uid = fc.constantFrom('A', 'B', 'C')
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('tap'), bayId, uid }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exit'), uid }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('pan'),
      bayId,
      byG: fc.oneof(fc.integer({ min: -300, max: 300 }), fc.constantFrom(-5000, -900, -150, 150, 2000)),
      rests: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('scale'),
      bayId,
      state: fc.constantFrom('overload', 'stale', 'disconnected'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('key'),
      at: fc.integer({ min: 0, max: 3 }),
      key: fc.constantFrom<BayKey['kind'][]>(
        'refill-begin',
        'refill-end',
        'accept-take',
        'new-level',
        'release',
        'close-tray',
        'take-cash',
        'guest-cash',
        'confirm-tray',
        'cancel-line',
        'cancel-tray',
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.constantFrom(250, 6_000, 31_000, 70_000, 1_300_000, -3_600_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wallet'), uid, fen: fc.constantFrom(0, 300, 90_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('refusal'),
      reason: fc.constantFrom('subsidy-used', 'disk-full', 'card-not-valid'),
    }),
  },
)

function play(bays: BaysDriver, each: Act): void {
  switch (each.kind) {
    case 'tap':
      bays.tap(each.bayId, each.uid)
      break
    case 'exit':
      bays.exit(each.uid)
      break
    case 'pan': {
      const grams = Math.max(0, (bays.pans.get(each.bayId) ?? 0) + each.byG)
      if (each.rests) bays.pan(each.bayId, grams)
      else {
        bays.pans.set(each.bayId, grams)
        bays.say(each.bayId, 'unstable', grams + 10)
      }
      break
    }
    case 'scale':
      bays.weigh(
        each.bayId,
        each.state === 'overload' ? { state: 'overload', rawHex: '' } : { state: each.state },
      )
      break
    case 'key':
      bays.press(keyOf(bays, each))
      break
    case 'wait':
      bays.wait(each.ms)
      break
    case 'restart':
      bays.restart()
      break
    case 'wallet':
      bays.balances.set(each.uid, each.fen)
      break
    case 'refusal':
      bays.refusals.push({ kind: 'refused', reason: each.reason })
  }
}

function keyOf({ state }: BaysDriver, { at, key }: Extract<Act, { kind: 'key' }>): BayKey {
  const trayId = state.trays[at]?.kept.trayId ?? 'none'
  const where = state.bays[at % 2]?.setup.bayId ?? 'none'
  if (key === 'cancel-line') return { kind: key, trayId, bayId: where }
  switch (key) {
    case 'close-tray':
    case 'take-cash':
    case 'guest-cash':
    case 'confirm-tray':
    case 'cancel-tray':
      return { kind: key, trayId }
    default:
      return { kind: key, bayId: where }
  }
}

/** Milligrams that left the pan of a bay for a sale, a note, an open tray, or nobody yet. */
function accountedMg(bays: BaysDriver, id: string): number {
  const sum = (weights: readonly number[]): number => weights.reduce((all, each) => all + each, 0)
  const sold = bays.settled.flatMap(({ lines }) => lines).filter((line) => line.kind === 'weighed')
  const open = bays.state.trays.flatMap(({ kept }) => kept.lines)
  return (
    sum(sold.filter((line) => line.evidence.plateId === id).map(({ netMg }) => netMg)) +
    sum(bays.notes.filter((note) => note.bayId === id).map(({ netMg }) => netMg)) +
    sum(open.filter((line) => line.bayId === id).map(({ netMg }) => netMg)) +
    (bays.bay(id).kept.loose?.netMg ?? 0)
  )
}

function assertAccounted(bays: BaysDriver): void {
  for (const id of ['1', '2'])
    expect(5_000_000 - (bays.bay(id).kept.level?.grossMg ?? Number.NaN)).toBe(accountedMg(bays, id))
  for (const { kept } of bays.state.trays)
    for (const line of kept.lines) expect(line.netMg).toBeGreaterThan(0)
  for (const { lines, tender } of bays.settled) {
    expect(tender.walletFen).toBeGreaterThanOrEqual(0)
    for (const line of lines) expect(line.kind === 'weighed' ? line.netMg : 0).toBeGreaterThan(0)
  }
  const ids = bays.settled.map(({ saleId }) => saleId)
  expect(new Set(ids).size).toBe(ids.length)
}

/** Staff tidies up: nobody leans any more, every pan rests, every tray is paid. */
function endTheMeal(bays: BaysDriver): void {
  bays.refusals.length = 0
  for (const [id, grams] of bays.pans) bays.pan(id, grams)
  for (const { setup } of bays.state.bays) {
    bays.press({ kind: 'refill-end', bayId: setup.bayId })
    bays.press({ kind: 'release', bayId: setup.bayId })
    bays.press({ kind: 'new-level', bayId: setup.bayId })
  }
  for (const { kept } of bays.state.trays) {
    bays.balances.set(kept.cardUid, 1_000_000)
    bays.press({ kind: 'close-tray', trayId: kept.trayId })
  }
  bays.wait(70_000).wait(2_000_000).wait(70_000)
}

test('BY-11 BY-6 whatever the order of events, what left the pans is sold, open or noted; each tray settles at most once', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const bays = new BaysDriver(2)
      for (const each of acts) {
        play(bays, each)
        assertAccounted(bays)
      }
      endTheMeal(bays)
      assertAccounted(bays)
      expect(bays.state.trays).toEqual([])
      for (const [id, grams] of bays.pans) {
        const leftMg = 5_000_000 - grams * 1000
        expect(Math.abs(leftMg - accountedMg(bays, id))).toBeLessThan(2 * DIVISION_G * 1000)
      }
    }),
    { numRuns: 600 },
  )
}, 60_000)
