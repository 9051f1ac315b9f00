import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { verifyBackup } from '../../../electron/station/backup/verify-backup.ts'
import { openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { folderOfTest, pathOf } from '../../fixtures/backups.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { seededRandom } from '../../fixtures/random.ts'

test('LG-30 a packed backup is verified where it lies, and a changed byte in it or in its manifest is named', async () => {
  const folder = folderOfTest('backed-up')
  const book = openBook(bookOptions({ folder }))
  furnish(book)
  book.settle(saleDraft())
  const place = join(folderOfTest('stick'), 'canteen')
  const outcome = await takeBackup(backupRequest(folder, place), () => undefined)
  book.close()
  const path = pathOf(place, outcome.kind === 'made' ? outcome.file.name : undefined)
  expect(await verifyBackup(path)).toEqual(verifyBook(folder))

  const packed = readFileSync(path)
  for (let seed = 0; seed < 5; seed++) {
    const random = seededRandom(`packed/${seed}`)
    const damaged = Buffer.from(packed)
    const at = random.integer(0, damaged.length - 1)
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.integer(0, 7))
    writeFileSync(path, damaged)
    expect((await verifyBackup(path)).findings).toMatchObject([
      { rule: 'LG-29', table: outcome.kind === 'made' ? outcome.file.name : '' },
    ])
  }
  writeFileSync(path, packed)

  const manifestPath = path.replace('.sqlite.zst', '.json')
  const manifest = readFileSync(manifestPath, 'utf8')
  writeFileSync(manifestPath, manifest.replace('"entries": 12', '"entries": 13'))
  expect((await verifyBackup(path)).findings[0]?.message).toContain('entries is 13, the book inside says 12')
  writeFileSync(manifestPath, manifest.replace('"sha256"', '"sha255"'))
  expect((await verifyBackup(path)).findings[0]?.message).toContain('not what a backup writes')
})
