import { parseArgs } from 'node:util'
import type { PolicyReplay } from '../../shared/contract/policy.ts'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import { isMonth } from '../../shared/domain/calendar.ts'
import type { PolicyPack } from '../../shared/domain/policy/types.ts'
import { readBeside } from '../station/book/read-beside.ts'
import { personKey } from '../station/config/data-folder.ts'
import { replayBookMonth } from '../station/policy/replay-month.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { bookPlace } from './data.ts'
import { FileProblem, packAt } from './pack-file.ts'
import { SIGNING, SIGNING_HELP } from './policy-signing.ts'
import { replayTable } from './policy-table.ts'

export const policy: Command = {
  summary: 'signs, checks and takes in subsidy packs; replays a past month under a draft',
  help: [
    'canteen policy replay --pack FILE --month YYYY-MM [--json]',
    '    replays a past month under a draft pack: what each funder and each senior would have paid',
    '    --pack    the draft, a policy pack as in docs/policy-packs.md; its dates are not asked.',
    '    --month   a month of the book. Sales that were taken back are left out.',
    '    --json    one object {meals, priceFen, funders, providerPayments, selfPay, members, largest, …} instead of a table;',
    '              money is whole fen, members are ids, never names.',
    '    Reads only, so the counter may be running. Progress goes to standard error.',
    ...SIGNING_HELP,
    '',
    'Exit codes: 0 done · 1 the pack says something that it may not, or is not signed as it should be, or the month has no',
    'sale · 2 usage · 3 the book or a file cannot be used.',
  ].join('\n'),

  async run(args, streams) {
    const [verb, ...rest] = args
    try {
      if (verb === 'replay') return replayed(rest, streams)
      const signing = verb !== undefined && Object.hasOwn(SIGNING, verb) ? SIGNING[verb] : undefined
      if (signing !== undefined) return await signing(rest, streams)
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error
      streams.err.write(`canteen policy: ${error.message}`)
      return EXIT.findings
    }
    streams.err.write(`canteen policy: say replay, ${Object.keys(SIGNING).join(', ')}; --help tells more`)
    return EXIT.usage
  },
}

function replayed(args: readonly string[], streams: Streams): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pack: { type: 'string' },
      month: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const { pack: file, month = '', json } = values
  if (file === undefined || !isMonth(month)) {
    streams.err.write('canteen policy: say replay --pack FILE --month YYYY-MM')
    return EXIT.usage
  }
  return answer(replayOf(packAt(file), month, streams), json, streams)
}

/** @throws BookError when there is no book that this program can read */
function replayOf(draft: PolicyPack, month: string, { err }: Streams): PolicyReplay {
  const { folder, config } = bookPlace()
  const place = { canteenArea: config.canteen.area, calendar: CHINA_CALENDAR }
  return readBeside(
    folder,
    () => personKey(folder),
    (reader) =>
      replayBookMonth(reader, draft, month, place, (done, total) =>
        err.write(`${done} of ${total} sales replayed`),
      ),
  )
}

function answer(replay: PolicyReplay, json: boolean, { out, err }: Streams): number {
  if (replay.meals === 0) {
    err.write(`canteen policy: nothing was sold in ${replay.month}`)
    return EXIT.findings
  }
  if (json) out.write(JSON.stringify(replay))
  else for (const line of replayTable(replay)) out.write(line)
  return EXIT.done
}
