import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { PACKED, WIRE_LIMITS } from '../../../shared/contract/sync-wire.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { Community, MeetingStation } from './meeting.ts'

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

test('SY-8 SY-4 a bomb in the place of a page of entries: stopped while it is unpacked, nothing is taken, sales go on', async () => {
  const kiosk = await new MeetingStation().sell(4).enrol(community)
  await kiosk.sync.now()
  const older = join(mkdtempSync(join(tmpdir(), 'bomb-')), 'data')
  onTestFinished(() => rmSync(join(older, '..'), { recursive: true, force: true }))
  cpSync(kiosk.folder, older, { recursive: true })
  kiosk.sell(3)
  await kiosk.sync.now()
  await kiosk.remove()

  const bomb = Uint8Array.from(zstdCompressSync(Buffer.alloc(WIRE_LIMITS.unpackedBytes * 8)))
  expect(bomb.length).toBeLessThan(WIRE_LIMITS.packedBytes)
  let met = 0
  const request: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    if (!(input instanceof Request ? input.url : String(input)).includes('/entries')) return answer
    met += 1
    return new Response(bomb, { headers: { 'content-type': PACKED } })
  }
  const { canteen, clock } = kiosk
  const again = new MeetingStation({ folder: older, canteen, clock, sync: { request } })
  onTestFinished(() => again.remove())
  const before = again.journal()
  const residentBefore = process.memoryUsage().rss
  const view = await again.sync.now()
  expect(met).toBeGreaterThan(0)
  expect(view).toMatchObject({ trouble: 'damaged-answer' })
  expect(view.troubleDetail).toContain('cannot be unpacked')
  expect(process.memoryUsage().rss - residentBefore).toBeLessThan(WIRE_LIMITS.unpackedBytes * 4)
  expect(again.journal()).toEqual(before)
  expect(again.book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
})
