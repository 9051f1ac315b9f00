/**
 * `npm run proof -- [CAMPAIGN …] [--seed S] [--replay KEY]`: the long durability campaigns. Progress goes to standard
 * error, the figures as one JSON object to standard output and to out/proof/summary.json. Ends with 1 when a campaign is
 * not passed, with 2 when it was asked for something that there is not.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CAMPAIGNS, type CampaignResult } from './campaigns.ts'
import { faultText } from './examine.ts'
import { examineLunches } from './power-cut/campaign.ts'
import { planOfState } from './power-cut/replay.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

async function replay(key: string): Promise<number> {
  let exitCode = 0
  await examineLunches([planOfState(key)], 1, ({ states, failures }) => {
    say(`state ${key}: ${states} examined, ${failures.length} failing`)
    for (const { place, finding } of failures) say(`  ${place}: ${faultText(finding)}`)
    if (states === 0 || failures.length > 0) exitCode = 1
    console.log(JSON.stringify(failures, null, 2))
  })
  return exitCode
}

async function campaigns(names: readonly string[], seed: string): Promise<number> {
  const results: CampaignResult[] = []
  for (const name of names) {
    say(`${name}, seed ${seed}`)
    const result = await CAMPAIGNS[name]?.(seed, say)
    if (result === undefined) continue
    results.push(result)
    for (const fault of result.faults) say(`  ✗ ${fault}`)
    say(result.faults.length === 0 ? `  ✓ ${result.summary}` : `  ✗ ${result.summary}`)
  }
  const faults = results.flatMap((result) => result.faults)
  const figures = Object.fromEntries(results.map((result) => [result.name, result.figures]))
  const summary = JSON.stringify({ ok: faults.length === 0, seed, faults, ...figures }, null, 2)
  const out = fileURLToPath(new URL('../../out/proof/', import.meta.url))
  mkdirSync(out, { recursive: true })
  writeFileSync(`${out}summary.json`, `${summary}\n`)
  console.log(summary)
  return faults.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string' }, replay: { type: 'string' } },
  })
  if (values.replay !== undefined) return replay(values.replay)
  const unknown = positionals.find((name) => !Object.hasOwn(CAMPAIGNS, name))
  if (unknown !== undefined) {
    say(`There is no campaign ${unknown}. There are: ${Object.keys(CAMPAIGNS).join(', ')}.`)
    return 2
  }
  const names = positionals.length > 0 ? positionals : Object.keys(CAMPAIGNS)
  // A new seed for each run finds what the last one missed; it is printed, so that it can be had again.
  return campaigns(names, values.seed ?? String(Date.now()))
}

process.exitCode = await main()
