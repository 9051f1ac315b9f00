import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { hashPin, isPinOf } from '../../../electron/station/staff/pin-hash.ts'
import { refusalOf, OfficeTill } from './till.ts'

const PIN = '73018642'
const WRONG = '61942075'
const NAME = '欧阳晓梅'

const SECRET = new Uint8Array(32).fill(3)

test('SE-6 no PIN, no hash and no name of the staff is in the journal, the log or an answer', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const { staffId } = await admin.client.staff.add({ name: NAME, role: 'manager', pin: PIN })
  const window = till.window()
  const refused = await refusalOf(window.client.staff.signIn({ staffId, pin: WRONG }))
  await window.client.staff.signIn({ staffId, pin: PIN })
  const view = await window.client.staff.watch().then(async (views) => (await views.next()).value)
  const answers = JSON.stringify([
    refused,
    view,
    await window.client.staff.audit({ limit: 50, before: null }),
  ])
  const { journal, pins } = till.counter.book.read((file) => ({
    journal: JSON.stringify([...file.journal.all()]),
    pins: file.statement<[], { salt: Buffer; hash: Buffer }>('SELECT salt, hash FROM staff_pins').all(),
  }))
  const log = JSON.stringify(till.counter.log.lines)
  expect(pins).toHaveLength(2)
  const secrets = pins.flatMap(({ salt, hash }) =>
    [salt, hash].flatMap((bytes) => [bytes.toString('hex'), bytes.toString('base64')]),
  )
  for (const place of [journal, log, answers])
    for (const secret of [PIN, WRONG, ...secrets]) expect(place).not.toContain(secret)
  for (const place of [journal, log]) expect(place).not.toContain(NAME)
  expect(journal).toContain(`"staffId\\":\\"${staffId}`)
})

test('SE-6 neither a PIN nor a name stands readable in any file of the data folder', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  await admin.client.staff.add({ name: NAME, role: 'manager', pin: PIN })
  await till.restart()
  const files = readdirSync(till.counter.folder).filter((name) => name.startsWith('book.sqlite'))
  expect(files).toContain('book.sqlite')
  for (const name of files) {
    const bytes = readFileSync(join(till.counter.folder, name))
    expect(bytes.includes(PIN)).toBe(false)
    expect(bytes.includes(NAME)).toBe(false)
  }
})

test('SE-6 the hash is argon2id: its own salt each time, bound to its owner and to a key beside the book', async () => {
  const first = await hashPin(PIN, 's-1', SECRET)
  const second = await hashPin(PIN, 's-1', SECRET)
  expect(first.salt).toHaveLength(16)
  expect(first.hash).toHaveLength(32)
  expect(Buffer.compare(first.salt, second.salt)).not.toBe(0)
  expect(Buffer.compare(first.hash, second.hash)).not.toBe(0)
  await expect(isPinOf(PIN, 's-1', SECRET, first)).resolves.toBe(true)
  await expect(isPinOf(WRONG, 's-1', SECRET, first)).resolves.toBe(false)
  await expect(isPinOf(PIN, 's-2', SECRET, first)).resolves.toBe(false)
  await expect(isPinOf(PIN, 's-1', new Uint8Array(32), first)).resolves.toBe(false)
})

test('SE-6 the counter goes on while a PIN is being hashed', async () => {
  const hashed = hashPin(PIN, 's-1', SECRET).then(() => 'hashed')
  let turns = 0
  while ((await Promise.race([hashed, setImmediate('counter')])) === 'counter') turns += 1
  expect(turns).toBeGreaterThan(10)
})
