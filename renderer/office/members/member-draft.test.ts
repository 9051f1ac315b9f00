import { expect, test } from 'vitest'
import { ageOfDraft, faultsOf, idNumberState, NEW_MEMBER, personOf } from './member-draft.ts'

const TODAY = '2026-10-12'
/** The example of the standard itself. */
const NUMBER = '11010519491231002X'

test('ME-4 the number is followed while it is written: what is missing, what is wrong, whose birthday it is', () => {
  expect(idNumberState('')).toEqual({ kind: 'empty' })
  expect(idNumberState('110105 1949')).toEqual({ kind: 'unfinished', missing: 8 })
  expect(idNumberState('11010519491231002x')).toEqual({ kind: 'right', bornOn: '1949-12-31' })
  expect(idNumberState('110105194912310021')).toEqual({ kind: 'fault', fault: 'check-digit' })
  expect(idNumberState('11010519491331002X')).toEqual({ kind: 'fault', fault: 'birthday' })
  expect(idNumberState('1101A5')).toEqual({ kind: 'fault', fault: 'form' })
})

test('ME-4 the number brings birthday and age; without one the birthday is written', () => {
  expect(ageOfDraft({ ...NEW_MEMBER, idNumber: NUMBER }, TODAY)).toBe(76)
  expect(ageOfDraft({ ...NEW_MEMBER, bornOn: '1950-10-13' }, TODAY)).toBe(75)
  expect(ageOfDraft({ ...NEW_MEMBER, bornOn: '2027-01-01' }, TODAY)).toBeNull()
})

test('ME-4 a form is sent only when every field can be', () => {
  expect([...faultsOf(NEW_MEMBER, TODAY)]).toEqual(['fullName', 'bornOn'])
  const wrong = { ...NEW_MEMBER, fullName: '林', idNumber: '123', phone: 'abc' }
  expect([...faultsOf(wrong, TODAY)]).toEqual(['idNumber', 'phone'])
  const right = {
    ...NEW_MEMBER,
    fullName: ' 林秀英 ',
    idNumber: NUMBER.toLowerCase(),
    phone: '138 0013-8000',
  }
  expect([...faultsOf(right, TODAY)]).toEqual([])
  expect(personOf(right)).toMatchObject({
    fullName: '林秀英',
    idNumber: NUMBER,
    bornOn: '1949-12-31',
    phone: '13800138000',
  })
})
