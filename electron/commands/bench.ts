import { parseArgs } from 'node:util'
import { EXIT, type Command } from './command.ts'

export const bench: Command = {
  summary: 'measures how fast and how small the counter is, against its limits',
  help: [
    'canteen bench [--json] [--only PART,PART]',
    '',
    'Parts: frames, quotes, tap, settle, slow-flush, flat, station, bays, office, import, closure, report, policy-replay, sync, latency. Ratios are',
    'measured against their control in the same run. The first run builds a book of a million sales in out/bench, which takes a few minutes.',
    'Prints a table, or with --json an array of {name, value, unit, limit, ok}.',
    'Exit codes: 0 all within their limits · 1 a limit was missed · 2 usage.',
  ].join('\n'),
  async run(args, streams) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
    })
    const { PARTS } = await import('../../tests/bench/run.ts')
    const names = values.only?.split(',') ?? Object.keys(PARTS)
    const unknown = names.filter((name) => !Object.hasOwn(PARTS, name))
    if (unknown.length > 0) {
      streams.err.write(
        `canteen bench: no part '${unknown.join(', ')}'; there are ${Object.keys(PARTS).join(', ')}`,
      )
      return EXIT.usage
    }
    const measured = []
    for (const name of names) {
      streams.err.write(`${name} …`)
      measured.push(...((await PARTS[name]?.((line) => streams.err.write(`  ${line}`))) ?? []))
    }
    if (values.json) streams.out.write(JSON.stringify(measured, null, 2))
    else
      for (const { name, value, unit, limit, ok } of measured)
        streams.out.write(`${ok ? 'ok  ' : 'MISS'} ${name.padEnd(28)}${value} ${unit} (limit ${limit})`)
    return measured.every(({ ok }) => ok) ? EXIT.done : EXIT.findings
  },
}
