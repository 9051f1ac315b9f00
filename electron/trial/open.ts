import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { electronExecutable, launchArguments } from '../setup/runtime.mjs'
import { counterPlace } from '../station/counter-book.ts'
import { stationEnvironment } from '../station/transport/environment.ts'
import { startCommunity, TRIAL_CANTEEN, type Community } from './community.ts'

/**
 * What `npm start` opens where there is a display: the counter. A trial gets its community server beside it, so that the
 * day that was played can be seen to arrive; a canteen has its own.
 */
const PROJECT = join(import.meta.dirname, '..', '..')
/** Always the same, so that a trial that was enrolled once finds its server again. */
const PORT = 8420

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

async function communityOfTrial(): Promise<Community | null> {
  const { folder, config } = counterPlace(stationEnvironment(process.env).dataFolder)
  if (config !== null) return null
  try {
    return await startCommunity({ folder: join(folder, 'server'), canteenName: TRIAL_CANTEEN, port: PORT })
  } catch (error) {
    say(
      `  the trial runs without its community server: ${error instanceof Error ? error.message : String(error)}`,
    )
    return null
  }
}

const community = await communityOfTrial()
if (community !== null) say(`  the trial's community server: ${community.url}`)
const env =
  community === null
    ? process.env
    : { ...process.env, CANTEEN_TRIAL_SERVER: community.url, CANTEEN_TRIAL_CODE: community.code }
const counter = spawn(electronExecutable(), [PROJECT, ...launchArguments()], { env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => counter.kill(signal))
const [code] = (await once(counter, 'exit')) as [number | null]
await community?.stop()
process.exitCode = code ?? 1
