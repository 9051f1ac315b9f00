/** A display for machines without one. */
import { spawn } from 'node:child_process'
import { note } from './say.mjs'

/** Larger than any window of a test: a window as large as its screen would come out a pixel smaller. */
const SCREEN = '2560x1600x24'
/** Ends the display with the pipe to whoever started it, so that nothing is left behind even after a kill -9. */
const UNTIL_PIPE_ENDS = 'Xvfb "$@" & exec 3>&-; read -r _; kill $! 2>/dev/null; wait $!'

/** Whether a window can open as things are. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/**
 * Starts a virtual display on a number that is free; it ends with this process at the latest. While it runs, the
 * environment says CANTEEN_VIRTUAL_DISPLAY, so that programs started from here look for no graphics processor.
 *
 * @param {(words: string) => void} say where it says so: a command whose output is data keeps it to itself
 * @returns {Promise<{ display: string, stop(): void }>} `display` as DISPLAY wants it
 * @throws Error when Xvfb does not start
 */
export async function startVirtualDisplay(say = note) {
  const arguments_ = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset']
  const server = spawn('/bin/sh', ['-c', UNTIL_PIPE_ENDS, 'Xvfb', ...arguments_], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  })
  const [, , , numberPipe] = server.stdio
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject)
    numberPipe.once('data', (chunk) => resolve(chunk.toString().trim()))
    numberPipe.once('end', () => reject(new Error('Xvfb did not start')))
  })
  process.env.CANTEEN_VIRTUAL_DISPLAY = 'yes'
  server.unref()
  server.stdin.unref()
  numberPipe.unref()
  say(`no display here: using a virtual one (Xvfb :${number})`)
  return {
    display: `:${number}`,
    stop() {
      delete process.env.CANTEEN_VIRTUAL_DISPLAY
      server.stdin.end()
    },
  }
}
