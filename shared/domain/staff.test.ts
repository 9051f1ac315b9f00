import { describe, expect, test } from 'vitest'
import { isPinFit, lockOutMs, pinTriesLeft, roleReaches, STAFF_ROLES } from './staff.ts'

describe('SE-6 a PIN that anybody would guess is refused', () => {
  const refused = [
    ['', '123', '123456789', '12a4', '１２３４', ' 1234', '12.4', '-1234'],
    ['1111', '00000000', '1234', '4321', '9876', '7890', '0987', '8901', '2468', '1357'],
    ['1212', '123123', '12341234', '1122', '778899', '2580', '5201314'],
  ].flat()

  test.each(refused)('SE-6 %s', (pin) => {
    expect(isPinFit(pin)).toBe(false)
  })

  test.each(['730186', '4180', '9052', '19480612', '1223', '1221', '1235'])('SE-6 %s is good', (pin) => {
    expect(isPinFit(pin)).toBe(true)
  })

  test('SE-6 of ten thousand PINs of four digits few are refused', () => {
    const all = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'))
    const few = all.filter((pin) => !isPinFit(pin)).length
    expect(few).toBeGreaterThan(100)
    expect(few).toBeLessThan(400)
  })
})

test('SE-6 the lock-out begins with the third wrong PIN and grows up to an hour', () => {
  expect([0, 1, 2, 3, 4].map(pinTriesLeft)).toEqual([3, 2, 1, 0, 0])
  const seconds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) => lockOutMs(failures) / 1000)
  expect(seconds).toEqual([0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600])
})

test('SE-7 each role may do what the one before it may, and no more', () => {
  for (const [index, role] of STAFF_ROLES.entries())
    for (const [level, needed] of STAFF_ROLES.entries())
      expect(roleReaches(role, needed)).toBe(index >= level)
})
