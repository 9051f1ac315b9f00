import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { startPrinter } from '../../electron/setup/print.mjs'
import { openBook, type Book } from '../../electron/station/book/book.ts'
import { fen } from '../../shared/domain/units.ts'
import { bookOptions } from '../fixtures/books.ts'
import { officeStation } from '../fixtures/office-station.ts'
import { signedIn } from '../fixtures/signed-in.ts'
import { atMost, type Measurement } from './measurement.ts'

const MEMBERS = 50_000
const AT_ONCE = 1_000
const NS_PER_MS = 1e6

/**
 * The closure of a canteen with 50,000 members, through the contract: the list on the screen, the workbook and the pages to
 * sign with everybody in them, and the step that pays everybody out; and the longest time that the counter had to wait for each.
 */
export async function closureOfCanteen(say: (line: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-bench-closure-'))
  const options = bookOptions({ folder, clock: { nowMs: () => Date.now() } })
  const book = openBook(options)
  const printer = await startPrinter()
  const station = officeStation(book, options, printer)
  const window = await signedIn(station, 'manager')
  const { client } = window
  try {
    fill(book)
    const list = await measured(() => client.wallets.balances())
    if (list.answer.members !== MEMBERS) throw new Error(`${list.answer.members} members are owed money`)
    said(say, 'list', list)
    const sheet = await measured(() => client.wallets.exportBalances({ format: 'xlsx' }))
    said(say, 'workbook', sheet)
    const paper = await measured(() => client.wallets.exportBalances({ format: 'pdf' }))
    said(say, `${paper.answer.files} files to sign`, paper)
    const closing = { closureId: crypto.randomUUID(), method: 'transfer', note: 'closing' } as const
    const paid = await measured(() => client.wallets.payOutAll(closing))
    if (paid.answer.members !== MEMBERS) throw new Error(`${paid.answer.members} members were paid`)
    said(say, 'paid out', paid)
    return [
      atMost('balances-list-ms', list.tookMs, 'ms', 2_000),
      atMost('balances-workbook-seconds', sheet.tookMs / 1000, 's', 30),
      atMost('balances-to-sign-seconds', paper.tookMs / 1000, 's', 120),
      atMost('pay-out-50000-seconds', paid.tookMs / 1000, 's', 60),
      atMost(
        'closure-longest-wait-ms',
        Math.max(list.waitedMs, sheet.waitedMs, paper.waitedMs, paid.waitedMs),
        'ms',
        500,
      ),
    ]
  } finally {
    window.close()
    await station.stop()
    await printer.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measured<Answer>(work: () => Promise<Answer>) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const startMs = performance.now()
  const before = process.cpuUsage()
  const answer = await work()
  const tookMs = performance.now() - startMs
  const { user, system } = process.cpuUsage(before)
  // Once more round the loop, or the last wait is not in the figure.
  await pause(20)
  delay.disable()
  return { answer, tookMs, coreMs: (user + system) / 1_000, waitedMs: delay.max / NS_PER_MS }
}

interface Told {
  readonly tookMs: number
  readonly coreMs: number
  readonly waitedMs: number
}

const said = (say: (line: string) => void, what: string, { tookMs, coreMs, waitedMs }: Told): void => {
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
  say(
    `${what}: ${seconds(tookMs)}, ${seconds(coreMs)} of one core; the counter waited ${waitedMs.toFixed(0)} ms`,
  )
}

function fill(book: Book): void {
  for (let from = 0; from < MEMBERS; from += AT_ONCE)
    book.write((file, append) => {
      for (let index = from; index < from + AT_ONCE; index += 1) {
        const memberId = `member-${String(index).padStart(5, '0')}`
        const areas = { householdArea: '35/3501', residenceArea: '35/3501' }
        file.persons.put(memberId, {
          fullName: `林秀${index}`,
          formOfAddress: '林依姆',
          bornOn: '1950-01-01',
        })
        append({ kind: 'member.registered', body: { memberId, categories: [], ...areas } }, 'bench')
        const money = { topUpId: `opening-${memberId}`, memberId, source: 'opening' } as const
        append({ kind: 'wallet.topped-up', body: { ...money, amountFen: fen(1_000 + index) } }, 'bench')
      }
    })
}
