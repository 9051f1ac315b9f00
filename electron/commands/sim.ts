import { parseArgs } from 'node:util'
import { EXIT, type Command, type Streams } from './command.ts'

const MOST_DAYS = 100_000

export const sim: Command = {
  summary:
    'plays whole days with faults through the real station and server, on a simulated clock, wire, disk and line',
  help: [
    'canteen sim [--seed S] [--days N] [--trace] [--keep]',
    '',
    '--seed S   the same seed plays the same days, fault by fault ("1")',
    '--days N   how many days (7)',
    '--trace    every step on the error stream',
    '--keep     a seed that breaks a rule is kept in tests/simulation/failed-seeds.json and played with every test',
    '',
    'Seniors tap, cooks key, cables fall out, disks fill up, clocks jump and the power goes, about fifteen times a day.',
    'The office registers, tops up, sets prices, takes sales back and closes the day; by night a backup is taken and the',
    'book goes to a community server whose line cuts, delays and repeats, which is killed and put back to an earlier day.',
    'Now and then the disk is lost, and the newest backup goes on in its place. After each crash the journal is replayed',
    'and compared, and every wallet, drawer, closed day and server is held against what people were told. A new book',
    'begins every few days with the wallets carried over, so that replays stay short.',
    '',
    'Prints one JSON object: seed, days, meals, crashes, syncs, closes, voids, backups, restores, faults by kind, checks,',
    'traceHash, seconds, violation.',
    'Exit codes: 0 every rule held · 1 one was broken: the printed seed shows it again · 2 usage.',
  ].join('\n'),
  async run(args, streams) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        days: { type: 'string', default: '7' },
        trace: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    })
    const days = Number(values.days)
    if (!Number.isSafeInteger(days) || days < 1 || days > MOST_DAYS) {
      streams.err.write(
        `canteen sim: --days takes a whole number from 1 to ${MOST_DAYS}, not '${values.days}'`,
      )
      return EXIT.usage
    }
    return play({ ...values, days }, streams)
  },
}

interface Play {
  readonly seed: string
  readonly days: number
  readonly trace: boolean
  readonly keep: boolean
}

async function play({ seed, days, trace, keep }: Play, { out, err }: Streams): Promise<number> {
  const { simulate } = await import('../../tests/simulation/simulation.ts')
  const startedMs = performance.now()
  const report = await simulate({
    seed,
    days,
    onDay: (day) => {
      if (step(day, days) > step(day - 1, days)) err.write(bar(day, days))
    },
    ...(trace ? { onTrace: (line: string) => err.write(line) } : {}),
  })
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10
  out.write(JSON.stringify({ ...report, seconds }, null, 2))
  const { violation } = report
  if (violation === null) return EXIT.done
  const { day, rule, message } = violation
  err.write(`seed ${seed} broke ${rule} on day ${day}: ${message}`)
  err.write(`to see it again: canteen sim --seed ${seed} --days ${day} --trace`)
  if (keep) {
    const { keepSeed } = await import('../../tests/simulation/failed-seeds.ts')
    keepSeed({ seed, days: day, rule, found: message })
  }
  return EXIT.findings
}

const STEPS = 20

const step = (day: number, days: number): number => Math.floor((day * STEPS) / days)

function bar(day: number, days: number): string {
  const done = step(day, days)
  return `[${'#'.repeat(done)}${'.'.repeat(STEPS - done)}] day ${day} of ${days}`
}
