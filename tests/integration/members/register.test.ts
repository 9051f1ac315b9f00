import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'
import { formOf, idNumberOf } from './people.ts'

const stations: CounterStation[] = []

async function office(): Promise<SignedInWindow & { readonly counter: CounterStation }> {
  const counter = new CounterStation()
  stations.push(counter)
  return { ...(await signedIn(counter.station, 'cashier')), counter }
}

afterEach(async () => {
  for (const station of stations.splice(0)) await station.stop()
})

const kinds = ({ book }: CounterStation, kind: string): number =>
  book.read((file) => [...file.journal.all()].filter((entry) => entry.kind === kind).length)

test('ME-4 the birthday is the one in the identity number; a wrong check digit is refused at the contract', async () => {
  const { client } = await office()
  const memberId = uuidv7()
  const idNumber = idNumberOf('1948-02-29')
  await client.members.register({ memberId, person: formOf({ idNumber, bornOn: null }) })
  expect(await client.members.get({ memberId })).toMatchObject({
    bornOn: '1948-02-29',
    age: 78,
    formOfAddress: '林阿姨',
    idNumberMasked: `350102********${idNumber.slice(-4)}`,
    phoneMasked: null,
    cards: [],
    balanceFen: 0,
    categories: ['hukou-city'],
    householdArea: '35/3501/350102',
    residenceArea: '35/3501',
  })
  const wrong = idNumber.slice(0, 17) + (idNumber.endsWith('1') ? '2' : '1')
  await expect(
    client.members.register({ memberId: uuidv7(), person: formOf({ idNumber: wrong, bornOn: null }) }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('ME-4 without a birthday, with another one or with one that cannot be, nobody is registered', async () => {
  const { client, counter } = await office()
  const before = kinds(counter, 'member.registered')
  const refused = async (change: Parameters<typeof formOf>[0], code: string) => {
    const request = client.members.register({ memberId: uuidv7(), person: formOf(change) })
    await expect(request).rejects.toMatchObject({ code })
  }
  await refused({ bornOn: null }, 'BIRTHDAY_MISSING')
  await refused({ idNumber: idNumberOf('1948-02-29'), bornOn: '1948-02-28' }, 'BIRTHDAY_DIFFERS')
  await refused({ bornOn: '2026-11-04' }, 'BIRTHDAY_IMPOSSIBLE')
  await refused({ bornOn: '1890-01-01' }, 'BIRTHDAY_IMPOSSIBLE')
  expect(kinds(counter, 'member.registered')).toBe(before)
})

test('ME-4 one member for each identity number, also while she is changed, until she is erased', async () => {
  const { client, counter } = await office()
  const [first, second] = [uuidv7(), uuidv7()]
  const idNumber = idNumberOf('1950-05-05')
  await client.members.register({ memberId: first, person: formOf({ idNumber }) })
  const taken = { code: 'ID_NUMBER_TAKEN', data: { memberId: first } }
  const again = { memberId: second, person: formOf({ fullName: '陈阿宝', idNumber: idNumber.toLowerCase() }) }
  await expect(client.members.register(again)).rejects.toMatchObject(taken)
  await client.members.register({ memberId: second, person: formOf({ fullName: '陈阿宝' }) })
  await expect(client.members.change(again)).rejects.toMatchObject(taken)
  await client.members.change({ memberId: first, person: formOf({ idNumber, phone: '13800138000' }) })
  expect(await client.members.get({ memberId: first })).toMatchObject({ phoneMasked: '138****8000' })
  counter.book.erasePerson(first)
  await client.members.change(again)
  await expect(client.members.get({ memberId: first })).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
})

test('ME-4 a change that does not name the number or the phone leaves them as they are', async () => {
  const { client } = await office()
  const memberId = uuidv7()
  const idNumber = idNumberOf('1948-02-29')
  await client.members.register({
    memberId,
    person: formOf({ idNumber, bornOn: null, phone: '13800138000' }),
  })
  const before = await client.members.get({ memberId })
  await client.members.change({
    memberId,
    person: formOf({ fullName: '林改名', idNumber: null, bornOn: null, phone: null }),
  })
  expect(await client.members.get({ memberId })).toMatchObject({
    fullName: '林改名',
    idNumberMasked: before.idNumberMasked,
    phoneMasked: '138****8000',
    bornOn: '1948-02-29',
  })
  await client.members.change({ memberId, person: formOf({ idNumber: null, bornOn: null, phone: '' }) })
  expect(await client.members.get({ memberId })).toMatchObject({ phoneMasked: null })
})

test('LG-1 the same registration twice is one entry; a change is another one, and the last word holds', async () => {
  const { client, counter } = await office()
  const before = kinds(counter, 'member.registered')
  const request = { memberId: uuidv7(), person: formOf({ phone: '0591-87654321' }) }
  await client.members.register(request)
  await client.members.register(request)
  expect(kinds(counter, 'member.registered')).toBe(before + 1)
  const categories = ['low-income', 'low-income', 'hukou-city']
  await client.members.change({
    ...request,
    person: formOf({ formOfAddress: '林依姆', phone: '', categories }),
  })
  expect(kinds(counter, 'member.registered')).toBe(before + 2)
  expect(await client.members.get({ memberId: request.memberId })).toMatchObject({
    formOfAddress: '林依姆',
    categories: ['low-income', 'hukou-city'],
    phoneMasked: null,
  })
  const unknown = client.members.change({ ...request, memberId: uuidv7() })
  await expect(unknown).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
  expect(counter.book.read((file) => file.journal.newest('kiosk-1', 1)[0]?.actor)).toMatch(/^staff:/)
})

test('SE-8 a manager sees the whole identity number, and the audit says who looked at whose', async () => {
  const { client, counter } = await office()
  const manager = await signedIn(counter.station, 'manager')
  const memberId = uuidv7()
  const idNumber = idNumberOf('1950-05-05')
  await client.members.register({ memberId, person: formOf({ idNumber }) })
  const looks = () => kinds(counter, 'audit.noted')
  const before = looks()
  await expect(client.members.showIdNumber({ memberId })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  expect(looks()).toBe(before)
  expect(await manager.client.members.showIdNumber({ memberId })).toEqual({ idNumber })
  const [noted] = counter.book.read((file) => file.journal.newest('kiosk-1', 1))
  expect(noted).toMatchObject({ kind: 'audit.noted', actor: `staff:${manager.staffId}` })
  expect(JSON.parse(noted?.bodyText ?? '')).toEqual({ act: 'id-number-shown', subject: memberId })
})
