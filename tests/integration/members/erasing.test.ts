import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { unpacksWithinBounds } from '../../../electron/station/members/import/zip-size.ts'
import { supportBundle } from '../../../electron/station/support/bundle.ts'
import { redacted, redactedConfig } from '../../../electron/station/support/redact.ts'
import { zipOf } from '../../../electron/station/support/zip.ts'
import { cardOf, NOON_MS, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { formOf, idNumberOf } from './people.ts'

test('ME-11 a senior is erased once her wallet is settled; her meals stay and the book verifies', async () => {
  const counter = new CounterStation()
  const { client } = await signedIn(counter.station, 'manager')
  counter.book.settle(saleDraft())
  const asked = client.members.erase({ memberId: 'm-1' })
  await expect(asked).rejects.toMatchObject({ code: 'HAS_MONEY', data: { balanceFen: 3_720 } })
  counter.book.settle(saleDraft({ priceFen: 3_720 }))
  await client.members.erase({ memberId: 'm-1' })
  await expect(client.members.get({ memberId: 'm-1' })).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
  await expect(client.members.erase({ memberId: 'm-1' })).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
  expect(counter.book.lookUpCard(cardOf('m-1'), TODAY).kind).toBe('lost')
  expect((await client.members.search({ text: '林阿0', limit: 5 })).total).toBe(0)
  expect(counter.book.dayTotals(TODAY)).toMatchObject({ meals: 2 })
  const [line] = await client.staff.audit({ limit: 1, before: null })
  expect(line).toMatchObject({ act: 'member-erased', subject: 'm-1' })
  const { folder } = counter
  await counter.stop()
  expect(verifyBook(folder).ok).toBe(true)
})

test('SE-7 a cashier erases nobody', async () => {
  const counter = new CounterStation()
  const { client } = await signedIn(counter.station, 'cashier')
  await expect(client.members.erase({ memberId: 'm-1' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await counter.stop()
})

test('ME-12 LG-16 a planted person is in no file of the book, no backup’s manifest and no bundle for the technician', async () => {
  const counter = new CounterStation()
  const { client } = await signedIn(counter.station, 'manager')
  const idNumber = idNumberOf('1937-07-07', '461')
  const planted = [
    '慕容桂馥',
    '慕容伯伯',
    '13977778888',
    idNumber,
    '13911112222',
    '慕容小明',
    '慕容代付',
    '1937-07-07',
  ]
  const person = formOf({
    fullName: '慕容桂馥',
    idNumber,
    bornOn: null,
    phone: '13977778888',
    emergencyContact: '慕容小明 13911112222',
  })
  const memberId = uuidv7()
  await client.members.register({ memberId, person })
  const changed = formOf({ fullName: '慕容桂馥', idNumber: null, bornOn: null })
  await client.members.change({ memberId, person: changed })
  // Not sent along, it stays.
  const kept = await client.members.get({ memberId })
  expect(kept.emergencyContact).toBe('慕容小明 13911112222')
  const payer = { payerId: uuidv7(), name: '慕容代付', relation: '女儿', phone: null }
  await client.members.addPayer({ memberId, ...payer })
  const { payerId } = payer
  const topUp = { topUpId: uuidv7(), memberId, amountFen: 900, payerId }
  await client.members.topUp(topUp)
  const { folder } = counter
  await counter.stop()

  // A program that broke its promise: the bundle is looked through all the same.
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const careless = `{"msg":"慕容桂馥（慕容伯伯）的卡，慕容代付充值","phone":"13977778888","id":"${idNumber}","at":1795708800000}\n`
  writeFileSync(join(folder, 'logs', 'station.log'), careless)
  writeFileSync(join(folder, 'persons.key'), new Uint8Array(32).fill(7), { mode: 0o600 })
  const bundle = supportBundle({ dataFolder: folder, bookFolder: folder, version: 'test', atMs: 0 })
  const parts = unzipped(bundle)
  expect([...parts.keys()]).toEqual(['about.json', 'logs/station.log'])
  expect(parts.get('logs/station.log')).toContain('[name]（[name]）的卡，[name]充值')
  expect(parts.get('logs/station.log')).toContain('1795708800000')
  const place = { folder: mkdtempSync(join(tmpdir(), 'backup-')), sameDisk: false, configured: true }
  const meals = { canteenArea: '35/3501', calendar: [] }
  const now = { stationId: 'kiosk-1', timeZone: 'Asia/Shanghai', nowMs: NOON_MS, program: 'test', meals }
  expect(await takeBackup({ dataFolder: folder, place, ...now }, () => undefined)).toMatchObject({
    kind: 'made',
  })
  const backups = readdirSync(place.folder, { recursive: true, withFileTypes: true })
  const files = backups
    .filter((each) => each.isFile())
    .map((each) => readFileSync(join(each.parentPath, each.name)))
  expect(files.length).toBeGreaterThan(1)
  const texts = [...parts.values(), ...files.map((bytes) => bytes.toString('latin1')), ...files.map(String)]
  for (const secret of planted.slice(0, 7))
    for (const text of texts) expect(text.includes(secret), `${secret} is told`).toBe(false)
})

test('ME-12 secrets of the configuration are no technician’s', () => {
  const config = {
    server: { url: 'https://me:pw@example.org', code: '123456' },
    lines: [{ port: { path: '/dev/x' } }],
  }
  expect(redactedConfig(config)).toEqual({
    server: { url: 'https://[credentials]@example.org', code: '[secret]' },
    lines: [{ port: { path: '/dev/x' } }],
  })
  expect(redacted('林秀英来了', new Set(['林秀英']))).toBe('[name]来了')
})

test('ME-12 the archive is one that others can open', () => {
  const bytes = zipOf([
    { name: 'logs/a.txt', text: '字' },
    { name: 'b.json', text: '{}' },
  ])
  // Its directory, its sizes and what comes out of each part agree.
  expect(unpacksWithinBounds(bytes)).toBe(true)
  expect(unzipped(bytes)).toEqual(
    new Map([
      ['logs/a.txt', '字'],
      ['b.json', '{}'],
    ]),
  )
})

/** By the local headers, one after the other. */
function unzipped(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [packed, nameLength] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)]
    const from = at + 30 + nameLength
    const name = bytes.subarray(at + 30, from).toString()
    parts.set(name, inflateRawSync(bytes.subarray(from, from + packed)).toString())
    at = from + packed
  }
  return parts
}
