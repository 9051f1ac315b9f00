import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseSeedFile, type SeedFile } from '../../shared/contract/seed-file.ts'
import { businessMomentOf } from '../../shared/domain/business-day.ts'
import { fen } from '../../shared/domain/units.ts'
import type { Book } from '../station/book/book.ts'
import { shippedPacks } from '../station/shipped-packs.ts'
import { systemClock, systemIds } from '../station/system.ts'
import { trialConfig } from '../trial/config.ts'
import { seedCrowd } from '../trial/demo/crowd.ts'
import { nextOf, sampleSales } from '../trial/demo/sales.ts'
import { seedDemo } from '../trial/demo/seed.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { dataPlace, openBookAt, type DataPlace } from './data.ts'

const SALES_PER_DAY = 400
const CROWD = 2_000
const BATCH = 5_000

export const seed: Command = {
  summary: 'fills the book: demo people and dishes, a file of your own, or sample sales',
  help: [
    'canteen seed                 the demo menu, members, cards and money',
    'canteen seed --from FILE     menu, members, cards and opening balances of your canteen (see docs/operations.md)',
    'canteen seed --sales N       N sample sales of invented members, 400 a day up to today',
    '',
    'What is there already stays as it is. Prints one JSON object with what was added.',
    'Exit codes: 0 done · 1 the file has mistakes, and nothing was added · 2 usage · 3 the book cannot be opened.',
  ].join('\n'),
  async run(args, streams) {
    const { values } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' }, sales: { type: 'string' } },
    })
    const sales = values.sales === undefined ? null : Number(values.sales)
    if (sales !== null && !(Number.isSafeInteger(sales) && sales > 0)) {
      streams.err.write(`canteen seed: --sales takes a whole number, not '${values.sales}'`)
      return EXIT.usage
    }
    const file = values.from === undefined ? null : readSeedFile(values.from, streams)
    if (file === 'refused') return EXIT.findings
    return withBook(streams, (book, place) => {
      if (file !== null) return seedFile(book, file)
      if (sales !== null) return seedSales(book, place, sales, streams)
      return { ...seedDemo(book, systemIds) }
    })
  },
}

function withBook(streams: Streams, work: (book: Book, place: DataPlace) => object): number {
  const place = dataPlace()
  const book = openBookAt(place)
  try {
    streams.out.write(JSON.stringify(work(book, place)))
  } finally {
    book.close()
  }
  return EXIT.done
}

function readSeedFile(path: string, streams: Streams): SeedFile | 'refused' {
  const outcome = parseSeedFile(readFileSync(path, 'utf8'))
  if (outcome.kind === 'file') return outcome.file
  for (const problem of outcome.problems) streams.err.write(`${path}: ${problem}`)
  return 'refused'
}

function seedFile(book: Book, file: SeedFile): object {
  const current = book.menu()
  const menuIsNew = current?.id !== file.menu.id || current.version < file.menu.version
  if (menuIsNew) book.append({ kind: 'menu.published', body: { menu: file.menu } }, 'seed')
  let members = 0
  for (const { memberId, person, facts, cardUid, openingFen } of file.members) {
    if (book.lookUpCard(cardUid, '2026-01-01').kind !== 'unknown') continue
    book.registerMember(person, { memberId, ...facts }, 'seed')
    book.issueCard(cardUid, memberId, 'seed')
    // The opening balance is named after the member: seeding again after a power cut gives it once.
    if (openingFen > 0)
      book.topUp(
        { topUpId: `opening-${memberId}`, memberId, amountFen: fen(openingFen), source: 'opening' },
        'seed',
      )
    members += 1
  }
  return { menu: menuIsNew, members }
}

function seedSales(book: Book, place: DataPlace, count: number, streams: Streams): object {
  const scale = (place.config.scale ?? trialConfig({ scalePath: '', readerPath: '' }).scale)?.profile
  const pack = shippedPacks().find(({ id }) => id === 'demo')
  if (scale === undefined || pack === undefined) throw new Error('no scale or no demo pack')
  seedDemo(book, systemIds)
  const nextId = () => systemIds.next()
  const members = seedCrowd(book, Math.min(CROWD, Math.max(SALES_PER_DAY, count)), 99_000_000, nextId)
  const plan = {
    count,
    salesPerDay: SALES_PER_DAY,
    lastDate: businessMomentOf(systemClock.nowMs(), place.config.canteen).businessDate,
    members,
    pack,
    scale,
    canteenArea: place.config.canteen.area,
    nextId,
    balanceOf: (memberId: string) => book.balanceOf(memberId),
  }
  let done = 0
  const events = sampleSales(plan)
  while (done < count) {
    done += book.appendMany(nextOf(events, BATCH), 'demo')
    book.checkpoint()
    streams.err.write(`sales ${done} of ${count}`)
  }
  return { sales: count, members: members.length }
}
