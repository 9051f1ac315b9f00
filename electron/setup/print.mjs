/** Printing without a counter: the same runtime, started as a printer. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { outFolder } from './places.mjs'
import { electronExecutable, launchArguments } from './runtime.mjs'

const PROGRAM = join(outFolder, 'main', 'print.cjs')
/** A cold start on a slow machine, with its virtual display. */
const READY_WITHIN_MS = 30_000

/**
 * Starts the runtime as a printer: it answers pages with PDFs until it is closed. Where there is no display it brings a
 * virtual one.
 *
 * @returns {Promise<{ pdf(html: string): Promise<Uint8Array>, close(): Promise<void> }>}
 * @throws Error before the set-up has run, or when the runtime does not start
 */
export async function startPrinter() {
  if (!existsSync(PROGRAM)) throw new Error('the program that prints is not built: npm run setup builds it')
  const executable = electronExecutable()
  const display = hasDisplay() ? null : await startVirtualDisplay(() => undefined)
  const env = { ...process.env, ...(display === null ? {} : { DISPLAY: display.display }) }
  const folder = applicationFolder()
  const child = spawn(executable, [folder, ...launchArguments()], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let words = ''
  child.stderr.on('data', (chunk) => (words = (words + chunk).slice(-2_000)))
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code) => resolve(`the runtime ended with ${code}: ${words.trim()}`))
  })
  const close = async () => {
    if (child.connected) child.disconnect()
    await ended
    display?.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await within(
      READY_WITHIN_MS,
      answerOf(child, ended, ({ kind }) => kind === 'ready'),
    )
  } catch (error) {
    child.kill('SIGKILL')
    await close()
    throw error
  }
  let lastJob = 0
  return {
    async pdf(html) {
      const job = (lastJob += 1)
      const answer = answerOf(child, ended, (message) => message.job === job)
      child.send({ kind: 'print', job, html })
      const { kind, pdf, reason } = await answer
      if (kind !== 'printed') throw new Error(reason)
      return pdf
    },
    close,
  }
}

/** An application of its own, with a place for what Chromium keeps: two printers share nothing. */
function applicationFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-printer-'))
  const main = relative(folder, PROGRAM).replaceAll('\\', '/')
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'canteen-printer', version: '0.0.0', main }),
  )
  return folder
}

/** The first message that fits. @throws Error when the runtime ends before */
function answerOf(child, ended, fits) {
  return new Promise((resolve, reject) => {
    const listen = (message) => {
      if (!fits(message)) return
      child.off('message', listen)
      resolve(message)
    }
    child.on('message', listen)
    void ended.then((why) => reject(new Error(why)))
  })
}

function within(delayMs, promise) {
  let timer
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${delayMs / 1000} s`)), delayMs)
  })
  return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer))
}
