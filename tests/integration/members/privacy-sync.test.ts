import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { PACKED } from '../../../shared/contract/sync-wire.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { Community } from '../sync/meeting.ts'
import { formOf, idNumberOf } from './people.ts'

const ID_NUMBER = idNumberOf('1938-08-09', '377')
const PIN = '58203947'
/** A member, who pays for her and one of the staff, in every form in which they could stand readable somewhere. */
const PLANTED = [
  '上官婉清',
  '上官阿婆',
  '13855556666',
  '55556666',
  ID_NUMBER,
  '1938-08-09',
  '19380809',
  '司马主管',
  PIN,
  '皇甫代付',
  '13944445555',
]

interface Sent {
  readonly path: string
  readonly body: Buffer
}

/** What was sent, as it was before it was packed. */
function recorded(sent: Sent[]): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init)
    const bytes = Buffer.from(await asked.clone().arrayBuffer())
    const isPacked = asked.headers.get('content-type') === PACKED
    const body = isPacked ? zstdDecompressSync(bytes) : bytes
    sent.push({ path: new URL(asked.url).pathname, body })
    return await fetch(input, init)
  }
}

/** Readable as it is, in base64 at any offset, in hexadecimal or escaped as JSON escapes. */
function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret)
  const inBase64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3) - 1)
  })
  const escaped = Array.from(secret, (letter) =>
    letter < '\u0080' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('')
  return [secret, bytes.toString('hex'), escaped, ...inBase64].map((form) => Buffer.from(form))
}

function nowhereIn(where: string, bytes: Buffer): void {
  for (const secret of PLANTED)
    for (const form of formsOf(secret))
      expect(bytes.includes(form), `${secret} as ${form.toString()} in ${where}`).toBe(false)
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })
}

async function everythingHeld(community: Community): Promise<string> {
  const { database } = community.deps
  const tables = await database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['journal', 'persons', 'stations']))
  const rows = await Promise.all(
    tables.map(({ name }) => database.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t`)),
  )
  return rows.flatMap((each) => each.map(({ row }) => row)).join('\n')
}

test('LG-16 SE-6 what leaves the machine, by sync or backup, names nobody; PINs and their hashes do not leave by sync', async () => {
  const community = await Community.open()
  const sent: Sent[] = []
  const till = new CounterStation({ request: recorded(sent) })
  const turning = setInterval(() => void till.timers.advance(0), 1)
  onTestFinished(async () => {
    await till.stop()
    clearInterval(turning)
    await community.close()
    rmSync(till.folder, { recursive: true, force: true })
  })
  const admin = await signedIn(till.station, 'admin')
  const { client } = admin
  const memberId = uuidv7()
  const person = formOf({
    fullName: '上官婉清',
    formOfAddress: '上官阿婆',
    idNumber: ID_NUMBER,
    bornOn: null,
    phone: '13855556666',
  })
  await client.members.register({ memberId, person })
  await client.members.issueCard({ memberId, uid: 'CC00000001' })
  const topUpId = uuidv7()
  const payer = { payerId: uuidv7(), name: '皇甫代付', relation: '儿媳', phone: '13944445555' }
  await client.members.addPayer({ memberId, ...payer })
  await client.members.topUp({ topUpId, memberId, amountFen: 4_000, payerId: payer.payerId })
  await client.members.showIdNumber({ memberId })
  const { staffId } = await client.staff.add({ name: '司马主管', role: 'manager', pin: PIN })
  await client.staff.changeOwnPin({ oldPin: '905271', newPin: '271905' })
  const sale = saleDraft()
  till.book.settle(sale)
  await client.sales.void({
    voidId: uuidv7(),
    saleId: sale.saleId,
    reason: 'other',
    note: '',
    approval: { staffId, pin: PIN },
  })
  await client.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '' })

  await client.sync.enrol({ url: community.url, code: await community.code('食堂 隐私') })
  expect(await client.sync.now()).toMatchObject({ trouble: null })
  // Both of them did travel, sealed: else this test would look into the wrong place.
  const persons = sent.find(({ path, body }) => path === '/v1/persons' && body.includes(memberId))
  expect(persons?.body.includes(`staff:${staffId}`)).toBe(true)
  expect(sent.some(({ path, body }) => path.endsWith('/batches') && body.includes(memberId))).toBe(true)
  for (const { path, body } of sent) nowhereIn(path, body)
  const held = await everythingHeld(community)
  expect(held).toContain(memberId)
  nowhereIn('the server', Buffer.from(held))
  nowhereIn('the server’s log', Buffer.from(JSON.stringify(community.log.lines)))
  nowhereIn('the log', Buffer.from(JSON.stringify(till.log.lines)))

  const place = mkdtempSync(join(tmpdir(), 'private-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  expect(await takeBackup(backupRequest(till.folder, place), () => undefined)).toMatchObject({ kind: 'made' })
  const backups = filesUnder(place)
  expect(backups).toHaveLength(2)
  for (const path of [...backups, ...filesUnder(till.folder)]) {
    const bytes = readFileSync(path)
    nowhereIn(path, path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes)
  }

  const pins = till.book.read((file) =>
    file.statement<[], { salt: Buffer; hash: Buffer }>('SELECT salt, hash FROM staff_pins').all(),
  )
  expect(pins).toHaveLength(2)
  const everythingSent = Buffer.concat(sent.map(({ body }) => body))
  for (const { salt, hash } of pins)
    for (const bytes of [salt, hash])
      for (const form of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]) {
        expect(everythingSent.includes(form)).toBe(false)
        expect(held).not.toContain(form)
      }
})

test('LG-16 a name that does stand somewhere is found there, in each of these forms', () => {
  const [name = ''] = PLANTED
  const bytes = Buffer.from(name)
  for (const written of [
    `{"fullName":"${name}"}`,
    Buffer.from(`{"fullName":"${name}"}`).toString('base64'),
    Buffer.from(`{"name": "${name}"}`).toString('base64url'),
    bytes.toString('hex'),
    JSON.stringify({ escaped: '\\u4e0a\\u5b98\\u5a49\\u6e05' }).replaceAll('\\\\', '\\'),
  ])
    expect(() => nowhereIn(written, Buffer.from(written))).toThrow(/in/)
})
