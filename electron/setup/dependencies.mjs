/** The packages of the lockfile, and Node 24 among them. Runs under Node 20 with nothing installed yet. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeExecutable, npmCommand, NODE_MAJOR, projectFolder, runningNodeMajor } from './places.mjs'
import { run } from './run.mjs'
import { fail, step } from './say.mjs'

const markerPath = join(projectFolder, 'node_modules', '.canteen-lock-hash')

/** `npm ci`, unless node_modules was made from this very lockfile. */
export async function installDependencies() {
  const lockHash = createHash('sha256')
    .update(readFileSync(join(projectFolder, 'package-lock.json')))
    .digest('hex')
  if (existsSync(markerPath) && readFileSync(markerPath, 'utf8') === lockHash) return
  step('npm ci', 'the packages, exactly as the lockfile pins them')
  const npm = npmCommand()
  const code = await run(
    npm.command,
    [...npm.arguments, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { shell: npm.shell },
  )
  if (code !== 0) fail('npm ci failed; its own words are above. Nothing else was done.')
  writeFileSync(markerPath, lockHash)
}

/**
 * Goes on under Node 24: when this process is older, the same script is run again by Node 24.
 *
 * @returns {Promise<number | null>} the exit code of that run, or null when this process is new enough itself
 */
export async function runAgainUnderNode24(scriptUrl) {
  if (runningNodeMajor() >= NODE_MAJOR) return null
  const node = nodeExecutable()
  if (node === null) {
    fail(
      `Node ${NODE_MAJOR} is needed and the lockfile holds none for ${process.platform}-${process.arch}: please install it.`,
    )
  }
  return run(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)])
}
