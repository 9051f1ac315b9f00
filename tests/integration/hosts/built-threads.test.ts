import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import readXlsxFile from 'read-excel-file/node'
import type { ListMessage, ListRequest } from '../../../electron/station/members/import/in-worker.ts'
import type { ReplayRequest, ReplaySaid } from '../../../electron/station/policy/in-worker.ts'
import type { SheetRequest } from '../../../electron/station/wallets/sheet-in-worker.ts'
import { PACK, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'

const BUILT = join(import.meta.dirname, '..', '..', '..', 'out', 'station')

/** All that a built thread says, asked for more after each, until it ends by itself. */
async function saidBy<Message>(file: string, workerData: object): Promise<readonly Message[]> {
  const thread = new Worker(join(BUILT, file), { workerData })
  const said: Message[] = []
  thread.on('message', (message: Message) => {
    said.push(message)
    thread.postMessage('next')
  })
  await new Promise<void>((resolve, reject) => {
    thread.on('error', reject)
    thread.on('exit', () => resolve())
  })
  return said
}

test('SU-2 ME-9 the built thread reads a list of members', async () => {
  const request: ListRequest = {
    bytes: Buffer.from('姓名,生日\n林秀英,1950-05-05\n陈阿福,1948-02-30\n'),
    place: { today: TODAY, cardBase: 'hexadecimal' },
  }
  const said = await saidBy<ListMessage>('import-worker.js', request)
  expect(said).toMatchObject([
    { kind: 'read', rowCount: 1, faults: [{ row: 3 }] },
    { kind: 'rows', rows: [{ fullName: '林秀英' }], last: true },
  ])
})

test('SU-2 PO-12 the built thread replays a month of a real book', async () => {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  writeFileSync(join(till.folder, 'persons.key'), new Uint8Array(32).fill(7))
  till.book.settle(saleDraft({ memberId: 'm-1', subsidised: true }))
  const request: ReplayRequest = {
    dataFolder: till.folder,
    draft: PACK,
    month: TODAY.slice(0, 7),
    canteenArea: '35/3501',
  }
  const said = await saidBy<ReplaySaid>('replay-worker.js', request)
  expect(said.at(-1)).toMatchObject({ kind: 'done', replay: { meals: 1, subsidy: { beforeFen: 300 } } })
})

test('SU-2 LG-39 the built thread writes the list of all balances', async () => {
  const row = { memberId: 'm-1', name: '林秀英', cashFen: 8_240, depositFen: 1_000, grantsFen: 0 }
  const sums = { cashFen: 8_240, depositFen: 1_000, grantsFen: 0 }
  const request: SheetRequest = {
    balances: { members: 1, toPay: 1, ...sums, rows: [row] },
    canteenName: '东山街长者食堂',
  }
  const [bytes, ...more] = await saidBy<Uint8Array>('sheet-worker.js', request)
  expect(more).toEqual([])
  const [sheet] = await readXlsxFile(Buffer.from(bytes ?? []))
  const cells = sheet?.data.flat() ?? []
  expect(cells).toEqual(expect.arrayContaining(['林秀英', 82.4]))
})
