import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backupsIn } from '../../../electron/station/backup/manifest.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { folderOfTest, pathOf, replayed, strays } from '../../fixtures/backups.ts'
import { bookOptions, furnish, NOON_MS, saleDraft } from '../../fixtures/books.ts'
import { tamper } from '../book/rows.ts'

const ONCE = join(import.meta.dirname, '..', '..', 'fixtures', 'backup-once.ts')
const DAY_MS = 86_400_000
const quietly = (): void => undefined

function bookWithSales(sales = 3): { book: Book; folder: string; place: string } {
  const folder = folderOfTest('backed-up')
  const book = openBook(bookOptions({ folder }))
  furnish(book)
  for (let sale = 0; sale < sales; sale++) book.settle(saleDraft({ memberId: null }))
  return { book, folder, place: join(folderOfTest('stick'), 'canteen') }
}

test('LG-29 a backup of an open book is replayed, packed and named, and says where the book stood', async () => {
  const { book, folder, place } = bookWithSales()
  const phases = new Set<string>()
  const outcome = await takeBackup(backupRequest(folder, place), ({ phase }) => phases.add(phase))
  const { entries, headSeq, headHash } = book.health()
  expect(outcome).toMatchObject({
    kind: 'made',
    file: { name: 'book-20261103-120000.sqlite.zst', takenAtMs: NOON_MS, entries, headSeq, headHash },
    audit: { entries, count: 0, first: null },
  })
  expect([...phases]).toEqual(['copying', 'verifying'])
  expect(backupsIn(place, 'kiosk-1')).toEqual([outcome.kind === 'made' ? outcome.file : null])
  expect(strays(place)).toEqual([])
  expect(await replayed(pathOf(place, 'book-20261103-120000.sqlite.zst'))).toMatchObject({
    ok: true,
    entries,
  })
  expect(book.settle(saleDraft()).kind).toBe('settled')
  book.close()
})

test('LG-29 two backups in one second, and another counter on the same stick, take names of their own', async () => {
  const { book, folder, place } = bookWithSales()
  const other = bookWithSales()
  await takeBackup(backupRequest(folder, place), quietly)
  await takeBackup(backupRequest(folder, place), quietly)
  const theirs = { ...backupRequest(other.folder, place), stationId: 'kiosk-2' }
  await takeBackup(theirs, quietly)
  expect(backupsIn(place, 'kiosk-1').map(({ name }) => name.slice(5, 20))).toEqual([
    '20261103-120000',
    '20261103-120001',
    '20261103-120002',
  ])
  book.close()
  other.book.close()
})

test('LG-29 what is not as the journal says is no backup, is named, and leaves the one before', async () => {
  const { book, folder, place } = bookWithSales()
  await takeBackup(backupRequest(folder, place), quietly)
  book.close()
  tamper(folder, "UPDATE balances SET credit_fen = credit_fen + 100 WHERE account = 'member:m-2:cash'")
  const outcome = await takeBackup(backupRequest(folder, place, NOON_MS + DAY_MS), quietly)
  expect(outcome).toMatchObject({
    kind: 'failed',
    trouble: 'not-verified',
    audit: { count: 2, first: { rule: 'LG-8', table: 'balances', key: 'member:m-2:cash' } },
  })
  expect(backupsIn(place, 'kiosk-1')).toHaveLength(1)
  expect(strays(place)).toEqual([])
})

test('LG-29 LG-19 a flipped bit in the file is found by night and named', async () => {
  const { book, folder, place } = bookWithSales()
  book.close()
  const file = join(folder, 'book.sqlite')
  const bytes = readFileSync(file)
  // In the bodies of the first top-ups, and in what page splits left of them.
  for (let at = bytes.indexOf('"cash"'); at >= 0; at = bytes.indexOf('"cash"', at + 1))
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const outcome = await takeBackup(backupRequest(folder, place), quietly)
  expect(outcome).toMatchObject({
    kind: 'failed',
    trouble: 'not-verified',
    audit: { first: { origin: 'kiosk-1', seq: expect.any(Number) as unknown } },
  })
  expect(backupsIn(place, 'kiosk-1')).toEqual([])
})

test('LG-29 a place that is not there, or is no folder, is a trouble of its own', async () => {
  const { book, folder } = bookWithSales()
  const stick = folderOfTest('stick')
  const unplugged = backupRequest(folder, join(stick, 'not-plugged-in', 'canteen'))
  expect(await takeBackup(unplugged, quietly)).toMatchObject({ kind: 'failed', trouble: 'no-place' })
  writeFileSync(join(stick, 'file'), '')
  const file = backupRequest(folder, join(stick, 'file'))
  expect(await takeBackup(file, quietly)).toMatchObject({ kind: 'failed', trouble: 'no-place' })
  book.close()
})

test('LG-29 a stick without room leaves the backup that is there, and nothing half', async () => {
  const { book, folder } = bookWithSales(100)
  book.close()
  const mounted = join(folderOfTest('stick'), 'small')
  mkdirSync(mounted)
  const script = [
    `mount -t tmpfs -o size=12k none ${mounted}`,
    `${process.execPath} ${ONCE} ${folder} ${mounted}/canteen ${NOON_MS}`,
    `find ${mounted} -type f`,
  ].join(' && ')
  const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script], { encoding: 'utf8' })
  const [begins, outcome = '', ...left] = stdout.trim().split('\n')
  expect([begins, stderr, left]).toEqual(['begins', '', []])
  expect(JSON.parse(outcome)).toMatchObject({ kind: 'failed', trouble: 'no-room', audit: { count: 0 } })
})

test('LG-29 of many nights the newest of 7 days, 4 weeks and 12 months stay', async () => {
  const { book, folder, place } = bookWithSales(1)
  const nights = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40, 41]
  for (const night of nights)
    await takeBackup(backupRequest(folder, place, NOON_MS + night * DAY_MS), quietly)
  const kept = backupsIn(place, 'kiosk-1').map(({ takenAtMs }) => (takenAtMs - NOON_MS) / DAY_MS)
  expect(kept).toEqual([41, 40, 10, 9, 8, 7, 6, 5])
  expect(strays(place)).toEqual([])
  book.close()
})
