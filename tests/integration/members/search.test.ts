import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { MemberIndex } from '../../../electron/station/members/member-index.ts'
import { seedCrowd } from '../../../electron/trial/demo/crowd.ts'
import { uuidv7 } from 'uuidv7'
import { bookOptions } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'
import { VirtualTimers } from '../../fixtures/virtual-timers.ts'
import { formOf, idNumberOf } from './people.ts'

let counter: CounterStation
let office: SignedInWindow
const NUMBER = idNumberOf('1941-01-09', '003')

const PEOPLE: readonly (readonly [name: string, phone: string | null])[] = [
  ['林雅梅', '13800138000'],
  ['林亚明', '0591-87651234'],
  ['单田芳', '13912341234'],
  ['仇小妹', null],
  ['曾志伟', null],
  ['吕丽华', null],
  ['欧阳𠮷祥', null],
  ['尉迟恭', null],
  ['张秀英', null],
  ['买买提·吐尔逊', null],
  ['Maria Silva', null],
]

beforeAll(async () => {
  counter = new CounterStation()
  office = await signedIn(counter.station, 'cashier')
  for (const [fullName, phone] of PEOPLE) {
    const idNumber = fullName === '曾志伟' ? NUMBER : null
    const bornOn = idNumber === null ? '1950-05-05' : null
    const person = formOf({ fullName, phone, idNumber, bornOn })
    await office.client.members.register({ memberId: uuidv7(), person })
  }
})

afterAll(() => counter.stop())

async function names(text: string, limit = 20): Promise<string[]> {
  const { found } = await office.client.members.search({ text, limit })
  return found.map(({ fullName }) => fullName)
}

test('ME-5 by name: the whole of it, its beginning, its inside, with the rest in pinyin', async () => {
  expect(await names('林雅梅')).toEqual(['林雅梅'])
  expect(await names('秀英')).toEqual(['张秀英'])
  expect(await names('林y')).toEqual(expect.arrayContaining(['林雅梅', '林亚明']))
  expect(await names('欧阳jix')).toEqual([])
  expect(await names('欧阳𠮷祥')).toEqual(['欧阳𠮷祥'])
  expect(await names('买买提')).toEqual(['买买提·吐尔逊'])
  expect(await names('没有人')).toEqual([])
})

test('ME-5 by pinyin, whole or begun, in any case, with or without spaces', async () => {
  for (const text of ['linyamei', 'Lin Yamei', 'LIN YA MEI', 'linymei', 'lyamei', 'ｌｉｎyamei'])
    expect(await names(text), `typed ${text}`).toEqual(['林雅梅'])
  expect(await names('maria')).toEqual(['Maria Silva'])
  expect(await names('xiuying')).toEqual(['张秀英'])
  expect(await names('zhxy')).toEqual(['张秀英'])
  for (const text of ['lvlihua', 'lülihua', 'lulihua'])
    expect(await names(text), `typed ${text}`).toEqual(['吕丽华'])
})

test('ME-5 by initials, the exact ones before the others', async () => {
  expect(await names('lym')).toEqual(['林雅梅', '林亚明'])
  expect(await names('zxy')).toEqual(['张秀英'])
  expect(await names('ym')).toEqual(['林雅梅', '林亚明'])
})

test('ME-5 a surname is read as surnames are', async () => {
  expect((await names('shan'))[0]).toBe('单田芳')
  expect(await names('stf')).toEqual(['单田芳'])
  expect((await names('qiu'))[0]).toBe('仇小妹')
  expect(await names('zengzhiwei')).toEqual(['曾志伟'])
  expect(await names('yuchi')).toEqual(['尉迟恭'])
  // Who does not know that finds her all the same.
  expect(await names('dantianfang')).toEqual(['单田芳'])
})

test('ME-5 by the phone’s last digits, the whole number first, never by two digits of its inside', async () => {
  expect(await names('8000')).toEqual(['林雅梅'])
  expect(await names('13800138000')).toEqual(['林雅梅'])
  expect((await names('1234')).toSorted()).toEqual(['单田芳', '林亚明'])
  expect(await names('0591')).toEqual(['林亚明'])
  expect(await names('39')).toEqual([])
  expect(await names(NUMBER.toLowerCase())).toEqual(['曾志伟'])
})

test('ME-5 by card, whole or begun, also a lost one', async () => {
  const { client } = office
  const [member] = (await client.members.search({ text: '尉迟恭', limit: 1 })).found
  const memberId = member?.memberId ?? ''
  await client.members.issueCard({ memberId, uid: '2C00FACE01' })
  expect(await names('2c00face01')).toEqual(['尉迟恭'])
  expect(await names('2C00 FACE')).toEqual(['尉迟恭'])
  await client.members.reportLost({ uid: '2C00FACE01' })
  const [found] = (await client.members.search({ text: '2C00FACE01', limit: 5 })).found
  expect(found).toMatchObject({ memberId, cards: [{ uid: '2C00FACE01', state: 'lost' }] })
})

test('ME-5 what is registered, changed or erased is found so at once; the total counts beyond the limit', async () => {
  const { client } = office
  const memberId = uuidv7()
  await client.members.register({ memberId, person: formOf({ fullName: '郭德刚' }) })
  expect(await names('gdg')).toEqual(['郭德刚'])
  await client.members.change({ memberId, person: formOf({ fullName: '郭启明' }) })
  expect(await names('gdg')).toEqual([])
  expect(await names('gqm')).toEqual(['郭启明'])
  counter.book.erasePerson(memberId)
  expect(await names('gqm')).toEqual([])
  const everybody = await client.members.search({ text: ' ', limit: 3 })
  expect(everybody.found).toHaveLength(3)
  expect(everybody.total).toBe(PEOPLE.length + 3)
})

test('ME-5 the index is built piece by piece while the counter works, and nobody is missed meanwhile', async () => {
  const book = openBook(bookOptions())
  seedCrowd(book, 120, 100, uuidv7)
  const timers = new VirtualTimers()
  // Each look at the clock costs a slice: the first one holds fifty people and no more.
  const slow = Object.assign(timers, {
    monotonicMs: () => (timers.stall(7), VirtualTimers.prototype.monotonicMs.call(timers)),
  })
  const index = new MemberIndex({ book, timers: slow, log: new KeptLog() })
  let ready = false
  void index.ready().then(() => (ready = true))
  await timers.advance(0)
  expect(ready).toBe(false)
  book.registerMember(
    { fullName: '阿早', formOfAddress: '阿早' },
    { memberId: 'a-early', bornOn: '1950-05-05', categories: [], householdArea: '', residenceArea: '' },
    'test',
  )
  await timers.advance(5_000)
  expect(ready).toBe(true)
  expect(index.search('', 10, new Map()).total).toBe(121)
  expect(index.search('az', 10, new Map()).memberIds).toEqual(['a-early'])
  index.close()
  expect(timers.waiting).toBe(0)
  book.close()
})
