import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unpackFile } from '../../../electron/station/backup/pack.ts'
import { restoreBook, type Restored } from '../../../electron/station/backup/restore.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { openBook, type Book, type BookOptions } from '../../../electron/station/book/book.ts'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { drawerOf, stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { fen } from '../../../shared/domain/units.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { folderOfTest, pathOf } from '../../fixtures/backups.ts'
import { bookOptions, furnish, NOON_MS, saleDraft, TODAY } from '../../fixtures/books.ts'

const DAY_MS = 86_400_000

interface Lunch {
  readonly options: BookOptions
  readonly book: Book
  readonly packedPath: string
  readonly place: string
}

/** A book that was backed up, and has gone on since. */
async function lunchAfterABackup(): Promise<Lunch> {
  const folder = folderOfTest('restored')
  const options = bookOptions({ folder })
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft({ memberId: null }))
  book.settle(saleDraft({ subsidised: true }))
  const place = join(folderOfTest('stick'), 'canteen')
  const made = await takeBackup(backupRequest(folder, place), () => undefined)
  if (made.kind !== 'made') throw new Error(made.detail)
  book.settle(saleDraft({ memberId: 'm-2' }))
  book.settle(saleDraft({ memberId: null, priceFen: 700 }))
  return { options, book, packedPath: pathOf(place, made.file.name), place }
}

const restore = ({ options, packedPath }: Pick<Lunch, 'options' | 'packedPath'>): Promise<Restored> =>
  restoreBook({ packedPath, book: options, timeZone: 'Asia/Shanghai' })

const inDrawer = (book: Book): number =>
  book.read((file) => -(file.queries.balance.get(drawerOf(file.originId))?.balance_fen ?? 0))

test('LG-28 a restored book goes on under a new origin, verifies and sells; the one before is kept', async () => {
  const lunch = await lunchAfterABackup()
  const { options, book } = lunch
  const before = book.health()
  book.close()
  const restored = await restore(lunch)
  expect(restored).toMatchObject({
    origin: expect.stringMatching(/^kiosk-1\.tnwr40-[0-9a-f]{6}$/) as unknown,
    fromOrigin: 'kiosk-1',
    fromSeq: before.headSeq - 2,
    entries: before.entries - 1,
    replaced: join(options.folder, 'book.replaced-20261103-120000'),
  })
  expect(stationOf(restored.origin)).toBe('kiosk-1')
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, findings: [] })
  expect(verifyBook(restored.replaced ?? '')).toMatchObject({ ok: true, entries: before.entries })

  const again = openBook(options)
  expect(again.health()).toMatchObject({ headSeq: 1, headHash: restored.headHash })
  expect(again.settle(saleDraft({ memberId: 'm-3' })).kind).toBe('settled')
  const newest = again.read((file) => file.journal.newest(restored.origin, 2))
  expect(newest.map(({ seq, kind }) => [seq, kind])).toEqual([
    [2, 'sale.settled'],
    [1, 'book.restored'],
  ])
  again.close()
  openBook(options).close()
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, findings: [] })
})

test('LG-28 what the backup lacked comes back from another copy, and no number is used twice', async () => {
  const lunch = await lunchAfterABackup()
  const { options, book } = lunch
  const lost = book.read((file) => file.journal.newest('kiosk-1', 2).toReversed())
  const wallets = ['m-1', 'm-2', 'm-3'].map((id) => book.balanceOf(id))
  const drawer = inDrawer(book)
  const meals = book.dayTotals(TODAY).meals
  book.close()
  await restore(lunch)
  const again = openBook(options)
  again.settle(saleDraft({ memberId: null, priceFen: 500 }))
  expect(importEntries(again, 'kiosk-1', lost)).toMatchObject({ kind: 'imported', entries: 2 })
  expect(importEntries(again, 'kiosk-1', lost)).toMatchObject({ kind: 'imported', entries: 0 })
  expect(['m-1', 'm-2', 'm-3'].map((id) => again.balanceOf(id))).toEqual(wallets)
  expect(inDrawer(again)).toBe(drawer + 500)
  expect(again.dayTotals(TODAY).meals).toBe(meals + 1)
  again.settle(saleDraft({ memberId: 'm-2' }))
  again.close()
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, findings: [] })
})

test('LG-28 the drawer and the limits of the station go on as they were', async () => {
  const lunch = await lunchAfterABackup()
  lunch.book.close()
  await restore(lunch)
  const again = openBook(lunch.options)
  expect(drawerOf('kiosk-1.t5x3k9')).toBe(drawerOf('kiosk-1'))
  const before = inDrawer(again)
  expect(before).toBe(1280 + 3 * 5000)
  again.settle(saleDraft({ memberId: null, priceFen: 500 }))
  expect(inDrawer(again)).toBe(before + 500)
  // She had her subsidy before the backup, under the old origin.
  expect(again.settle(saleDraft({ subsidised: true }))).toEqual({ kind: 'refused', reason: 'subsidy-used' })
  const card = again.lookUpCard('0000000001', TODAY)
  expect(card).toMatchObject({ kind: 'known', member: { uses: [{ here: true }] } })
  again.close()
})

test('LG-28 a book can be put back again and again, each time under a name of its own', async () => {
  const lunch = await lunchAfterABackup()
  lunch.book.close()
  const first = await restore(lunch)
  const second = await restore(lunch)
  expect(second.origin).not.toBe(first.origin)
  const book = openBook(lunch.options)
  book.topUp({ topUpId: 'again', memberId: 'm-1', amountFen: fen(100), source: 'cash' }, 'test')
  book.close()
  const place = lunch.place
  const later = await takeBackup(
    backupRequest(lunch.options.folder, place, NOON_MS + DAY_MS),
    () => undefined,
  )
  if (later.kind !== 'made') throw new Error(later.detail)
  const third = await restore({ options: lunch.options, packedPath: pathOf(place, later.file.name) })
  expect(third).toMatchObject({ fromOrigin: second.origin })
  expect(new Set([first.origin, second.origin, third.origin]).size).toBe(3)
  expect(verifyBook(lunch.options.folder)).toMatchObject({ ok: true })
  expect(readdirSync(lunch.options.folder).filter((name) => name.startsWith('book.replaced-'))).toHaveLength(
    3,
  )
})

test('LG-28 LG-13 a running station, a changed file, another station’s backup and a wrong key change nothing', async () => {
  const lunch = await lunchAfterABackup()
  const { options, book, packedPath } = lunch
  await expect(restore(lunch)).rejects.toThrow(expect.objectContaining({ code: 'locked' }))
  book.close()
  const before = verifyBook(options.folder)
  const refused = async (change: Partial<BookOptions>, path = packedPath): Promise<string> => {
    try {
      await restore({ options: { ...options, ...change }, packedPath: path })
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error)
    }
    return 'restored'
  }
  expect(await refused({ originId: 'kiosk-2' })).toBe('cannot-open')
  expect(await refused({ personKey: new Uint8Array(32).fill(8) })).toBe('wrong-key')
  expect(await refused({}, join(options.folder, 'none.sqlite.zst'))).toBe('cannot-open')
  expect(await refused({}, join(options.folder, 'book.sqlite'))).toBe('cannot-open')
  const bytes = readFileSync(packedPath)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  writeFileSync(packedPath, bytes)
  expect(await refused({})).toBe('damaged')
  expect(verifyBook(options.folder)).toEqual(before)
  expect(readdirSync(options.folder).filter((name) => /replaced|restoring/.test(name))).toEqual([])
  openBook(options).close()
})

test('LG-28 LG-23 cut off after the old book was moved away, the station sells nothing and the restore can be said again', async () => {
  const lunch = await lunchAfterABackup()
  const { options, book } = lunch
  book.checkpoint()
  book.close()
  const first = await restore(lunch)
  // As a cut between the two renames leaves it: the old book is away, the new one not there yet.
  rmSync(join(options.folder, 'book.sqlite'))
  expect(() => openBook(options)).toThrow(/canteen restore/)
  const second = await restore(lunch)
  expect(second.fromSeq).toBe(first.fromSeq)
  openBook(options).close()
  expect(existsSync(first.replaced ?? '')).toBe(true)
})

test('LG-23 an older copy in the book’s place is refused with the words that say how it is put back', async () => {
  const lunch = await lunchAfterABackup()
  const { options, book, packedPath } = lunch
  book.checkpoint()
  book.close()
  await unpackFile(packedPath, join(options.folder, 'book.sqlite'))
  expect(() => openBook(options)).toThrow(/older or other copy .*`canteen restore FILE`/)
})
