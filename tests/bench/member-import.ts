import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import writeExcelFile from 'write-excel-file/node'
import { openBook } from '../../electron/station/book/book.ts'
import { bookOptions } from '../fixtures/books.ts'
import { officeStation } from '../fixtures/office-station.ts'
import { signedIn, type OfficeClient } from '../fixtures/signed-in.ts'
import { atMost, type Measurement } from './measurement.ts'

const ROWS = 50_000
const NS_PER_MS = 1e6

/**
 * A workbook of 50,000 seniors with cards and balances, from the file's arrival to the last one in the book, through the
 * contract; and the longest time that the counter had to wait for it.
 */
export async function memberImport(say: (line: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-bench-import-'))
  const options = bookOptions({ folder, clock: { nowMs: () => Date.now() } })
  const station = officeStation(openBook(options), options)
  const window = await signedIn(station, 'manager')
  try {
    const base64 = (await workbook()).toString('base64')
    say(`a workbook of ${ROWS} rows, ${Math.round((base64.length * 0.75) / 1024)} KB`)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const startMs = performance.now()
    const before = process.cpuUsage()
    await window.client.memberImport.read({ fileName: 'list.xlsx', base64 })
    const importId = await checked(window.client)
    const readMs = performance.now() - startMs
    await window.client.memberImport.begin({ importId })
    await finished(window.client)
    const tookMs = performance.now() - startMs
    delay.disable()
    const { user, system } = process.cpuUsage(before)
    say(`${((user + system) / 1e6).toFixed(1)} s of one core, both threads together`)
    say(
      `read and held against the book in ${(readMs / 1000).toFixed(1)} s, all in after ${(tookMs / 1000).toFixed(1)} s`,
    )
    const { total } = await window.client.members.search({ text: '', limit: 1 })
    if (total !== ROWS) throw new Error(`${total} seniors are in the book`)
    return [
      atMost('import-50000-seconds', tookMs / 1000, 's', 30),
      atMost('import-longest-wait-ms', delay.max / NS_PER_MS, 'ms', 500),
    ]
  } finally {
    window.close()
    await station.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function checked(client: OfficeClient): Promise<string> {
  for await (const view of await client.memberImport.watch()) {
    if (view.phase === 'refused') throw new Error(view.why)
    if (view.phase === 'checked') return view.preview.importId
  }
  throw new Error('the list was not read')
}

async function finished(client: OfficeClient): Promise<void> {
  for await (const view of await client.memberImport.watch()) if (view.phase === 'done') return
}

const SURNAMES = Array.from('林陈黄郑王吴李张刘杨周徐孙马朱胡郭何高罗')
const GIVEN = Array.from('秀英桂兰国强福生美珍德明志远建华丽娟淑芬玉梅')

async function workbook(): Promise<Buffer> {
  const head = ['姓名', '生日', '电话', '卡号', '类别', '户籍地区', '居住地区', '余额'].map((value) => ({
    value,
  }))
  const rows = Array.from({ length: ROWS }, (_, index) =>
    [
      `${SURNAMES[index % 20]}${GIVEN[(index * 7) % 20]}${GIVEN[(index * 13) % 20]}${index}`,
      `${1931 + (index % 36)}/${1 + (index % 12)}/${1 + (index % 28)}`,
      `138${String(index).padStart(8, '0')}`,
      `2C${index.toString(16).toUpperCase().padStart(8, '0')}`,
      '本市户籍、独居',
      '35/3501/350102',
      '35/3501/350102/350102001',
      '12.50',
    ].map((value) => ({ value })),
  )
  return await writeExcelFile([{ sheet: '名单', data: [head, ...rows] }]).toBuffer()
}
