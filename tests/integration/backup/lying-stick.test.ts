import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { openBook } from '../../../electron/station/book/book.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { folderOfTest, replayed } from '../../fixtures/backups.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'

/** A stick that keeps other bytes than it was given, for as long as the backup is at work. */
function spoil(place: string): () => number {
  let spoilt = 0
  const timer = setInterval(() => {
    for (const name of readdirSync(place).filter(
      (each) => each.includes('.zst.') && each.endsWith('.partial'),
    )) {
      const path = join(place, name)
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < 2_000) continue
      const file = openSync(path, 'r+')
      writeSync(file, Uint8Array.of(0xaa, 0x55, 0xaa), 0, 3, 1_000)
      closeSync(file)
      spoilt += 1
    }
  }, 0)
  return () => {
    clearInterval(timer)
    return spoilt
  }
}

test('LG-29 a stick that gives back other bytes than it was given gets no backup, and the one before it stays', async () => {
  const folder = folderOfTest('lying-book')
  const place = folderOfTest('lying-stick')
  const book = openBook(bookOptions({ folder }))
  furnish(book)
  for (let sale = 0; sale < 3_000; sale += 1) book.settle(saleDraft({ memberId: null }))
  book.checkpoint()
  const good = await takeBackup(backupRequest(folder, place), () => undefined)
  if (good.kind !== 'made') throw new Error(good.detail)
  book.settle(saleDraft({ memberId: null }))
  const healed = spoil(place)
  const bad = await takeBackup(backupRequest(folder, place), () => undefined)
  expect(healed()).toBeGreaterThan(0)
  expect(bad).toMatchObject({ kind: 'failed' })
  expect(readdirSync(place).toSorted()).toEqual([
    good.file.name.replace('.sqlite.zst', '.json'),
    good.file.name,
  ])
  expect((await replayed(join(place, good.file.name))).findings).toEqual([])
  book.close()
})
