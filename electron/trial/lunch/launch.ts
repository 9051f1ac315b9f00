import { _electron, errors, type ElectronApplication } from 'playwright-core'

type Launch = NonNullable<Parameters<typeof _electron.launch>[0]>

/** A start takes a second or two, on a busy machine five. */
const STARTED_WITHIN_MS = 12_000
const MOST_TRIES = 3

/**
 * Starts a program in windows. On a busy machine the tool that drives it is sometimes connected to both of its debuggers and
 * then waits for an answer that never comes, by itself for three minutes; such a program is ended and started again.
 *
 * @throws Error when it does not start
 */
export async function launchWindows(options: Launch): Promise<ElectronApplication> {
  for (let tries = 1; ; tries += 1)
    try {
      return await _electron.launch({ ...options, timeout: STARTED_WITHIN_MS })
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || tries === MOST_TRIES) throw error
      process.stderr.write(`the windows did not start within ${STARTED_WITHIN_MS / 1000} s: once more\n`)
    }
}
