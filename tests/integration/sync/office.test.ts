import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { openWindow, signedIn } from '../../fixtures/signed-in.ts'
import { Community } from './meeting.ts'

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

/** A whole station with a line to the server, on time that only lets it take its turns. */
function till(): CounterStation {
  const made = new CounterStation({ request: fetch })
  const turning = setInterval(() => void made.timers.advance(0), 1)
  onTestFinished(async () => {
    await made.stop()
    clearInterval(turning)
    rmSync(made.folder, { recursive: true, force: true })
  })
  return made
}

test('SY-9 SE-7 SE-8 an admin enrols, a manager sends, and both are in the audit', async () => {
  const { station, book } = till()
  const url = community.url
  const canteen = '食堂 办公室'
  const code = await community.code(canteen)
  const nobody = openWindow(station)
  await expect(nobody.client.sync.now()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  const admin = await signedIn(station, 'admin')
  const manager = await signedIn(station, 'manager')
  const cashier = await signedIn(station, 'cashier')
  await expect(manager.client.sync.now()).rejects.toMatchObject({ code: 'NOT_ENROLLED' })
  await expect(manager.client.sync.enrol({ url, code })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const wrong = { url, code: 'WRONG' }
  await expect(admin.client.sync.enrol(wrong)).rejects.toMatchObject({ code: 'CODE_REFUSED' })
  const nowhere = { url: 'http://127.0.0.1:9', code }
  await expect(admin.client.sync.enrol(nowhere)).rejects.toMatchObject({ code: 'UNREACHABLE' })
  expect(await admin.client.sync.enrol({ url, code })).toMatchObject({
    server: { url, canteenName: canteen },
    state: 'resting',
  })
  await expect(cashier.client.sync.now()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const view = await manager.client.sync.now()
  expect(view).toMatchObject({ trouble: null, acknowledged: view.entries })
  const watched = await cashier.client.sync.watch()
  const first = await watched.next()
  expect(first.value).toMatchObject({ acknowledged: view.acknowledged })
  await watched.return?.()
  const acts = book.read(({ db }) =>
    db.prepare<[], { act: string; actor: string }>('SELECT act, actor FROM audit ORDER BY seq').all(),
  )
  expect(acts).toContainEqual({ act: 'server-enrolled', actor: `staff:${admin.staffId}` })
  expect(acts).toContainEqual({ act: 'sync-started', actor: `staff:${manager.staffId}` })
  expect(await community.journal(canteen, 'kiosk-1')).toHaveLength(view.entries)
  for (const window of [nobody, admin, manager, cashier]) window.close()
})
