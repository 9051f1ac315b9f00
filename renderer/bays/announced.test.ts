import { describe, expect, test } from 'vitest'
import { bayFixtures, exitFixtures } from '../../tests/fixtures/bay-views.ts'
import { milligrams } from '../../shared/domain/units.ts'
import { announcedAtBay, announcedAtExit, warnedAtBay } from './announced.ts'

const bay = (name: string) => bayFixtures[name] ?? missing(name)
const exit = (name: string) => exitFixtures[name] ?? missing(name)
function missing(name: string): never {
  throw new Error(`no fixture ${name}`)
}

describe('BY-17 what bays and exit say', () => {
  test('the exit says what she paid, with subsidy and balance, and says it once', () => {
    const paid = announcedAtExit(exit('settling'), exit('paid'))
    expect(paid).toEqual({ kind: 'paid', subsidyFen: 300, selfPayFen: 1120, balanceFen: 7780 })
    expect(announcedAtExit(exit('paid'), exit('paid'))).toBeNull()
    expect(announcedAtExit(exit('paid'), exit('idle'))).toBeNull()
  })

  test('the exit says how much is missing, and a card’s trouble; what needs looking at is not said', () => {
    expect(announcedAtExit(exit('settling'), exit('insufficient'))).toEqual({
      kind: 'insufficient',
      shortfallFen: 210,
    })
    const unknown = { ...exit('no-tray'), trouble: 'card-unknown' } as const
    expect(announcedAtExit(exit('idle'), unknown)).toEqual({ kind: 'trouble', code: 'card-unknown' })
    expect(announcedAtExit(exit('idle'), exit('no-tray'))).toBeNull()
  })

  test('a bay says dish, weight and amount when the pan has come to rest, and nothing of a pan that moves', () => {
    const more = { ...bay('taking'), netMg: milligrams(300_000) }
    expect(announcedAtBay(bay('taking'), more)).toMatchObject({
      kind: 'line',
      netMg: 300_000,
      amountFen: 860,
    })
    expect(announcedAtBay(bay('taking'), { ...more, phase: 'settling' })).toBeNull()
    expect(announcedAtBay(bay('taking'), bay('taking'))).toBeNull()
    expect(announcedAtBay(bay('taking'), bay('taking-little'))).toBeNull()
    expect(announcedAtBay(bay('taking'), bay('weight-rose'))).toBeNull()
  })

  test('BY-18 a dish that does not suit her is said once for each tray, also where bays are silent otherwise', () => {
    const warning = { kind: 'diet-warning-at-bay' }
    for (const announced of [announcedAtBay, warnedAtBay]) {
      expect(announced(bay('idle'), bay('diet-warning'))).toEqual(warning)
      expect(announced(bay('diet-warning'), { ...bay('diet-warning') })).toBeNull()
      expect(announced(bay('diet-warning'), { ...bay('diet-warning'), trayId: 'another' })).toEqual(warning)
    }
    expect(warnedAtBay(bay('idle'), bay('taking'))).toBeNull()
    expect(warnedAtBay(bay('diet-warning'), bay('taking'))).toBeNull()
  })
})
