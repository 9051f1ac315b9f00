import { describe, expect, test } from 'vitest'
import { BaysDriver, TRAY_MS } from '../../../tests/fixtures/bays-driver.ts'
import { BAY_PATIENCE } from './state.ts'

/** A tray with 200 g for 8.00 yuan. */
const tray = (): BaysDriver => new BaysDriver().tap('1', 'A').take('1', 200)
const trayId = (bays: BaysDriver): string => bays.trayOf('A')?.trayId ?? ''

describe('at the exit', () => {
  test('BY-9 a tap pays the tray from the wallet and shows what was paid', () => {
    const bays = tray().exit('A')
    expect(bays.settled).toMatchObject([{ memberId: 'member-A', tender: { walletFen: 800, cashFen: 0 } }])
    expect(bays.exitView()).toMatchObject({ phase: 'paid', selfPayFen: 800, balanceAfterFen: 99_200 })
    expect(bays.state.trays).toEqual([])
  })

  test('BY-9 it waits for a pan that still moves', () => {
    const bays = tray().say('1', 'unstable', 4750).exit('A')
    expect(bays.settled).toEqual([])
    expect(bays.exitView().phase).toBe('settling')
    bays.pan('1', 4700)
    expect(bays.settled).toMatchObject([{ tender: { walletFen: 1200 } }])
  })

  test('BY-9 with too little in the wallet nothing is charged until staff takes the difference in cash', () => {
    const bays = tray()
    bays.balances.set('A', 300)
    bays.exit('A')
    expect(bays.settled).toEqual([])
    expect(bays.exitView()).toMatchObject({ phase: 'insufficient', missingFen: 500 })
    expect(bays.press({ kind: 'take-cash', trayId: trayId(bays) })).toBe(true)
    expect(bays.settled).toMatchObject([{ tender: { walletFen: 300, cashFen: 500 } }])
  })

  test('BY-9 a top-up and another tap pay it as well', () => {
    const bays = tray()
    bays.balances.set('A', 300)
    bays.exit('A')
    bays.balances.set('A', 5000)
    bays.exit('A')
    expect(bays.settled).toMatchObject([{ tender: { walletFen: 800, cashFen: 0 } }])
  })

  test('BY-9 a card that was reported lost meanwhile pays nothing; staff takes the full price in cash', () => {
    const bays = tray()
    bays.lost.add('A')
    bays.press({ kind: 'close-tray', trayId: trayId(bays) })
    expect(bays.state.trays[0]?.phase).toMatchObject({ at: 'stopped', because: 'card-not-valid' })
    bays.press({ kind: 'guest-cash', trayId: trayId(bays) })
    expect(bays.settled).toMatchObject([{ memberId: null, tender: { walletFen: 0, cashFen: 800 } }])
  })

  test('BY-9 a card without a tray, an unknown one and an empty tray are said in words', () => {
    const bays = tray()
    expect(bays.exit('B').exitView()).toMatchObject({ phase: 'trouble', trouble: 'no-tray' })
    bays.feed({ kind: 'exit-tap', lookup: { kind: 'unknown', uid: 'X' } })
    expect(bays.exitView().trouble).toBe('card-unknown')
    bays.feed({ kind: 'several', bayId: null })
    expect(bays.exitView().trouble).toBe('two-cards')
    expect(bays.wait(BAY_PATIENCE.noticeMs).tap('2', 'C').exit('C').exitView().phase).toBe('nothing')
  })

  test('BY-9 the card that has just paid is shown what it paid, and pays no second time', () => {
    const bays = tray().exit('A').exit('A')
    expect(bays.settled).toHaveLength(1)
    expect(bays.exitView().phase).toBe('paid')
    expect(bays.wait(BAY_PATIENCE.paidMs).exitView().phase).toBe('idle')
  })

  test('BY-9 whoever goes back to a bay before it is paid goes on with the same tray', () => {
    const bays = tray()
    bays.balances.set('A', 0)
    bays.exit('A').tap('2', 'A').take('2', 100)
    bays.balances.set('A', 5000)
    bays.exit('A')
    expect(bays.settled).toMatchObject([{ tender: { walletFen: 1200 } }])
  })
})

describe('left behind', () => {
  test('BY-10 a tray that nobody touches is paid by itself after its time', () => {
    const bays = tray().wait(TRAY_MS - 1)
    expect(bays.settled).toEqual([])
    expect(bays.wait(1).settled).toHaveLength(1)
    expect(bays.exitView().phase).toBe('idle')
  })

  test('BY-10 with too little in the wallet it stays open for staff, and nothing is charged', () => {
    const bays = tray()
    bays.balances.set('A', 100)
    bays.wait(TRAY_MS).wait(TRAY_MS)
    expect(bays.settled).toEqual([])
    expect(bays.state.trays[0]?.phase).toMatchObject({
      at: 'stopped',
      because: 'insufficient',
      missingFen: 700,
    })
  })

  test('BY-10 an empty tray just goes', () => {
    const bays = new BaysDriver().tap('1', 'A').wait(TRAY_MS)
    expect([bays.state.trays, bays.settled]).toEqual([[], []])
  })

  test('BY-10 a clock that is set back closes nothing early', () => {
    const bays = tray()
      .wait(-3_600_000)
      .wait(TRAY_MS - 1)
    expect(bays.settled).toEqual([])
    expect(bays.wait(1).settled).toHaveLength(1)
  })
})

describe('once', () => {
  test('BY-11 while an outcome is unknown nothing else is paid, and then the tray is paid once', () => {
    const bays = tray().tap('2', 'B').take('2', 100)
    bays.refusals.push({ kind: 'unknown', saleId: '' })
    bays.exit('A').exit('A').exit('B')
    expect(bays.exitView().phase).toBe('settling')
    expect(bays.settled).toEqual([])
    bays.feed({
      kind: 'outcome',
      outcome: { kind: 'exists', saleId: trayId(bays), balanceAfterFen: null, entryHash: '' },
    })
    expect(bays.settled).toMatchObject([{ memberId: 'member-B' }])
    expect(bays.state.trays).toEqual([])
  })

  test('BY-11 a settlement that the book refuses is quoted anew, or tried again when the disk has room', () => {
    const bays = tray()
    bays.refusals.push({ kind: 'refused', reason: 'subsidy-used' }, { kind: 'refused', reason: 'disk-full' })
    bays.exit('A')
    expect(bays.state.trays[0]?.phase).toMatchObject({ at: 'stopped', because: 'book' })
    expect(bays.wait(BAY_PATIENCE.retryMs).settled).toHaveLength(1)
  })

  test('BY-11 CK-16 nothing is paid while the book or the clock is in doubt', () => {
    const bays = tray()
    bays.feed({ kind: 'clock', toConfirm: true })
    bays.exit('A').wait(1000)
    expect(bays.settled).toEqual([])
    bays.feed({ kind: 'clock', toConfirm: false })
    bays.wait(250)
    expect(bays.settled).toHaveLength(1)
  })

  test('BY-12 a restart in the middle of a take loses nothing and charges it once', () => {
    const bays = tray()
    bays.pans.set('1', 4700)
    bays.restart()
    expect(bays.grams('A', '1')).toBe(300)
    bays.exit('A').restart()
    expect(bays.settled).toMatchObject([{ tender: { walletFen: 1200 } }])
  })

  test('BY-12 a restart after the sale was written leaves the bay free', () => {
    const bays = tray()
    bays.state = { ...bays.state, trays: [] }
    bays.restart().take('1', 70).wait(BAY_PATIENCE.looseMs)
    expect(bays.notes).toMatchObject([{ what: 'unattributed', netMg: 70_000 }])
  })
})

describe('staff', () => {
  test('BY-13 a cancelled line is noted and not charged', () => {
    const bays = tray().tap('2', 'A').take('2', 100)
    expect(bays.press({ kind: 'cancel-line', trayId: trayId(bays), bayId: '1' })).toBe(true)
    expect(bays.exit('A').settled).toMatchObject([{ tender: { walletFen: 400 } }])
    expect(bays.notes).toMatchObject([{ what: 'line-cancelled', bayId: '1', netMg: 200_000 }])
  })

  test('BY-13 a cancelled tray is gone, each line noted', () => {
    const bays = tray().tap('2', 'A').take('2', 100)
    expect(bays.press({ kind: 'cancel-tray', trayId: trayId(bays) })).toBe(true)
    expect([bays.state.trays, bays.settled]).toEqual([[], []])
    expect(bays.notes.map(({ bayId, netMg }) => [bayId, netMg])).toEqual([
      ['1', 200_000],
      ['2', 100_000],
    ])
  })

  test('BY-13 a released bay is free with what was attributed', () => {
    const bays = tray().say('1', 'unstable', 4000)
    bays.press({ kind: 'release', bayId: '1' })
    expect([bays.view('1').displayName, bays.grams('A', '1')]).toEqual([null, 200])
  })

  test('BY-13 staff sees each pan, each tray, and the keys that fit', () => {
    const bays = tray().tap('1', 'B').take('1', 900)
    expect(bays.view('1')).toMatchObject({
      panMg: 3_900_000,
      oddMg: 900_000,
      keys: ['refill-begin', 'accept-take', 'new-level', 'release'],
    })
    bays.balances.set('A', 100)
    bays.exit('A')
    expect(bays.trayViews()).toMatchObject([
      {
        displayName: 'A',
        state: 'stopped',
        because: 'insufficient',
        missingFen: 700,
        totalFen: 800,
        lines: [{ bayId: '1', netMg: 200_000, amountFen: 800 }],
        keys: ['close-tray', 'take-cash', 'cancel-line', 'cancel-tray'],
      },
      { displayName: 'B', state: 'open', lines: [] },
    ])
  })

  test('BY-13 a key that does not fit changes nothing', () => {
    const bays = tray()
    const before = bays.state
    expect(bays.press({ kind: 'refill-end', bayId: '1' })).toBe(false)
    expect(bays.press({ kind: 'accept-take', bayId: '1' })).toBe(false)
    expect(bays.press({ kind: 'take-cash', trayId: trayId(bays) })).toBe(false)
    expect(bays.press({ kind: 'cancel-line', trayId: trayId(bays), bayId: '9' })).toBe(false)
    expect(bays.press({ kind: 'release', bayId: 'nowhere' })).toBe(false)
    expect(bays.state).toBe(before)
  })
})
