import { describe, expect, test } from 'vitest'
import { CheckoutDriver, FISH, known, RICE, SET, smallMenu } from '../../../tests/fixtures/checkout-driver.ts'
import { fen, fenPer100g, milligrams } from '../units.ts'
import { PATIENCE } from './state.ts'

const ready = (): CheckoutDriver => new CheckoutDriver().clear()

describe('plate and card', () => {
  test('CK-2 plate then card: 215 g at 4.00 a 100 g costs 8.60', () => {
    const counter = ready().plate(215)
    expect(counter.view).toMatchObject({ phase: 'ready', totalFen: 860 })
    counter.tap(known('A'))
    expect(counter.settled).toHaveLength(1)
    expect(counter.settled[0]).toMatchObject({ memberId: 'member-A', tender: { walletFen: 860, cashFen: 0 } })
    expect(counter.view).toMatchObject({ phase: 'paid', totalFen: 860 })
  })

  test('CK-2 card then plate: the same sale', () => {
    const plateFirst = ready().plate(215).tap(known('A'))
    const cardFirst = ready().tap(known('A'))
    expect(cardFirst.view.phase).toBe('awaiting-plate')
    cardFirst.plate(215)
    expect(cardFirst.settled).toEqual(plateFirst.settled)
  })

  test('CK-3 the next sale starts only after the plate has left', () => {
    const counter = ready().plate(215).tap(known('A'))
    counter.weigh('ok', 600).tap(known('B'))
    expect(counter.settled).toHaveLength(1)
    expect(counter.view.trouble).toBe('take-plate-away')
    counter.lift().plate(100).tap(known('B'))
    expect(counter.settled.map((draft) => draft.memberId)).toEqual(['member-A', 'member-B'])
    expect(counter.settled[1]?.saleId).not.toBe(counter.settled[0]?.saleId)
  })

  test('CK-4 the same card on the same plate never charges twice', () => {
    const counter = ready().plate(215)
    for (let bounce = 0; bounce < 5; bounce += 1) counter.tap(known('A')).wait(300)
    expect(counter.settled).toHaveLength(1)
    expect(counter.view).toMatchObject({ phase: 'paid', trouble: 'already-paid' })
  })

  test('CK-4 a second tap after a basket without a plate is one sale', () => {
    const counter = ready()
    counter.press({ kind: 'add-portion', dishId: SET, quantity: 1 })
    counter.tap(known('A')).tap(known('A'))
    expect(counter.settled).toHaveLength(1)
  })

  test('CK-10 a card without a plate expires, also over a sleep of the machine', () => {
    const counter = ready().tap(known('A'))
    counter.wait(PATIENCE.boundCardMs - 1)
    expect(counter.view.phase).toBe('awaiting-plate')
    counter.wait(8 * 3_600_000).plate(215)
    expect(counter.view.phase).toBe('ready')
    expect(counter.settled).toEqual([])
  })

  test('CK-10 a card also expires when the clock is set back', () => {
    const counter = ready().tap(known('A'))
    counter.wait(-3 * 3_600_000)
    expect(counter.view.phase).toBe('idle')
  })
})

describe('cards that cannot pay', () => {
  test.each([
    [{ kind: 'unknown', uid: 'X' } as const, 'card-unknown'],
    [{ kind: 'lost', uid: 'X' } as const, 'card-lost'],
  ])('CK-6 %o leaves the basket as it is', (lookup, code) => {
    const counter = ready().plate(215).tap(lookup)
    expect(counter.view).toMatchObject({ phase: 'trouble', trouble: code, totalFen: 860 })
    counter.wait(PATIENCE.noticeMs)
    expect(counter.view.phase).toBe('ready')
    counter.tap(known('A'))
    expect(counter.settled).toHaveLength(1)
  })

  test('CK-5 two cards at once: neither pays, the counter asks for one', () => {
    const counter = ready().plate(215)
    counter.feed({ kind: 'several-cards' })
    expect(counter.view.trouble).toBe('two-cards')
    expect(counter.settled).toEqual([])
  })

  test('CK-5 a second card before the plate: neither pays', () => {
    const counter = ready().tap(known('A')).tap(known('B'))
    expect(counter.view.trouble).toBe('two-cards')
    counter.wait(PATIENCE.noticeMs).plate(215)
    expect(counter.settled).toEqual([])
    counter.tap(known('B'))
    expect(counter.settled[0]?.memberId).toBe('member-B')
  })
})

describe('too little in the wallet', () => {
  test('CK-7 staff takes the difference in cash', () => {
    const counter = ready().plate(215).tap(known('A', 650))
    expect(counter.view).toMatchObject({ phase: 'insufficient', shortfallFen: 210 })
    expect(counter.settled).toEqual([])
    counter.press({ kind: 'take-cash' })
    expect(counter.settled[0]?.tender).toEqual({ walletFen: 650, cashFen: 210 })
    expect(counter.view.phase).toBe('paid')
  })

  test('CK-7 the plate goes back: nothing is charged and the card is let go', () => {
    const counter = ready().plate(215).tap(known('A', 650)).lift()
    expect(counter.view).toMatchObject({ phase: 'idle', shortfallFen: null })
    counter.plate(100)
    expect(counter.view.phase).toBe('ready')
    expect(counter.settled).toEqual([])
  })

  test('CK-7 food put back until it fits is paid from the wallet', () => {
    const counter = ready().plate(215).tap(known('A', 650))
    counter.weigh('unstable', 380).weigh('ok', 350)
    expect(counter.settled[0]?.tender).toEqual({ walletFen: 600, cashFen: 0 })
  })

  test('CK-7 cash is not taken while the plate moves', () => {
    const counter = ready().plate(215).tap(known('A', 650)).weigh('unstable', 400)
    expect(counter.press({ kind: 'take-cash' }).refusal).toEqual({ code: 'NOT_NOW' })
    expect(counter.settled).toEqual([])
  })
})

describe('the scale', () => {
  test.each([
    ['unstable', { state: 'unstable', weightMg: 300_000, rawHex: '' }, 'weighing'],
    ['negative', { state: 'negative', weightMg: -50_000, rawHex: '' }, 'scale-negative'],
    ['overload', { state: 'overload', rawHex: '' }, 'scale-overload'],
    ['underload', { state: 'underload', rawHex: '' }, 'scale-underload'],
    ['not-zeroed', { state: 'not-zeroed', rawHex: '' }, 'scale-not-zeroed'],
    ['tared', { state: 'tared', rawHex: '' }, 'scale-tared'],
    ['stale', { state: 'stale' }, 'scale-stale'],
    ['disconnected', { state: 'disconnected' }, 'scale-disconnected'],
  ] as const)('CK-8 nothing settles while the scale is %s', (_, reading, shown) => {
    const counter = ready().plate(215)
    counter.read(reading as never).tap(known('A'))
    expect(counter.settled).toEqual([])
    const { phase, trouble } = counter.view
    expect(trouble ?? phase).toBe(shown)
  })

  test('MT-12 a plate under the scale’s own tare is not sold, and costs the same once that is cleared', () => {
    const counter = ready().plate(215)
    const before = counter.view.totalFen
    counter.read({ state: 'tared', rawHex: '' }).tap(known('A'))
    expect(counter.view).toMatchObject({ trouble: 'scale-tared', lines: [], scale: { grossMg: null } })
    expect(counter.settled).toEqual([])
    counter.plate(215)
    expect(counter.settled.map(({ quote }) => quote.priceFen)).toEqual([before])
  })

  test('MT-12 a scale that was tared with the plate on it sells nothing before it stood at zero', () => {
    const counter = ready().read({ state: 'tared', rawHex: '' }).tap(known('A'))
    counter.read({ state: 'negative', weightMg: milligrams(-300_000), rawHex: '' })
    expect(counter.settled).toEqual([])
    expect(counter.view.trouble).toBe('scale-negative')
  })

  test('CK-8 counted lines sell while the scale is unplugged', () => {
    const counter = new CheckoutDriver().read({ state: 'disconnected' })
    expect(counter.view.trouble).toBe('scale-disconnected')
    counter.press({ kind: 'add-portion', dishId: SET, quantity: 1 })
    expect(counter.view.phase).toBe('ready')
    counter.tap(known('A'))
    expect(counter.settled).toHaveLength(1)
  })

  test('CK-17 motion without end has its own words', () => {
    const counter = ready().weigh('unstable', 400)
    expect(counter.view).toMatchObject({ phase: 'weighing', trouble: null })
    expect(counter.wait(PATIENCE.unstableMs).view.trouble).toBe('scale-unstable')
  })

  test('PR-4 below Min is no line and has its own words', () => {
    const counter = ready().plate(39).tap(known('A'))
    expect(counter.view.trouble).toBe('weight-below-minimum')
    expect(counter.settled).toEqual([])
    expect(ready().plate(40).tap(known('A')).settled).toHaveLength(1)
  })

  test('CK-8 a scale past its verification sells nothing by weight', () => {
    const counter = ready()
    counter.verifiedUntil = '2026-11-21'
    counter.plate(215).tap(known('A'))
    expect(counter.view.trouble).toBe('scale-verification-expired')
    expect(counter.settled).toEqual([])
  })

  test('CK-12 a plate that lies there at the start is not sold until it was lifted', () => {
    const counter = new CheckoutDriver().weigh('ok', 415).tap(known('A'))
    expect(counter.view.trouble).toBe('take-plate-away')
    expect(counter.settled).toEqual([])
    expect(counter.lift().plate(215).tap(known('A')).settled).toHaveLength(1)
  })

  test('CK-12 a sale settled just before the restart is shown as paid', () => {
    const before = ready().plate(215).tap(known('A'))
    const { paid } = before.state
    if (paid === null) throw new Error('not paid')
    const after = new CheckoutDriver()
    after.feed({ kind: 'restored', paid })
    after.weigh('ok', 415).tap(known('A'))
    expect(after.view).toMatchObject({ phase: 'paid', trouble: 'already-paid', totalFen: 860 })
    expect(after.settled).toEqual([])
  })
})

describe('baskets', () => {
  test('CK-9 weighed, portion and set-meal lines share one basket', () => {
    const counter = ready().plate(215)
    counter.press({ kind: 'add-portion', dishId: RICE, quantity: 2 })
    counter.press({ kind: 'add-portion', dishId: SET, quantity: 1 })
    counter.press({ kind: 'add-portion', dishId: RICE, quantity: 1 })
    counter.tap(known('A'))
    const lines = counter.settled[0]?.lines.map((line) => [line.dishId, line.amountFen])
    expect(lines).toEqual([
      [RICE, 300],
      [SET, 1200],
      [FISH, 860],
    ])
  })

  test('CK-9 several plates go on one tap', () => {
    const counter = ready().plate(215)
    counter.press({ kind: 'add-plate' })
    counter.lift().plate(100)
    expect(counter.view.totalFen).toBe(1260)
    counter.tap(known('A'))
    expect(counter.settled[0]?.lines.map((line) => line.amountFen)).toEqual([860, 400])
  })

  test('CK-9 the last plate may still stand on the scale at the tap', () => {
    const counter = ready().plate(215)
    counter.press({ kind: 'add-plate' })
    counter.tap(known('A'))
    expect(counter.settled[0]?.lines).toHaveLength(1)
    counter.tap(known('B'))
    expect(counter.settled).toHaveLength(1)
  })

  test('CK-9 a held basket waits for its release', () => {
    const counter = ready().plate(215)
    counter.press({ kind: 'hold' })
    counter.tap(known('A'))
    expect(counter.settled).toEqual([])
    counter.press({ kind: 'add-portion', dishId: RICE, quantity: 1 })
    counter.press({ kind: 'release' })
    expect(counter.settled[0]?.quote.priceFen).toBe(960)
  })

  test('CK-9 the dish key says what lies on the scale', () => {
    const counter = ready()
    counter.menu = { ...smallMenu, weighing: { kind: 'dish-keys' } }
    counter.plate(215).tap(known('A'))
    expect(counter.view.phase).toBe('choose-dish')
    expect(counter.settled).toEqual([])
    counter.press({ kind: 'choose-dish', dishId: FISH })
    expect(counter.settled[0]?.quote.priceFen).toBe(860)
  })

  test('CK-9 one uniform buffet price needs no key', () => {
    const counter = ready()
    const price = { per: '100g', fen: fenPer100g(300) } as const
    counter.menu = {
      ...smallMenu,
      weighing: { kind: 'uniform', name: { zh: '自助', en: 'Buffet' }, price, priceVersion: 4 },
    }
    counter.plate(200).tap(known('A'))
    expect(counter.settled[0]?.lines[0]).toMatchObject({ amountFen: 600, priceVersion: 4 })
  })

  test('PR-2 the chosen plate type is the tare', () => {
    const counter = ready()
    counter.press({ kind: 'choose-plate', plateId: 'bowl' })
    counter.plate(215)
    expect(counter.view.lines[0]).toMatchObject({ netMg: 315_000 })
  })

  test('PR-2 a chosen plate type counts for its own sale only', () => {
    const counter = ready()
    counter.press({ kind: 'choose-plate', plateId: 'bowl' })
    counter.plate(215).tap(known('A')).lift().plate(215)
    expect(counter.view.lines[0]).toMatchObject({ netMg: 215_000 })
  })

  test('PR-5 a price changed in mid-weighing counts from the next plate', () => {
    const counter = ready().plate(215)
    const [fish, ...others] = smallMenu.dishes
    if (fish === undefined) throw new Error('no dish')
    const price = { per: '100g', fen: fenPer100g(800) } as const
    counter.menu = { ...smallMenu, dishes: [{ ...fish, pricing: { kind: 'weight', price } }, ...others] }
    counter.tap(known('A'))
    expect(counter.settled[0]?.quote.priceFen).toBe(860)
    counter.lift().plate(215)
    expect(counter.view.totalFen).toBe(1720)
  })

  test('CK-18 a guest pays the full price in cash', () => {
    const counter = ready().plate(215)
    counter.press({ kind: 'guest-cash' })
    expect(counter.settled[0]).toMatchObject({ memberId: null, tender: { walletFen: 0, cashFen: 860 } })
  })
})

describe('the answer of the book', () => {
  test('CK-1 CK-11 while the outcome is unknown nothing else is paid and the screen says it is checking', () => {
    const counter = ready().plate(215)
    counter.settle = ({ saleId }) => ({ kind: 'unknown', saleId })
    counter.tap(known('A')).tap(known('B')).lift().plate(100).tap(known('A'))
    expect(counter.settled).toHaveLength(1)
    expect(counter.view.phase).toBe('checking')
    expect(counter.press({ kind: 'cancel' }).refusal).toEqual({ code: 'NOT_NOW' })
    const saleId = counter.settled[0]?.saleId ?? ''
    counter.feed({
      kind: 'outcome',
      outcome: { kind: 'exists', saleId, balanceAfterFen: fen(5), entryHash: '' },
    })
    expect(counter.view).toMatchObject({ phase: 'paid', payment: { walletFen: 860, balanceAfterFen: 5 } })
  })

  test('LG-17 a full disk charges nothing, and the next tap sells by itself', () => {
    const counter = ready().plate(215)
    const sells = counter.settle
    counter.settle = () => ({ kind: 'refused', reason: 'disk-full' })
    counter.tap(known('A'))
    expect(counter.view).toMatchObject({ phase: 'trouble', trouble: 'disk-full', payment: null })
    counter.settle = sells
    counter.wait(PATIENCE.noticeMs).tap(known('A'))
    expect(counter.view.phase).toBe('paid')
    expect(new Set(counter.settled.map((draft) => draft.saleId)).size).toBe(1)
  })

  test('CK-14 the sale keeps the business date of its quote across midnight', () => {
    const counter = ready().plate(215)
    counter.settle = () => null
    counter.tap(known('A'))
    counter.businessDate = '2026-11-23'
    counter.wait(1000)
    expect(counter.settled.map((draft) => draft.businessDate)).toEqual(['2026-11-22'])
  })

  test('CK-16 a clock to confirm stops selling until staff confirms', () => {
    const counter = ready()
    counter.feed({ kind: 'clock', toConfirm: true })
    counter.plate(215).tap(known('A'))
    expect(counter.settled).toEqual([])
    expect(counter.view.trouble).toBe('clock-to-confirm')
    expect(counter.press({ kind: 'confirm-clock' }).effects).toContainEqual({ kind: 'confirm-clock' })
    expect(counter.settled).toHaveLength(1)
  })
})

describe('keys and words', () => {
  test('CK-13 a refused key changes nothing', () => {
    const counter = ready()
    const before = counter.state
    expect(counter.press({ kind: 'take-cash' }).refusal).toEqual({ code: 'NOT_NOW' })
    expect(counter.press({ kind: 'add-portion', dishId: 'nothing', quantity: 1 }).refusal).toEqual({
      code: 'NOT_ON_MENU',
      id: 'nothing',
    })
    expect(counter.state).toBe(before)
  })

  test('CK-13 cancel drops the sale and asks for the plate to be lifted', () => {
    const counter = ready().plate(215)
    counter.press({ kind: 'cancel' })
    counter.tap(known('A'))
    expect(counter.settled).toEqual([])
    expect(counter.view.trouble).toBe('take-plate-away')
  })

  test('CK-15 a line is said once, and again only when its amount has changed', () => {
    const counter = ready().plate(215)
    const first = counter.view.speech
    expect(first).toMatchObject({ kind: 'line', amountFen: 860 })
    counter.weigh('unstable', 416).weigh('ok', 415).wait(1000)
    expect(counter.view.speech).toBe(first)
    counter.weigh('ok', 500)
    expect(counter.view.speech).toMatchObject({ kind: 'line', amountFen: 1200 })
  })

  test('CK-15 a priced basket asks for the card once, after its amount was heard', () => {
    const counter = ready().plate(215)
    counter.wait(PATIENCE.askForCardMs - 1)
    expect(counter.view.speech?.kind).toBe('line')
    counter.wait(1)
    expect(counter.view.speech?.kind).toBe('tap-card')
    const asked = counter.view.speech
    expect(counter.wait(60_000).view.speech).toBe(asked)
    counter.lift().wait(20_000)
    expect(counter.view.speech).toBe(asked)
  })
})
