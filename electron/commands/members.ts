import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { ImportView } from '../../shared/contract/member-import.ts'
import { silentLog } from '../station/log.ts'
import { ImportDesk } from '../station/members/import/import-desk.ts'
import { MemberIndex } from '../station/members/member-index.ts'
import { systemClock, systemIds, systemTimers } from '../station/system.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { dataPlace, openBookAt } from './data.ts'

/** As whom the audit names this command. */
const ACTOR = 'canteen members'

/** A list of members from a file, as the office takes one in (SPEC ME-9, ME-10). */
export const members: Command = {
  summary: 'registers seniors from a spreadsheet, all of them or none',
  help: [
    'canteen members import FILE           looks at an .xlsx or .csv list and takes it in; the counter is stopped',
    'canteen members import FILE --check   looks only',
    '',
    'The first row names the columns: 姓名, 身份证号 or 生日, 电话, 卡号, 称呼, 类别, 户籍地区, 居住地区, 余额 (in yuan).',
    'With one mistake nothing is taken in; each is told with its row, column and code, never with a name.',
    'Prints {fresh, known, members, leftOut} or {faults}. A list that was cut off goes on at the next start of the counter.',
    'Exit codes: 0 done · 1 the list has mistakes, and nothing was added · 2 usage · 3 the book or file cannot be used.',
  ].join('\n'),
  async run(args, streams) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { check: { type: 'boolean', default: false } },
    })
    const [act, path, ...rest] = positionals
    if (act !== 'import' || path === undefined || rest.length > 0) {
      streams.err.write('canteen members: import FILE')
      return EXIT.usage
    }
    return await imported(path, values.check, streams)
  },
}

async function imported(path: string, checkOnly: boolean, streams: Streams): Promise<number> {
  const bytes = readFileSync(path)
  const place = dataPlace()
  const book = openBookAt(place)
  const deps = { book, clock: systemClock, timers: systemTimers, ids: systemIds, log: silentLog }
  const index = new MemberIndex(deps)
  const desk = new ImportDesk({ ...deps, config: place.config, members: index })
  try {
    const ends = new AbortController()
    const views = desk.view.watch(ends.signal)
    const until = async (...phases: readonly ImportView['phase'][]): Promise<ImportView> => {
      for (;;) {
        const next = await views.next()
        if (next.done === true) throw new Error('the list ended without an answer')
        if (phases.includes(next.value.phase)) return next.value
      }
    }
    desk.read(basename(path), bytes)
    const read = await until('refused', 'checked')
    if (read.phase !== 'checked')
      return toldFaults([{ file: read.phase === 'refused' ? read.why : null }], streams)
    const { fresh, known, faults, importId } = read.preview
    if (faults.length > 0)
      return toldFaults(
        faults.map(({ row, column, code, otherRow }) => ({ row, column, code, otherRow })),
        streams,
      )
    if (checkOnly || fresh === 0) {
      streams.out.write(JSON.stringify({ fresh, known, members: 0, leftOut: 0 }))
      return EXIT.done
    }
    await desk.begin(importId, ACTOR)
    const done = await until('done')
    if (done.phase !== 'done') throw new Error('the list ended without an answer')
    streams.out.write(JSON.stringify({ fresh, known, members: done.members, leftOut: done.leftOut }))
    return EXIT.done
  } finally {
    desk.stop()
    index.close()
    book.close()
  }
}

function toldFaults(faults: readonly object[], { out }: Streams): number {
  out.write(JSON.stringify({ faults }))
  return EXIT.findings
}
