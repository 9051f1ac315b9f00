import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBook, type Book } from '../../electron/station/book/book.ts'
import { migrationsFolder, readMigrations } from '../../electron/station/book/migrate.ts'
import { silentLog } from '../../electron/station/log.ts'
import { publishShippedPacks, shippedPacks } from '../../electron/station/shipped-packs.ts'
import { systemClock, systemIds } from '../../electron/station/system.ts'
import { trialConfig } from '../../electron/trial/config.ts'
import { seedCrowd } from '../../electron/trial/demo/crowd.ts'
import { nextOf, sampleSales, type SampleSales } from '../../electron/trial/demo/sales.ts'
import { seedDemo } from '../../electron/trial/demo/seed.ts'
import type { MemberFacts } from '../../shared/domain/member.ts'
import type { ScaleProfile } from '../../shared/domain/scale.ts'

const BENCH_FOLDER = join(import.meta.dirname, '..', '..', 'out', 'bench')
export const BENCH_STATION = 'bench-1'
export const LAST_SEEDED_DATE = '2026-11-20'
const PERSON_KEY = new Uint8Array(32).fill(7)
const MEMBERS = 2_000
export const SALES_PER_DAY = 400
const BATCH = 5_000

function benchScale(): ScaleProfile {
  const profile = trialConfig({ scalePath: '', readerPath: '' }).scale?.profile
  if (profile === undefined) throw new Error('the trial counter has a scale')
  return profile
}

/** The key file that a station over this folder reads. */
export function writePersonKey(folder: string): void {
  writeFileSync(join(folder, 'persons.key'), PERSON_KEY, { mode: 0o600 })
}

export function openBenchBook(folder: string): Book {
  return openBook({
    folder,
    originId: BENCH_STATION,
    clock: systemClock,
    ids: systemIds,
    personKey: PERSON_KEY,
    log: silentLog,
    businessDateAt: () => LAST_SEEDED_DATE,
  })
}

/** A plan for sample sales of this book's crowd. */
export function samplePlan(book: Book, members: readonly MemberFacts[], count: number): SampleSales {
  const pack = shippedPacks().find(({ id }) => id === 'demo')
  if (pack === undefined) throw new Error('no demo pack')
  return {
    count,
    salesPerDay: SALES_PER_DAY,
    lastDate: LAST_SEEDED_DATE,
    members,
    pack,
    scale: benchScale(),
    canteenArea: '35/3501/350102/350102001',
    nextId: () => systemIds.next(),
    balanceOf: (memberId) => book.balanceOf(memberId),
  }
}

export const crowdOf = (book: Book): MemberFacts[] =>
  seedCrowd(book, MEMBERS, 99_000_000, () => systemIds.next())

/** Another schema is another book: a kept one that was built under an older schema would measure the upgrade. */
const schemaKey = (): string => {
  const schema = readMigrations(migrationsFolder()).map(({ name, sql }) => `${name}\n${sql}`)
  return createHash('sha256').update(schema.join('\n')).digest('hex').slice(0, 8)
}

/**
 * A closed book in `out/bench`, built once for each schema and kept for the next run. The folder is renamed into place when
 * it is whole; those of the same name under other schemas go.
 */
export function keptBook(name: string, build: (folder: string) => void): string {
  const folder = join(BENCH_FOLDER, `${name}-${schemaKey()}`)
  if (existsSync(folder)) return folder
  const building = `${folder}.building`
  rmSync(building, { recursive: true, force: true })
  mkdirSync(building, { recursive: true })
  build(building)
  for (const other of readdirSync(BENCH_FOLDER))
    if (other.startsWith(`${name}-`) && join(BENCH_FOLDER, other) !== building)
      rmSync(join(BENCH_FOLDER, other), { recursive: true, force: true })
  renameSync(building, folder)
  return folder
}

/** `count` sample sales of the crowd; a million takes a minute or two to build. */
export const sampleBook = (count: number, say: (line: string) => void): string =>
  keptBook(`book-${count}`, (folder) => {
    writePersonKey(folder)
    const book = openBenchBook(folder)
    publishShippedPacks(book, 'demo', '')
    seedDemo(book, systemIds)
    const events = sampleSales(samplePlan(book, crowdOf(book), count))
    for (let done = 0; done < count; done += BATCH) {
      book.appendMany(nextOf(events, BATCH), 'bench')
      book.checkpoint()
      if (done % (BATCH * 10) === 0) say(`building a book: ${done} of ${count} sales`)
    }
    book.close()
  })

/** The one month of `monthBook`. */
export const BENCH_MONTH = '2026-10'
const DAYS_OF_MONTH = 31

/** `count` sample sales of the crowd, all in `BENCH_MONTH`. */
export const monthBook = (count: number, say: (line: string) => void): string =>
  keptBook(`month-${count}`, (folder) => {
    writePersonKey(folder)
    const book = openBenchBook(folder)
    publishShippedPacks(book, 'demo', '')
    seedDemo(book, systemIds)
    const month = {
      salesPerDay: Math.ceil(count / DAYS_OF_MONTH),
      lastDate: `${BENCH_MONTH}-${DAYS_OF_MONTH}`,
    }
    say(`building a book of a month: ${count} sales`)
    book.appendMany(sampleSales({ ...samplePlan(book, crowdOf(book), count), ...month }), 'bench')
    book.close()
  })

/** A copy of a closed book that may be sold into. */
export function copyOf(folder: string, name: string): string {
  const copy = join(BENCH_FOLDER, name)
  rmSync(copy, { recursive: true, force: true })
  cpSync(folder, copy, { recursive: true })
  return copy
}
