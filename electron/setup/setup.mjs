/** `npm run setup`: everything a fresh machine needs, once; every step says what it does and why. */
import { installDependencies, runAgainUnderNode24 } from './dependencies.mjs'
import { command } from './say.mjs'

/**
 * Brings what is missing and does nothing where nothing is.
 *
 * @param {string} scriptUrl the script to go on with once Node 24 is there
 * @param {{ forTests: boolean }} purpose tests need a few system packages more
 * @returns {Promise<number | null>} the exit code when the rest ran under Node 24, null when the caller goes on itself
 */
export async function prepare(scriptUrl, purpose) {
  const code = await preparePackages(scriptUrl)
  if (code === null) await prepareMachine(purpose)
  return code
}

/** The first half of `prepare`: the packages of the lockfile, and Node 24. Checks of the sources need no more. */
export async function preparePackages(scriptUrl) {
  await installDependencies()
  return runAgainUnderNode24(scriptUrl)
}

/** The second half: what the machine needs besides, and the product built. */
export async function prepareMachine({ forTests }) {
  const { prepareSystemPackages } = await import('./system-packages.mjs')
  const { prepareRuntime } = await import('./runtime.mjs')
  const { prepareBuild } = await import('./build.mjs')
  await prepareSystemPackages({ forTests })
  await prepareRuntime()
  await prepareBuild()
}

// `import.meta.main` is younger than the oldest Node that may start this.
if (process.argv[1] === new URL(import.meta.url).pathname || process.argv[1]?.endsWith('setup.mjs')) {
  await command(async () => {
    const code = await prepare(import.meta.url, { forTests: true })
    if (code === null) console.log('✓ ready: npm start opens the counter, npm test proves it')
    return code
  })
}
