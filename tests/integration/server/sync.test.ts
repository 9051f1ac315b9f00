import { randomUUID } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { newCode } from '../../../server/access/enrolment.ts'
import { WIRE_LIMITS, type Batch, type WireEntry } from '../../../shared/contract/sync-wire.ts'
import { FIRST_PREV_HASH } from '../../../shared/domain/journal/entry.ts'
import { batchOf, entriesOf, newKey, packed, rewritten } from '../../fixtures/batches.ts'
import { furnishedBook, saleDraft } from '../../fixtures/books.ts'
import { TestServer, type TestStation } from '../../fixtures/community-server.ts'
import { DATABASES } from './databases.ts'

const SALES = 12

let book: Book
let entries: readonly WireEntry[]

beforeAll(() => {
  book = furnishedBook()
  for (let sale = 0; sale < SALES; sale++) book.settle(saleDraft({ priceFen: 1_000 + sale, memberId: null }))
  entries = entriesOf(book)
})
afterAll(() => book.close())

const headOf = (list: readonly WireEntry[]) => ({ seq: list.at(-1)?.seq, hash: list.at(-1)?.hash })

describe.each(DATABASES)('the server on $kind', ({ open }) => {
  let server: TestServer
  let close: (() => Promise<void>) | undefined

  beforeAll(async () => {
    const opened = await open()
    close = opened.close
    server = await TestServer.over(opened.database)
  })
  afterAll(() => close?.())

  const nothingKept = async (station: TestStation, held = 0): Promise<void> => {
    expect(await station.position()).toMatchObject({ seq: held })
    const [row] = await server.deps.database.query<{ count: number }>(
      'SELECT count(*) FROM journal JOIN origins USING (origin_id) WHERE canteen_id = $1',
      [station.canteenId],
    )
    expect(row?.count).toBe(held)
  }

  test('SY-1 a book arrives in batches; each answer is the position, each entry is as it was sent', async () => {
    const station = await server.station()
    expect(await station.position()).toEqual({ origin: 'kiosk-1', seq: 0, hash: FIRST_PREV_HASH })
    for (let from = 0; from < entries.length; from += 5) {
      const part = entries.slice(from, from + 5)
      const { status, body } = await station.push(batchOf(station, part))
      expect({ status, body }).toEqual({ status: 200, body: { origin: 'kiosk-1', ...headOf(part) } })
    }
    const page = await station.call('/v1/origins/kiosk-1/entries?from=1')
    expect(page.body['entries']).toEqual(entries)
  })

  test('SY-1 the same batch twice, and one that overlaps, change nothing', async () => {
    const station = await server.station()
    const first = batchOf(station, entries.slice(0, 8))
    await station.push(first)
    const totals = () =>
      server.deps.database.query('SELECT * FROM day_meals WHERE canteen_id = $1', [station.canteenId])
    const before = await totals()
    expect(await station.push(first)).toMatchObject({ status: 200, body: { seq: 8 } })
    expect(await station.push(batchOf(station, entries.slice(2, 6)))).toMatchObject({
      status: 200,
      body: { seq: 8 },
    })
    expect(await totals()).toEqual(before)
    expect(await station.push(batchOf(station, entries.slice(3)))).toMatchObject({
      status: 200,
      body: headOf(entries),
    })
    await nothingKept(station, entries.length)
  })

  test('SY-1 two batches of one book at the same time are taken one after the other', async () => {
    const station = await server.station()
    const batch = batchOf(station, entries)
    const replies = await Promise.all(Array.from({ length: 5 }, () => station.push(batch)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    await nothingKept(station, entries.length)
  })

  test('SY-2 a gap is refused with the position to go on from', async () => {
    const station = await server.station()
    await station.push(batchOf(station, entries.slice(0, 3)))
    expect(await station.push(batchOf(station, entries.slice(5)))).toEqual({
      status: 409,
      body: { error: 'GAP', seq: 3 },
    })
    await nothingKept(station, 3)
  })

  test('SY-2 a changed body, a changed hash and a broken link are refused, and nothing of the batch is kept', async () => {
    const station = await server.station()
    const planted = (seq: number, change: Partial<WireEntry>): Batch => {
      const list = entries.map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry))
      return batchOf(station, list)
    }
    const changes: readonly Partial<WireEntry>[] = [
      { bodyText: (entries[5]?.bodyText ?? '').replace('"', '" ') },
      { actor: 'somebody' },
      { hash: FIRST_PREV_HASH },
      { prevHash: FIRST_PREV_HASH },
    ]
    for (const change of changes)
      expect(await station.push(planted(6, change))).toMatchObject({ status: 422, body: { error: 'CHAIN' } })
    await nothingKept(station)
  })

  test('SY-2 numbers that jump, another origin inside and an empty batch are refused', async () => {
    const station = await server.station()
    const batch = batchOf(station, entries)
    for (const wrong of [
      { ...batch, entries: [...entries.slice(0, 4), ...entries.slice(5)] },
      { ...batch, entries: [] },
      { ...batch, fromSeq: 2 },
      { ...batch, entries: entries.map((entry) => ({ ...entry, more: 1 })) },
      { ...batch, checkpoint: { ...batch.checkpoint, origin: 'kiosk-2' } },
    ])
      expect(await station.pushBytes(packed(wrong))).toMatchObject({
        status: 400,
        body: { error: 'INVALID' },
      })
    await nothingKept(station)
  })

  test('SY-2 a checkpoint by another key, over another entry or from another batch is refused', async () => {
    const station = await server.station()
    const batch = batchOf(station, entries)
    const earlier = batchOf(station, entries.slice(0, 4)).checkpoint
    const elsewhere = batchOf({ key: station.key, canteenId: randomUUID() }, entries).checkpoint
    for (const checkpoint of [
      batchOf({ canteenId: station.canteenId, key: newKey() }, entries).checkpoint,
      earlier,
      { ...batch.checkpoint, signature: earlier.signature },
      elsewhere,
    ])
      expect(await station.push({ ...batch, checkpoint })).toMatchObject({
        status: 403,
        body: { error: 'SIGNATURE' },
      })
    await nothingKept(station)
  })

  test('SY-2 a challenge is good once, for its station and server, and not for long', async () => {
    const station = await server.station()
    const challenge = await station.challenge()
    expect(await station.answerTo(challenge, { key: newKey() })).toMatchObject({ status: 403 })
    expect(await station.answerTo(challenge, { serverId: randomUUID() })).toMatchObject({
      status: 403,
      body: { error: 'SIGNATURE' },
    })
    expect(await station.answerTo(challenge)).toMatchObject({ status: 200 })
    expect(await station.answerTo(challenge)).toMatchObject({
      status: 403,
      body: { error: 'CHALLENGE_REFUSED' },
    })
    const other = await server.station('kiosk-2', station.own.canteen)
    expect(await other.answerTo(await station.challenge())).toMatchObject({
      body: { error: 'CHALLENGE_REFUSED' },
    })
    const late = await station.challenge()
    server.deps.clock.ms += 5 * 60_000
    expect(await station.answerTo(late)).toMatchObject({ body: { error: 'CHALLENGE_REFUSED' } })
    expect(await station.answerTo('made.up.entirely')).toMatchObject({ body: { error: 'CHALLENGE_REFUSED' } })
  })

  test('SY-2 without a session, or after its end, nothing is answered', async () => {
    const station = await server.station()
    for (const headers of [{}, { authorization: 'Bearer nobody' }, { authorization: 'Basic Og==' }])
      expect(await server.ask('/v1/origins/kiosk-1/position', { headers })).toEqual({
        status: 401,
        body: { error: 'UNAUTHORIZED' },
      })
    await station.position()
    server.deps.clock.ms += 60 * 60_000
    expect(await station.push(batchOf(station, entries))).toMatchObject({ status: 401 })
    await station.signIn()
    expect(await station.push(batchOf(station, entries))).toMatchObject({ status: 200 })
  })

  test('SY-2 a station reaches its own books alone: not another station’s, not another canteen’s of the same name', async () => {
    const one = await server.station('kiosk-1')
    const two = await server.station('kiosk-2', one.own.canteen)
    const elsewhere = await server.station('kiosk-1')
    await one.push(batchOf(one, entries))
    for (const path of [
      '/v1/origins/kiosk-1/position',
      '/v1/origins/kiosk-1/entries',
      '/v1/stations/kiosk-1/origins',
    ])
      expect(await two.call(path)).toEqual({ status: 403, body: { error: 'NOT_YOURS' } })
    expect(await two.push(batchOf({ canteenId: two.canteenId, key: two.key }, entries))).toMatchObject({
      status: 403,
      body: { error: 'NOT_YOURS' },
    })
    expect(await elsewhere.position()).toMatchObject({ seq: 0 })
    expect(await elsewhere.call('/v1/origins/kiosk-1/entries')).toMatchObject({ body: { entries: [] } })
  })

  test('SY-5 a restored book reads back what it lacks, page by page, and goes on under its own epoch', async () => {
    const station = await server.station()
    await station.push(batchOf(station, entries))
    const later = rewritten(entries.slice(0, 4), () => ({ origin: 'kiosk-1.r1' }))
    expect(await station.push(batchOf(station, later))).toMatchObject({ status: 200 })
    expect((await station.call('/v1/stations/kiosk-1/origins')).body).toEqual({
      origins: [
        { origin: 'kiosk-1', ...headOf(entries) },
        { origin: 'kiosk-1.r1', ...headOf(later) },
      ],
    })
    const { body } = await station.call('/v1/origins/kiosk-1/entries?from=9')
    expect(body).toMatchObject({ headSeq: entries.length, entries: entries.slice(8) })
    const end = await station.call(`/v1/origins/kiosk-1/entries?from=${entries.length + 1}`)
    expect(end.body).toMatchObject({ entries: [], headSeq: entries.length })
    expect(await station.call('/v1/origins/kiosk-1/entries?from=zero')).toMatchObject({ status: 400 })
  })

  test('SY-5 a server put back from yesterday’s backup says so by its position and takes the rest again', async () => {
    const station = await server.station()
    await station.push(batchOf(station, entries.slice(0, 6)))
    await station.push(batchOf(station, entries.slice(6)))
    const { database } = server.deps
    // What a restored server looks like: everything of the second batch is gone.
    await database.transaction(async (connection) => {
      const [row] = await connection.query<{ origin_id: number }>(
        'SELECT origin_id FROM origins WHERE canteen_id = $1',
        [station.canteenId],
      )
      const id = row?.origin_id ?? 0
      await connection.query('DELETE FROM journal WHERE origin_id = $1 AND seq > 6', [id])
      await connection.query('DELETE FROM checkpoints WHERE origin_id = $1 AND seq > 6', [id])
      await connection.query('DELETE FROM counted WHERE origin_id = $1 AND seq > 6', [id])
      await connection.query('UPDATE origins SET head_seq = 6, head_hash = $2 WHERE origin_id = $1', [
        id,
        entries[5]?.hash ?? '',
      ])
    })
    expect(await station.position()).toMatchObject({ seq: 6, hash: entries[5]?.hash })
    expect(await station.push(batchOf(station, entries.slice(6)))).toMatchObject({
      status: 200,
      body: headOf(entries),
    })
  })

  test('SY-6 another book under the same name is refused, noted and shown; the first goes on', async () => {
    const station = await server.station()
    await station.push(batchOf(station, entries.slice(0, 8)))
    const cloned = rewritten(entries, ({ seq }) => (seq === 7 ? { actor: 'clone' } : {}))
    for (const list of [cloned, cloned.slice(4, 8)])
      expect(await station.push(batchOf(station, list))).toMatchObject({
        status: 409,
        body: { error: 'FORK', seq: 7 },
      })
    // A clone that goes on where both were cut from shows by the hash that its next entry names.
    expect(await station.push(batchOf(station, cloned.slice(8)))).toMatchObject({
      status: 409,
      body: { error: 'FORK', seq: 8 },
    })
    await nothingKept(station, 8)
    const { body } = await server.ask('/?lang=en')
    expect(body['text']).toContain('Forks')
    expect(body['text']).toContain((cloned[6]?.hash ?? '').slice(0, 16))
    expect(await station.push(batchOf(station, entries.slice(8)))).toMatchObject({ status: 200 })
  })

  test('SY-7 a kind of next year and a newer version are kept and wait; the rest is counted', async () => {
    const station = await server.station()
    const odd = rewritten(entries, ({ seq }) =>
      seq === 3 ? { kind: 'meal.dreamt' } : seq === 11 ? { version: 9 } : {},
    )
    expect(await station.push(batchOf(station, odd))).toMatchObject({ status: 200, body: headOf(odd) })
    const { database } = server.deps
    const waiting = await database.query(
      'SELECT seq, kind, version FROM waiting JOIN origins USING (origin_id) WHERE canteen_id = $1 ORDER BY seq',
      [station.canteenId],
    )
    expect(waiting).toEqual([
      { seq: 3, kind: 'meal.dreamt', version: odd[2]?.version },
      { seq: 11, kind: odd[10]?.kind, version: 9 },
    ])
    expect((await station.call('/v1/origins/kiosk-1/entries')).body['entries']).toEqual(odd)
  })

  test('SY-7 entries that make no sense are kept aside with the reason; the rest is counted', async () => {
    const station = await server.station()
    const sales = entries.filter(({ kind }) => kind === 'sale.settled').map(({ seq }) => seq)
    const poison = [
      'not JSON at all',
      '{"sale":{}}',
      '{"sale":null}',
      (entries.find(({ kind }) => kind === 'sale.settled')?.bodyText ?? '').replaceAll(
        /"cashFen":\d+/g,
        '"cashFen":1',
      ),
      (entries.find(({ kind }) => kind === 'sale.settled')?.bodyText ?? '').replaceAll(
        '"mealPeriod":"lunch"',
        '"mealPeriod":"\\u0000"',
      ),
    ]
    const odd = rewritten(entries, ({ seq }) => {
      const bodyText = poison[sales.indexOf(seq)]
      return sales.includes(seq) && bodyText !== undefined ? { bodyText } : {}
    })
    expect(await station.push(batchOf(station, odd))).toMatchObject({ status: 200, body: headOf(odd) })
    const { database } = server.deps
    const aside = await database.query<{ seq: number; reason: string }>(
      `SELECT seq, reason FROM quarantine JOIN origins USING (origin_id) WHERE canteen_id = $1 ORDER BY seq`,
      [station.canteenId],
    )
    expect(aside.map(({ seq }) => seq)).toEqual(sales.slice(0, poison.length))
    expect(aside[0]?.reason).toBe('the body is not JSON')
    expect(aside[3]?.reason).toMatch(/were paid, the price is/)
    const [sum] = await database.query<{ meals: number }>(
      'SELECT sum(meals)::bigint AS meals FROM day_meals WHERE canteen_id = $1',
      [station.canteenId],
    )
    expect(sum?.meals).toBe(SALES - poison.length)
    expect((await server.ask('/?lang=en')).body['text']).toContain('the body is not JSON')
  })

  test('SY-7 a sale that comes again under another number counts once', async () => {
    const station = await server.station()
    await station.push(batchOf(station, entries))
    const again = rewritten(entries, () => ({ origin: 'kiosk-1.r1' }))
    expect(await station.push(batchOf(station, again))).toMatchObject({ status: 200 })
    const [sum] = await server.deps.database.query<{ meals: number }>(
      'SELECT sum(meals)::bigint AS meals FROM day_meals WHERE canteen_id = $1',
      [station.canteenId],
    )
    expect(sum?.meals).toBe(SALES)
  })

  test('SY-8 a bomb, a batch too large to travel and half a frame are refused in time', async () => {
    const station = await server.station()
    const bomb = Uint8Array.from(zstdCompressSync(Buffer.alloc(WIRE_LIMITS.unpackedBytes * 8)))
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().rss
    expect(await station.pushBytes(bomb)).toEqual({ status: 413, body: { error: 'TOO_LARGE' } })
    expect(process.memoryUsage().rss - before).toBeLessThan(WIRE_LIMITS.unpackedBytes * 4)
    expect(await station.pushBytes(new Uint8Array(WIRE_LIMITS.packedBytes + 1))).toEqual({
      status: 413,
      body: { error: 'TOO_LARGE' },
    })
    const whole = packed(batchOf(station, entries))
    for (const broken of [
      whole.slice(0, -9),
      Uint8Array.from([...whole.slice(0, 40), 7, 7, 7]),
      new Uint8Array(),
    ])
      expect(await station.pushBytes(broken)).toMatchObject({ status: 400, body: { error: 'INVALID' } })
    await nothingKept(station)
    expect(await station.push(batchOf(station, entries))).toMatchObject({ status: 200 })
  })

  test('SY-8 a page of entries is bounded in number and in bytes, and moves on even past a huge one', async () => {
    const station = await server.station()
    const filler = 'x'.repeat(WIRE_LIMITS.batchBytes / 3)
    const large = rewritten(entries, ({ seq }) => ({
      kind: 'note.kept',
      bodyText: JSON.stringify(seq === 6 ? filler.repeat(5) : filler),
    }))
    await station.push(batchOf(station, large.slice(0, 5)))
    await station.push(batchOf(station, large.slice(5)))
    const seen: WireEntry[] = []
    while (seen.length < large.length) {
      const { body } = await station.call(`/v1/origins/kiosk-1/entries?from=${seen.length + 1}`)
      const page = body['entries'] as WireEntry[]
      expect(page.length).toBeGreaterThan(0)
      expect(page.length).toBeLessThan(4)
      seen.push(...page)
    }
    expect(seen).toEqual(large)
  })

  test('SY-9 a code works once: the same station may ask again, nobody else', async () => {
    const { code } = await newCode(server.deps, '单次食堂')
    const enrol = (stationId: string, publicKey: string, typed = code) =>
      server.post('/v1/enrolments', { version: 1, code: typed, stationId, publicKey })
    const key = newKey()
    const first = await enrol('kiosk-1', key.publicKey, ` ${code.toLowerCase().replaceAll('-', ' ')}`)
    expect(first).toMatchObject({ status: 200, body: { canteenName: '单次食堂' } })
    expect(await enrol('kiosk-1', key.publicKey)).toEqual(first)
    const refused = { status: 403, body: { error: 'CODE_REFUSED' } }
    expect(await enrol('kiosk-2', newKey().publicKey)).toEqual(refused)
    expect(await enrol('kiosk-1', newKey().publicKey)).toEqual(refused)
    expect(await enrol('kiosk-3', newKey().publicKey, 'AAAAA-BBBBB-CCCCC')).toEqual(refused)
    const late = await newCode(server.deps, '单次食堂')
    server.deps.clock.ms += 8 * 86_400_000
    expect(await enrol('kiosk-3', newKey().publicKey, late.code)).toEqual(refused)
  })

  test('SY-9 a name that is taken needs a code made to replace its key; the old key and its sessions end', async () => {
    const station = await server.station()
    await station.position()
    const enrol = (code: string, publicKey: string, stationId = 'kiosk-1') =>
      server.post('/v1/enrolments', { version: 1, code, stationId, publicKey })
    const plain = await newCode(server.deps, station.own.canteen)
    expect(await enrol(plain.code, newKey().publicKey)).toEqual({
      status: 409,
      body: { error: 'STATION_EXISTS' },
    })
    const replacing = await newCode(server.deps, station.own.canteen, 'kiosk-1')
    expect(await enrol(replacing.code, newKey().publicKey, 'kiosk-9')).toMatchObject({ status: 403 })
    expect(await enrol(replacing.code, newKey().publicKey)).toMatchObject({ status: 200 })
    expect(await station.call('/v1/origins/kiosk-1/position')).toMatchObject({ status: 401 })
    expect(await station.answerTo(await station.challenge())).toMatchObject({ body: { error: 'SIGNATURE' } })
  })

  test('SY-9 codes and tokens are kept as their hashes alone, and reach no log', async () => {
    const { code } = await newCode(server.deps, '无痕食堂')
    await server.post('/v1/enrolments', { version: 1, code, stationId: 'k', publicKey: newKey().publicKey })
    const codes = await server.deps.database.query('SELECT * FROM enrolment_codes')
    const sessions = await server.deps.database.query('SELECT * FROM sessions')
    expect(JSON.stringify([codes, sessions, server.said])).not.toContain(code)
    const station = await server.station()
    const { body } = await station.answerTo(await station.challenge())
    const held = await server.deps.database.query('SELECT * FROM sessions')
    expect(JSON.stringify([held, server.said])).not.toContain(String(body['token']))
  })

  test('LG-16 sealed persons: the newer version wins, erased rows stay empty, pages follow the changes', async () => {
    const station = await server.station()
    const sealed = (text: string) => Buffer.from(text).toString('base64')
    const persons = [
      { memberId: 'm-1', version: 1, sealed: sealed('one') },
      { memberId: 'm-2', version: 4, sealed: sealed('two') },
    ]
    expect(await station.post('/v1/persons', { version: 1, persons })).toEqual({
      status: 200,
      body: { heldNewer: [] },
    })
    const first = await station.call('/v1/persons')
    expect(first.body).toMatchObject({ persons })
    const next = [
      { memberId: 'm-2', version: 3, sealed: sealed('stale') },
      { memberId: 'm-1', version: 2, sealed: '' },
    ]
    expect((await station.post('/v1/persons', { version: 1, persons: next })).body).toEqual({
      heldNewer: [{ memberId: 'm-2', version: 4 }],
    })
    const second = await station.call(`/v1/persons?after=${String(first.body['cursor'])}`)
    expect(second.body['persons']).toEqual([{ memberId: 'm-1', version: 2, sealed: '' }])
    const third = await station.call(`/v1/persons?after=${String(second.body['cursor'])}`)
    expect(third.body).toEqual({ persons: [], cursor: second.body['cursor'] })
    expect((await (await server.station()).call('/v1/persons')).body).toEqual({ persons: [], cursor: 0 })
  })

  test('SY-2 another version of the wire is answered with the versions that are spoken', async () => {
    const spoken = { status: 426, body: { error: 'VERSION', supported: [1] } }
    const station = await server.station()
    expect(await server.post('/v1/enrolments', { version: 2, anything: true })).toEqual(spoken)
    expect(await station.pushBytes(packed({ ...batchOf(station, entries), version: 2 }))).toEqual(spoken)
    expect(await server.ask('/v2/origins/kiosk-1/position')).toEqual(spoken)
    expect(await server.ask('/v1/elsewhere')).toEqual({ status: 404, body: { error: 'NOT_FOUND' } })
  })
})
