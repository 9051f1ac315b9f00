import { expect, test } from 'vitest'
import { formOfAddressOf, surnameOf } from './surname.ts'

test('ME-5 a surname is the first character, or one of the known pairs', () => {
  const names = [
    '林秀英',
    '欧阳志远',
    '司马光',
    '上官婉儿',
    '欧阳',
    '单田芳',
    '𠮷田',
    '买买提·吐尔逊',
    'Maria Silva',
  ]
  expect(names.map(surnameOf)).toEqual(['林', '欧阳', '司马', '上官', '欧', '单', '𠮷', '买买提', 'Maria'])
})

test('LG-16 the form of address is made of the surname alone, and never guesses', () => {
  expect(formOfAddressOf('林秀英', '11010519491231002X')).toBe('林阿姨')
  expect(formOfAddressOf('欧阳志远', '440524188001010014')).toBe('欧阳伯伯')
  expect(formOfAddressOf('陈阿宝', null)).toBe('陈老师')
})
