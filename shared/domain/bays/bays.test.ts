import { describe, expect, test } from 'vitest'
import { BaysDriver, bayMenu } from '../../../tests/fixtures/bays-driver.ts'
import { BAY_PATIENCE } from './state.ts'

describe('taking', () => {
  test('BY-1 BY-2 a tap binds the bay, and what is taken is on the tray once the pan is at rest', () => {
    const bays = new BaysDriver().tap('1', 'A')
    expect(bays.view('1')).toMatchObject({ phase: 'taking', displayName: 'A', netMg: 0 })
    bays.say('1', 'unstable', 4700)
    expect(bays.view('1')).toMatchObject({ phase: 'settling', netMg: 0 })
    bays.pan('1', 4800)
    expect(bays.view('1')).toMatchObject({ phase: 'taking', netMg: 200_000, amountFen: 800, trayFen: 800 })
  })

  test('BY-2 putting back lowers the line, and putting all of it back leaves none', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 200).take('1', -80)
    expect(bays.grams('A', '1')).toBe(120)
    bays.take('1', -120)
    expect(bays.trayOf('A')?.lines).toEqual([])
  })

  test('BY-2 nothing moves a line while the scale says no weight', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 200)
    bays.weigh('1', { state: 'overload', rawHex: '' }).weigh('1', { state: 'stale' })
    bays.say('1', 'negative', -300).weigh('1', { state: 'disconnected' })
    expect(bays.grams('A', '1')).toBe(200)
    bays.pan('1', 4700)
    expect(bays.grams('A', '1')).toBe(300)
  })

  test('BY-3 a tray of two bays is one sale with two lines, and each line keeps its weighings', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 200).tap('2', 'A').take('2', 100).exit('A')
    expect(bays.settled).toHaveLength(1)
    const [fish, greens] = bays.settled[0]?.lines ?? []
    expect(fish).toMatchObject({
      dishId: 'fish',
      netMg: 200_000,
      amountFen: 800,
      evidence: {
        scaleId: 'B-1',
        verifiedUntil: '2027-03-31',
        takes: [
          { before: { grossMg: 5_000_000, rawHex: '5000' }, after: { grossMg: 4_800_000, rawHex: '4800' } },
        ],
      },
    })
    expect(greens).toMatchObject({ dishId: 'greens', netMg: 100_000, amountFen: 400 })
  })

  test('BY-3 a second visit adds to the same line, with both differences as its evidence', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100).tap('1', 'B').take('1', 60)
    bays.tap('1', 'A').take('1', 50).exit('A').exit('B')
    expect(bays.settled.map(({ lines }) => lines.map(({ amountFen }) => amountFen))).toEqual([[600], [240]])
    expect(bays.settled[0]?.lines[0]).toMatchObject({ netMg: 150_000, evidence: { takes: [{}, {}] } })
  })

  test('BY-3 a price that changes after the first take changes nothing on the line', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100)
    bays.menu = bayMenu(900)
    bays.take('1', 100).exit('A')
    expect(bays.settled[0]?.lines[0]).toMatchObject({ amountFen: 800, priceVersion: 400 })
  })

  test('BY-3 less than Min is not sold but noted', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 30)
    expect(bays.view('1')).toMatchObject({ belowMinimum: true, trayFen: 0 })
    bays.tap('2', 'A').take('2', 100).exit('A')
    expect(bays.settled[0]?.lines).toHaveLength(1)
    expect(bays.notes).toMatchObject([{ what: 'below-minimum', bayId: '1', netMg: 30_000 }])
  })

  test('BY-1 a binding ends after its time, also over a sleep of the machine', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100)
    bays.nowMs += BAY_PATIENCE.boundMs
    bays.take('1', 70)
    expect(bays.grams('A', '1')).toBe(100)
    expect(bays.view('1').displayName).toBeNull()
  })

  test('BY-1 a tray is bound to one bay at a time', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100).tap('2', 'A')
    bays.take('1', 70)
    expect([bays.grams('A', '1'), bays.view('1').displayName, bays.view('2').displayName]).toEqual([
      100,
      null,
      'A',
    ])
  })

  test('BY-1 an unknown, a lost and several cards bind nothing and leave whoever is bound', () => {
    const bays = new BaysDriver().tap('1', 'A')
    bays.lost.add('L')
    bays.tap('1', 'L')
    expect(bays.view('1')).toMatchObject({ trouble: 'card-lost', displayName: 'A' })
    bays.feed({ kind: 'several', bayId: '1' })
    expect(bays.view('1')).toMatchObject({ trouble: 'two-cards', displayName: 'A' })
    bays.feed({ kind: 'tap', bayId: '1', lookup: { kind: 'unknown', uid: 'X' } })
    expect(bays.view('1').trouble).toBe('card-unknown')
    expect(bays.wait(BAY_PATIENCE.noticeMs).view('1')).toMatchObject({ phase: 'taking', trouble: null })
  })

  test('BY-1 a bay whose dish is not on the menu binds nobody', () => {
    const bays = new BaysDriver()
    bays.menu = { ...bays.menu, soldOut: ['fish'] }
    expect(bays.tap('1', 'A').view('1')).toMatchObject({ trouble: 'not-on-sale', displayName: null })
  })
})

describe('a bay whose scale may not sell', () => {
  for (const lock of ['scale-verification-expired', 'scale-check-due', 'scale-check-failed'] as const)
    test(`BY-15 BY-1 binds nobody and says why: ${lock}`, () => {
      const bays = new BaysDriver()
      bays.locks = { '2': lock }
      expect(bays.tap('2', 'A').wait(BAY_PATIENCE.noticeMs).view('2')).toMatchObject({
        phase: 'trouble',
        trouble: lock,
        displayName: null,
      })
      expect(bays.tap('1', 'A').view('1')).toMatchObject({ phase: 'taking', displayName: 'A' })
    })

  test('BY-15 BY-5 what was taken before the lock stays on its tray, what is taken after it is noted and charged to nobody', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 200)
    bays.locks = { '1': 'scale-check-failed' }
    bays.wait(250).take('1', 100).wait(BAY_PATIENCE.looseMs)
    expect(bays.grams('A', '1')).toBe(200)
    expect(bays.notes).toMatchObject([{ what: 'unattributed', netMg: 100_000 }])
    expect(bays.exit('A').settled).toMatchObject([{ lines: [{ netMg: 200_000 }] }])
  })

  test('BY-15 a lock that comes while somebody waits lets her in nowhere', () => {
    const bays = new BaysDriver().tap('1', 'A').say('1', 'unstable', 4930).tap('1', 'B')
    bays.locks = { '1': 'scale-check-due' }
    bays.pan('1', 4900)
    expect(bays.grams('A', '1')).toBe(100)
    expect(bays.wait(BAY_PATIENCE.noticeMs).view('1')).toMatchObject({ displayName: null })
  })
})

describe('the check of a bay’s scale', () => {
  const check = (bays: BaysDriver, underWay: boolean) =>
    bays.feed({ kind: 'scale-check', bayId: '1', underWay })

  test('BY-15 MT-11 sells nothing off the weight, and afterwards the pan that is put back is the new level', () => {
    const bays = new BaysDriver()
    check(bays, true)
    bays.pan('1', 0).pan('1', 1000).tap('1', 'A')
    expect(bays.view('1')).toMatchObject({ trouble: 'scale-in-check', displayName: null, keys: [] })
    check(bays, false)
    expect(bays.wait(BAY_PATIENCE.noticeMs).view('1')).toMatchObject({
      phase: 'refilling',
      keys: ['refill-end'],
    })
    bays.pan('1', 4990).press({ kind: 'refill-end', bayId: '1' })
    expect(bays.notes).toMatchObject([{ what: 'refilled', netMg: 10_000 }])
    expect(bays.tap('1', 'A').take('1', 100).grams('A', '1')).toBe(100)
  })

  test('BY-15 waits for nobody who is being served: it does not begin', () => {
    const bays = new BaysDriver().tap('1', 'A')
    check(bays, true)
    expect(bays.take('1', 100).grams('A', '1')).toBe(100)
  })
})

describe('two people at one bay', () => {
  test('BY-4 another card takes the bay over at once when the pan is at rest', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100).tap('1', 'B').take('1', 50)
    expect([bays.grams('A', '1'), bays.grams('B', '1')]).toEqual([100, 50])
  })

  test('BY-4 while the pan moves the second waits, and the first gets what she took', () => {
    const bays = new BaysDriver().tap('1', 'A').say('1', 'unstable', 4930).tap('1', 'B')
    expect(bays.view('1')).toMatchObject({ phase: 'settling', displayName: 'A', trouble: 'one-moment' })
    bays.pan('1', 4900)
    expect(bays.view('1').displayName).toBe('B')
    bays.take('1', 60)
    expect([bays.grams('A', '1'), bays.grams('B', '1')]).toEqual([100, 60])
  })

  test('BY-4 BY-6 while somebody leans on the pan the second waits too', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100).pan('1', 9000).tap('1', 'B')
    expect(bays.view('1').displayName).toBe('A')
    bays.pan('1', 4880)
    expect(bays.view('1').displayName).toBe('B')
    expect([bays.grams('A', '1'), bays.grams('B', '1')]).toEqual([120, 0])
  })

  test('BY-4 whoever waits too long taps again', () => {
    const bays = new BaysDriver().tap('1', 'A').say('1', 'unstable', 4900).tap('1', 'B')
    bays.wait(BAY_PATIENCE.queueMs).pan('1', 4900)
    expect(bays.view('1').displayName).toBeNull()
    expect(bays.grams('A', '1')).toBe(100)
  })
})

describe('nobody bound', () => {
  test('BY-5 food taken with nobody bound is noted and charged to nobody', () => {
    const bays = new BaysDriver().take('1', 150)
    bays.tap('1', 'A').exit('A')
    expect(bays.settled).toEqual([])
    expect(bays.notes).toEqual([
      { bayId: '1', dishId: 'fish', trayId: null, what: 'unattributed', netMg: 150_000 },
    ])
  })

  test('BY-5 put back soon enough it was never taken', () => {
    const bays = new BaysDriver().take('1', 150).take('1', -150).wait(BAY_PATIENCE.looseMs)
    expect(bays.notes).toEqual([])
    bays.take('1', 150).wait(BAY_PATIENCE.looseMs)
    expect(bays.notes).toHaveLength(1)
  })
})

describe('what comes into a pan', () => {
  test('BY-6 a ladle left in the pan makes no negative line, and lifted out changes none', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', -150)
    expect(bays.view('1')).toMatchObject({ phase: 'trouble', trouble: 'weight-rose', netMg: 0 })
    bays.take('1', 150)
    expect(bays.view('1')).toMatchObject({ phase: 'taking', trouble: null, netMg: 0 })
    bays.take('1', 100)
    expect(bays.grams('A', '1')).toBe(100)
  })

  test('BY-6 a ladle that lay there before her tap is not her putting back', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 200).tap('2', 'A')
    bays.take('1', -150).tap('1', 'A')
    expect(bays.grams('A', '1')).toBe(200)
    bays.take('1', 150)
    expect(bays.grams('A', '1')).toBe(200)
    bays.take('1', -50)
    expect(bays.grams('A', '1')).toBe(150)
  })

  test('BY-6 somebody leaning on the scale changes no line', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 200).pan('1', 12_000).pan('1', 4800)
    expect(bays.grams('A', '1')).toBe(200)
    expect(bays.pan('1', 12_000).exit('A').settled[0]?.lines[0]).toMatchObject({ netMg: 200_000 })
  })

  test('BY-7 a refill by key is a new level, noted, and charged to nobody', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 100)
    expect(bays.press({ kind: 'refill-begin', bayId: '1' })).toBe(true)
    expect(bays.view('1').phase).toBe('refilling')
    bays.pan('1', 0).pan('1', 8000)
    expect(bays.press({ kind: 'refill-end', bayId: '1' })).toBe(true)
    bays.tap('1', 'B').take('1', 50)
    expect([bays.grams('A', '1'), bays.grams('B', '1')]).toEqual([100, 50])
    expect(bays.notes).toMatchObject([{ what: 'refilled', netMg: -3_100_000 }])
  })

  test('BY-7 a refill that ends while the pan still moves counts from its rest', () => {
    const bays = new BaysDriver()
    bays.press({ kind: 'refill-begin', bayId: '1' })
    bays.say('1', 'unstable', 7900)
    bays.press({ kind: 'refill-end', bayId: '1' })
    bays.pan('1', 8000).tap('1', 'A').take('1', 100)
    expect(bays.grams('A', '1')).toBe(100)
  })

  test('BY-7 a large rise with nobody bound is a refill once it has stood', () => {
    const bays = new BaysDriver().take('1', -3000)
    bays.tap('1', 'A')
    expect(bays.view('1')).toMatchObject({ displayName: null, trouble: 'one-moment' })
    bays.wait(BAY_PATIENCE.refillStandsMs)
    expect(bays.notes).toMatchObject([{ what: 'refilled', netMg: -3_000_000 }])
    expect(bays.view('1').displayName).toBe('A')
    expect(bays.take('1', 100).grams('A', '1')).toBe(100)
  })

  test('BY-7 leaning for a moment with nobody bound is no refill', () => {
    const bays = new BaysDriver()
      .pan('1', 12_000)
      .wait(BAY_PATIENCE.refillStandsMs - 1)
      .pan('1', 5000)
    bays.wait(BAY_PATIENCE.refillStandsMs).tap('1', 'A').take('1', 100)
    expect([bays.grams('A', '1'), bays.notes]).toEqual([100, []])
  })
})

describe('more than a plausible portion', () => {
  test('BY-8 staff is asked; until then nothing is on the tray, and the pan put back ends it', () => {
    const bays = new BaysDriver().tap('1', 'A').pan('1', 0)
    expect(bays.view('1')).toMatchObject({ trouble: 'large-take', netMg: 0 })
    bays.pan('1', 4900)
    expect(bays.view('1')).toMatchObject({ trouble: null, netMg: 100_000 })
  })

  test('BY-8 BY-13 staff accepts it, or refuses it, and then it is noted and nobody pays', () => {
    const bays = new BaysDriver().tap('1', 'A').take('1', 900)
    expect(bays.press({ kind: 'accept-take', bayId: '1' })).toBe(true)
    expect(bays.grams('A', '1')).toBe(900)
    bays.tap('1', 'B').take('1', 900)
    expect(bays.press({ kind: 'new-level', bayId: '1' })).toBe(true)
    expect(bays.trayOf('B')?.lines).toEqual([])
    expect(bays.notes).toMatchObject([{ what: 'take-refused', netMg: 900_000 }])
  })

  test('BY-8 BY-9 the exit waits for the word, and shows staff a tray whose bay does not come to rest', () => {
    const bays = new BaysDriver().tap('2', 'A').take('2', 100).tap('1', 'A').take('1', 900).exit('A')
    expect(bays.exitView()).toMatchObject({ phase: 'settling', displayName: 'A' })
    bays.wait(BAY_PATIENCE.closingMs)
    expect(bays.exitView()).toMatchObject({ phase: 'trouble', trouble: 'ask-staff' })
    bays.press({ kind: 'accept-take', bayId: '1' })
    bays.exit('A')
    expect(bays.settled).toMatchObject([{ tender: { walletFen: 4000 } }])
  })
})
