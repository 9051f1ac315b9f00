/** A display for machines without one. */
import { spawn } from 'node:child_process'
import { note } from './say.mjs'

/** Larger than any window of a test: a window as large as its screen would come out a pixel smaller. */
const SCREEN = '2560x1600x24'

/** Whether a window can open as things are. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/**
 * Starts a virtual display on a number that is free, and ends it with this process. While it runs, the environment says
 * CANTEEN_VIRTUAL_DISPLAY, so that programs started from here look for no graphics processor.
 *
 * @returns {Promise<{ display: string, stop(): void }>} `display` as DISPLAY wants it
 * @throws Error when Xvfb does not start
 */
export async function startVirtualDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdio[3].once('data', (chunk) => resolve(chunk.toString().trim()))
  })
  process.env.CANTEEN_VIRTUAL_DISPLAY = 'yes'
  const stop = () => {
    process.off('exit', stop)
    delete process.env.CANTEEN_VIRTUAL_DISPLAY
    server.kill()
  }
  process.on('exit', stop)
  server.unref()
  server.stdio[3].unref()
  note(`no display here: using a virtual one (Xvfb :${number})`)
  return { display: `:${number}`, stop }
}
