import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Fold } from '../../../electron/station/book/fold.ts'
import { hashOf } from '../../../electron/station/book/journal-table.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { KIND_VERSIONS, type JournalEntry } from '../../../shared/domain/journal/entry.ts'
import { hybridTime } from '../../../shared/domain/journal/hybrid-clock.ts'
import golden from '../../fixtures/golden-journal.json' with { type: 'json' }

const entries = golden.map(({ entry }): JournalEntry => ({ ...entry, hlc: hybridTime(entry.hlc) }))

test('LG-9 the book hashes each golden entry as the other program did', () => {
  for (const { body, hash, ...rest } of entries)
    expect([rest.seq, hashOf({ ...rest, bodyText: canonicalJson(body) })]).toEqual([rest.seq, hash])
})

test('LG-15 LG-3 golden entries of every kind fold as they stand, and leave debits equal to credits', () => {
  const db = new Sqlite(':memory:')
  migrate(db, readMigrations(migrationsFolder()))
  const fold = new Fold(db, 'a-replica')
  for (const entry of entries) fold.fold(entry)
  expect(db.prepare('SELECT kind FROM waiting_entries').all()).toEqual([{ kind: 'a-kind-of-next-year' }])
  expect(db.prepare('SELECT sum(debit_fen - credit_fen) AS net FROM balances').get()).toEqual({ net: 0 })
  db.close()
  const covered = new Set(entries.map(({ kind }) => kind))
  expect(Object.keys(KIND_VERSIONS).filter((kind) => !covered.has(kind))).toEqual([])
})
