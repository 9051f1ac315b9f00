import fc from 'fast-check'
import { test } from 'vitest'
import { CheckoutDriver, FISH, known, RICE, SET } from '../../../tests/fixtures/checkout-driver.ts'
import { fen, milligrams } from '../units.ts'
import type { CheckoutInput, StaffKey } from './state.ts'

const reading = fc.oneof(
  fc.record({
    state: fc.constantFrom('ok', 'unstable', 'negative'),
    weightMg: fc.constantFrom(0, 1_000, 30_000, 240_000, 415_000, 700_000, -90_000).map(milligrams),
    rawHex: fc.constant(''),
  }),
  fc.constantFrom(
    { state: 'overload', rawHex: '' } as const,
    { state: 'stale' } as const,
    { state: 'disconnected' } as const,
  ),
)
const key: fc.Arbitrary<StaffKey> = fc.oneof(
  fc.record({ kind: fc.constant('choose-dish'), dishId: fc.constantFrom(FISH, 'nothing') }),
  fc.record({
    kind: fc.constant('add-portion'),
    dishId: fc.constantFrom(RICE, SET, FISH),
    quantity: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({ kind: fc.constant('remove-line'), lineNo: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('choose-plate'), plateId: fc.constantFrom('plate', 'bowl') }),
  fc.record({
    kind: fc.constantFrom('add-plate', 'hold', 'release', 'take-cash', 'guest-cash', 'cancel'),
  }),
)
const card = fc.oneof(
  fc.record({ uid: fc.constantFrom('A', 'B'), balanceFen: fc.constantFrom(0, 500, 100_000) }),
  fc.constant(null),
)

type Move =
  | { readonly kind: 'input'; readonly input: CheckoutInput }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'answer'; readonly outcome: 'settled' | 'unknown' | 'refused' }

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: reading.map((each) => input({ kind: 'reading', reading: each as never })) },
  {
    weight: 3,
    arbitrary: card.map((each) =>
      input({
        kind: 'card',
        lookup: each === null ? { kind: 'unknown', uid: 'X' } : known(each.uid, each.balanceFen),
      }),
    ),
  },
  { weight: 3, arbitrary: key.map((each) => input({ kind: 'key', key: each })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(100, 7_000, 40_000, -3_600_000).map((ms): Move => ({ kind: 'wait', ms })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('settled' as const, 'unknown' as const, 'refused' as const)
      .map((outcome): Move => ({ kind: 'answer', outcome })),
  },
)

const weighed = (grams: number): Move =>
  input({
    kind: 'reading',
    reading: { state: 'ok', weightMg: milligrams(grams * 1000), rawHex: '' },
  })

/** Single moves mostly come to nothing; whole gestures get sales far enough to go wrong. */
const gesture: fc.Arbitrary<Move[]> = fc.oneof(
  { weight: 4, arbitrary: move.map((each) => [each]) },
  { weight: 1, arbitrary: fc.constant<Move[]>([weighed(0), weighed(415)]) },
  { weight: 1, arbitrary: fc.constant<Move[]>([weighed(415), input({ kind: 'card', lookup: known('B') })]) },
)

function input(each: CheckoutInput): Move {
  return { kind: 'input', input: each }
}

function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(`broken: ${rule}`)
}

/** Watches a whole random service and holds it against the rules. */
class Auditor {
  readonly counter = new CheckoutDriver()
  readonly charged = new Set<string>()
  inFlight: string | null = null
  zeroSinceWeighedSale = true
  answer: 'settled' | 'unknown' | 'refused' = 'settled'

  constructor() {
    this.counter.settle = (draft) => {
      must(this.inFlight === null, 'one settlement in flight')
      must(!this.charged.has(draft.saleId), 'a charged sale is never settled again')
      must(draft.lines.length > 0, 'a sale has lines')
      const scale = this.counter.state.scale
      const fromScale = draft.lines.at(-1)?.kind === 'weighed' && this.counter.state.platform.at === 'loaded'
      if (fromScale) {
        must(scale.state === 'ok', 'weighed only from a stable scale')
        must(this.zeroSinceWeighedSale, 'the plate left between two sales')
      }
      const { quote, tender } = draft
      must(tender.walletFen + tender.cashFen === quote.selfPayFen, 'wallet and cash are what is to pay')
      if (this.answer === 'unknown') this.inFlight = draft.saleId
      if (this.answer === 'settled') this.charge(draft.saleId, fromScale)
      return this.answer === 'settled'
        ? { kind: 'settled', saleId: draft.saleId, balanceAfterFen: fen(0), entryHash: '' }
        : this.answer === 'unknown'
          ? { kind: 'unknown', saleId: draft.saleId }
          : { kind: 'refused', reason: 'disk-full' }
    }
  }

  charge(saleId: string, fromScale: boolean): void {
    this.charged.add(saleId)
    if (fromScale) this.zeroSinceWeighedSale = false
  }

  play(each: Move): void {
    if (each.kind === 'wait') {
      this.counter.wait(each.ms)
      return
    }
    if (each.kind === 'answer') {
      this.answer = each.outcome
      if (this.inFlight !== null && each.outcome === 'settled') this.resolve(this.inFlight)
      return
    }
    if (each.input.kind === 'reading') {
      const { reading: seen } = each.input
      if ('weightMg' in seen && seen.state !== 'unstable' && Math.abs(seen.weightMg) <= 4_000)
        this.zeroSinceWeighedSale = true
    }
    const before = this.counter.state
    const step = this.counter.feed(each.input)
    must(step.refusal === undefined || this.counter.state === before, 'a refused key changes nothing')
    must(this.counter.view.totalFen >= 0, 'no total below zero')
  }

  resolve(saleId: string): void {
    this.inFlight = null
    this.charge(saleId, this.counter.state.platform.at !== 'clear')
    this.counter.feed({
      kind: 'outcome',
      outcome: { kind: 'exists', saleId, balanceAfterFen: fen(0), entryHash: '' },
    })
  }
}

test('CK-1 CK-3 CK-4 CK-8 CK-13 any service keeps the rules of the counter', () => {
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 20, maxLength: 80, size: 'max' }), (gestures) => {
      const moves = gestures.flat()
      const auditor = new Auditor()
      for (const each of moves) auditor.play(each)
    }),
    { numRuns: 2_000, seed: 20_261_122 },
  )
})
