import { parseArgs } from 'node:util'
import { EXIT, type Command, type Streams } from './command.ts'

const MOST_DAYS = 100_000

export const sim: Command = {
  summary: 'plays whole days with faults through the real station, on a simulated clock, wire and disk',
  help: [
    'canteen sim [--seed S] [--days N] [--trace]',
    '',
    '--seed S   the same seed plays the same days, fault by fault ("1")',
    '--days N   how many days (7)',
    '--trace    every step on the error stream',
    '',
    'Seniors tap, cooks key, cables fall out, disks fill up, clocks jump and the power goes; after each crash the journal is',
    'replayed and compared, and every wallet is held against what its owner was told. A new book begins every few days, so',
    'that replays stay short.',
    '',
    'Prints one JSON object: seed, days, meals, crashes, faults, checks, traceHash, violation.',
    'Exit codes: 0 every rule held · 1 one was broken: run the printed seed again · 2 usage.',
  ].join('\n'),
  async run(args, streams) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        days: { type: 'string', default: '7' },
        trace: { type: 'boolean', default: false },
      },
    })
    const days = Number(values.days)
    if (!Number.isSafeInteger(days) || days < 1 || days > MOST_DAYS) {
      streams.err.write(
        `canteen sim: --days takes a whole number from 1 to ${MOST_DAYS}, not '${values.days}'`,
      )
      return EXIT.usage
    }
    return play(values.seed, days, values.trace, streams)
  },
}

async function play(seed: string, days: number, trace: boolean, { out, err }: Streams): Promise<number> {
  const { simulate } = await import('../../tests/simulation/simulation.ts')
  const startedMs = performance.now()
  const tenth = Math.max(1, Math.floor(days / 10))
  const report = await simulate({
    seed,
    days,
    onDay: (day) => {
      if (day % tenth === 0) err.write(`day ${day} of ${days}`)
    },
    ...(trace ? { onTrace: (line: string) => err.write(line) } : {}),
  })
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10
  out.write(JSON.stringify({ ...report, seconds }, null, 2))
  if (report.violation === null) return EXIT.done
  err.write(
    `broken on day ${report.violation.day}; again with: canteen sim --seed ${seed} --days ${report.violation.day}`,
  )
  return EXIT.findings
}
