import { app, type BrowserWindow } from 'electron'
import { supervise, type RestartLimits } from './restart-policy.ts'
import type { ShellLog } from './shell-log.ts'

/** A page that dies again and again is left dark: the other screen still sells, and the log says why. */
const REVIVAL_LIMITS: RestartLimits = { crashes: 8, windowMs: 60_000, firstDelayMs: 100 }
/** A page of this application is on the disk beside it; one that is not there by then hangs. */
const LOADED_WITHIN_MS = 10_000

/**
 * Loads a window's page again when its renderer died, and ends one that hangs. The station, and with it the sale, is
 * untouched by that.
 */
export function reviveWhenGone(window: BrowserWindow, log: ShellLog): void {
  const contents = window.webContents
  let crashTimesMs: readonly number[] = []
  let impatience: NodeJS.Timeout | undefined

  contents.on('did-start-loading', () => {
    clearTimeout(impatience)
    impatience = setTimeout(() => {
      log('page-hangs', { page: contents.getURL(), while: 'loading' })
      if (!startAgainWithoutGpu()) contents.forcefullyCrashRenderer()
    }, LOADED_WITHIN_MS)
  })
  contents.on('did-stop-loading', () => clearTimeout(impatience))
  window.on('closed', () => clearTimeout(impatience))
  window.on('unresponsive', () => {
    log('page-hangs', { page: contents.getURL(), while: 'shown' })
    contents.forcefullyCrashRenderer()
  })
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    clearTimeout(impatience)
    const nowMs = performance.now()
    crashTimesMs = [...crashTimesMs, nowMs]
    const decision = supervise(crashTimesMs, nowMs, REVIVAL_LIMITS)
    log('page-gone', { page: contents.getURL(), reason, exitCode, decision })
    if (reason === 'clean-exit' || 'giveUp' in decision) return
    setTimeout(() => {
      if (!window.isDestroyed()) contents.reload()
    }, decision.restartAfterMs)
  })
}

const WITHOUT_GPU = 'disable-gpu'
let startingAgain = false

/**
 * Where a graphics driver is broken, Chromium may look for it for ever and no page of this process ever loads. The cure
 * is a new process that does not look. @returns false when this is one already
 */
function startAgainWithoutGpu(): boolean {
  if (app.commandLine.hasSwitch(WITHOUT_GPU)) return false
  // Both windows hang at the same time; one new process is enough.
  if (startingAgain) return true
  startingAgain = true
  app.relaunch({ args: [...process.argv.slice(1), `--${WITHOUT_GPU}`] })
  app.quit()
  return true
}
