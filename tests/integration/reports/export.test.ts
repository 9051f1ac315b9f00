import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { expect, onTestFinished, test } from 'vitest'
import type { Printer } from '../../../electron/station/deps.ts'
import { saleDraft, TODAY } from '../../fixtures/books.ts'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { csvRows } from '../../fixtures/report-from-csv.ts'
import { signedIn } from '../../fixtures/signed-in.ts'

async function till(printer?: Printer) {
  const counter = new CounterStation(printer === undefined ? {} : { printer })
  onTestFinished(async () => {
    await counter.stop()
    rmSync(counter.folder, { recursive: true, force: true })
  })
  counter.book.settle(saleDraft({ memberId: 'm-1', subsidised: true }))
  const { client } = await signedIn(counter.station, 'manager')
  return { counter, client }
}

const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'done',
    (error: unknown) => (error instanceof ORPCError ? String(error.code) : 'another error'),
  )

const exportsIn = ({ book }: CounterStation) =>
  book.read((file) =>
    file
      .statement<[], { actor: string; subject: string }>(
        "SELECT actor, subject FROM audit WHERE act = 'report-exported' ORDER BY seq",
      )
      .all(),
  )

test('SE-8 LG-27 an export lies whole in the folder of reports and stands in the audit', async () => {
  const { counter, client } = await till({ pdf: () => Promise.resolve(new TextEncoder().encode('%PDF-')) })
  for (const format of ['csv', 'xlsx', 'pdf', 'csv'] as const) {
    const { path, bytes } = await client.reports.export({ businessDate: TODAY, format })
    expect(path).toBe(join(counter.folder, 'reports', `day-${TODAY}.${format}`))
    expect(readFileSync(path)).toHaveLength(bytes)
  }
  expect(readdirSync(join(counter.folder, 'reports')).toSorted()).toEqual(
    ['csv', 'pdf', 'xlsx'].map((format) => `day-${TODAY}.${format}`),
  )
  expect(exportsIn(counter).map(({ subject }) => subject)).toEqual(
    ['csv', 'xlsx', 'pdf', 'csv'].map((format) => `day-${TODAY}.${format}`),
  )
  for (const { actor } of exportsIn(counter)) expect(actor).toMatch(/^staff:/)
})

test('LG-27 without a printer there is no PDF, with a folder that is a file there is nothing: each has its answer', async () => {
  const { counter, client } = await till()
  expect(await codeOf(client.reports.export({ businessDate: TODAY, format: 'pdf' }))).toBe('NO_PRINTER')
  expect(existsSync(join(counter.folder, 'reports'))).toBe(false)
  writeFileSync(join(counter.folder, 'reports'), 'in the way')
  expect(await codeOf(client.reports.export({ businessDate: TODAY, format: 'csv' }))).toBe('CANNOT_WRITE')
  expect(exportsIn(counter)).toEqual([])
})

const CANTEEN = join(import.meta.dirname, '..', '..', '..', 'electron', 'commands', 'canteen.ts')

function canteen(data: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CANTEEN, 'report', ...args], {
    env: { ...process.env, CANTEEN_DATA: data },
    cwd: data,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('LG-27 LG-13 the command writes the same files beside a counter that has the book open', async () => {
  const { counter } = await till()
  writeCanteenFile(counter.folder, {
    stationId: 'kiosk-1',
    scalePath: '/dev/no-scale',
    readerPath: '/dev/no-reader',
  })
  writeFileSync(join(counter.folder, 'persons.key'), new Uint8Array(32).fill(7))
  const { entries } = counter.book.health()
  const written = ['xlsx', 'csv', 'pdf'].map((format) => {
    const out = join(counter.folder, `mine.${format}`)
    const { status, stdout, stderr } = canteen(
      counter.folder,
      'day',
      '--date',
      TODAY,
      '--format',
      format,
      '--out',
      out,
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      path: out,
      bytes: readFileSync(out).length,
      businessDate: TODAY,
      format,
    })
    return readFileSync(out)
  })
  expect(written[0]?.subarray(0, 2).toString()).toBe('PK')
  expect(written[2]?.subarray(0, 5).toString()).toBe('%PDF-')
  const rows = csvRows(written[1]?.toString() ?? '')
  expect(rows.find((row) => row[6] === 'total/net/subsidyFen')?.[4]).toBe('3.00')
  // The counter sold on meanwhile, and nothing was written into its book.
  expect(counter.book.health().entries).toBe(entries)
  expect(counter.book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
})

test.each([
  ['no report', []],
  ['a day that is none', ['day', '--date', '2026-02-30', '--format', 'csv']],
  ['a format that is none', ['day', '--date', TODAY, '--format', 'doc']],
  ['an unknown option', ['day', '--fast']],
  ['no name for the file', ['day', '--date', TODAY, '--format', 'csv', '--out', '']],
])('ST-4 canteen report with %s is a usage error: words, and exit 2', (_, args) => {
  const data = mkdtempSync(join(tmpdir(), 'canteen-report-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  const { status, stderr } = canteen(data, ...args)
  expect(status).toBe(2)
  expect(stderr).toMatch(/^canteen report: /)
})

test('ST-4 canteen report without a book, or with a place that is no folder, ends with 3 and writes nothing', async () => {
  const data = mkdtempSync(join(tmpdir(), 'canteen-report-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  expect(canteen(data, 'day', '--date', TODAY, '--format', 'csv')).toMatchObject({ status: 3 })
  expect(readdirSync(data)).toEqual([])
  const { counter } = await till()
  writeCanteenFile(counter.folder, {
    stationId: 'kiosk-1',
    scalePath: '/dev/no-scale',
    readerPath: '/dev/no-reader',
  })
  writeFileSync(join(counter.folder, 'persons.key'), new Uint8Array(32).fill(7))
  const inTheWay = join(counter.folder, 'book.sqlite', 'day.csv')
  const { status, stderr } = canteen(
    counter.folder,
    'day',
    '--date',
    TODAY,
    '--format',
    'csv',
    '--out',
    inTheWay,
  )
  expect({ status, words: stderr.startsWith('canteen report: ') }).toEqual({ status: 3, words: true })
  // Moved there, the file would take the place of what is no file: for root even of a device.
  const pipe = join(counter.folder, 'pipe')
  spawnSync('mkfifo', [pipe])
  const device = canteen(counter.folder, 'day', '--date', TODAY, '--format', 'csv', '--out', pipe)
  expect(device).toMatchObject({ status: 3, stdout: '' })
  expect(statSync(pipe).isFIFO()).toBe(true)
})
