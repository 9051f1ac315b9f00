import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { supportBundle } from '../../../electron/station/support/bundle.ts'
import { LONGEST_PHOTO } from '../../../shared/contract/members.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { openWindow, signedIn } from '../../fixtures/signed-in.ts'
import { refusalOf } from '../staff/till.ts'

/** A JPEG to whoever looks at its first bytes, with a text inside that is looked for everywhere. */
const MARK = 'the face of a senior of eighty-three years'
const BYTES = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(MARK.repeat(20))])
const BASE64 = BYTES.toString('base64')

async function counter() {
  const till = new CounterStation()
  onTestFinished(async () => {
    await till.stop()
    rmSync(till.folder, { recursive: true, force: true })
  })
  const window = await signedIn(till.station, 'manager')
  await till.empty()
  return { till, ...window }
}

test('ME-16 at her tap staff who are signed in see her picture, nobody else does, and only while she is on the screen', async () => {
  const { till, client } = await counter()
  await client.members.setPhoto({ memberId: 'm-1', base64: BASE64 })
  await till.plate(300)
  await till.tap('m-1')
  const photoId = till.view.member?.photoId ?? ''
  expect(till.view.phase).toBe('paid')
  expect(photoId).not.toBe('')
  expect(JSON.stringify(till.view)).not.toContain(BASE64.slice(0, 40))
  expect(await client.counter.photo({ photoId })).toEqual({ photo: `data:image/jpeg;base64,${BASE64}` })
  const stranger = openWindow(till.station)
  expect(await refusalOf(stranger.client.counter.photo({ photoId }))).toMatchObject({
    code: 'SIGN_IN_REQUIRED',
  })
  stranger.close()
  await till.empty()
  await till.pass(10_000)
  expect(till.view.phase).toBe('idle')
  expect(await client.counter.photo({ photoId })).toEqual({ photo: null })
  await till.tap('m-2')
  expect(till.view.member).not.toHaveProperty('photoId')
})

test('ME-16 what is no picture, or too large a one, is refused and changes nothing', async () => {
  const { till, client } = await counter()
  const before = till.book.health().entries
  for (const base64 of [Buffer.from('<svg/>').toString('base64'), '', '!!'])
    expect(await refusalOf(client.members.setPhoto({ memberId: 'm-1', base64 }))).toMatchObject({
      code: 'NOT_A_PICTURE',
    })
  const large = BASE64.padEnd(LONGEST_PHOTO + 4, 'A')
  expect(await refusalOf(client.members.setPhoto({ memberId: 'm-1', base64: large }))).toMatchObject({
    code: 'BAD_REQUEST',
  })
  expect(await refusalOf(client.members.setPhoto({ memberId: 'nobody', base64: BASE64 }))).toMatchObject({
    code: 'NO_SUCH_MEMBER',
  })
  expect(till.book.health().entries).toBe(before)
  expect(await client.members.get({ memberId: 'm-1' })).toMatchObject({ photoId: null })
})

test('ME-16 ME-11 ME-12 LG-30 a picture is readable in no file, backup, entry or bundle, is found when changed, and is erased with her', async () => {
  const { till, client } = await counter()
  const { folder } = till
  await client.members.setPhoto({ memberId: 'm-1', base64: BASE64 })
  const rows = () => till.book.read((file) => file.statement('SELECT * FROM person_photos').all().length)
  expect(rows()).toBe(1)
  const backups = mkdtempSync(join(tmpdir(), 'backups-'))
  const taken = await takeBackup(backupRequest(folder, backups), () => undefined)
  expect(taken).toMatchObject({ kind: 'made' })
  for (const place of [folder, backups])
    for (const path of filesUnder(place)) nowhereIn(path, readFileSync(path))
  nowhereIn('the log', Buffer.from(JSON.stringify(till.log.lines)))

  till.book.settle(saleDraft({ priceFen: 5_000 }))
  await client.members.erase({ memberId: 'm-1' })
  expect(rows()).toBe(0)
  expect(await refusalOf(client.members.photo({ memberId: 'm-1' }))).toMatchObject({ code: 'NO_SUCH_MEMBER' })
  await client.members.setPhoto({ memberId: 'm-2', base64: BASE64 })
  till.book.write((file) => file.statement("UPDATE person_photos SET photo_id = 'other'").run())
  await till.stop()
  expect(verifyBook(folder).findings).toMatchObject([{ rule: 'LG-30', table: 'person_photos', key: 'm-2' }])
  writeFileSync(join(folder, 'persons.key'), new Uint8Array(32).fill(7), { mode: 0o600 })
  const bundle = supportBundle({ dataFolder: folder, bookFolder: folder, version: 'test', atMs: 0 })
  nowhereIn('the bundle', bundle)
})

function nowhereIn(where: string, bytes: Buffer): void {
  const forms = [MARK, BASE64.slice(8, 60), Buffer.from(MARK).toString('hex')]
  for (const form of forms) expect([where, bytes.includes(form)]).toEqual([where, false])
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
