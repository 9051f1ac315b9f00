import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdir, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Timers } from '../../station/deps.ts'

const READY_WITHIN_MS = 5000
const LOOK_EVERY_MS = 10
const MOST_COMPLAINT_CHARACTERS = 2000

/** Simulated devices need socat; the message carries the line that installs it. */
export class SocatMissingError extends Error {
  override readonly name = 'SocatMissingError'
  readonly installLine = 'apt-get install -y socat'

  constructor() {
    super('socat is not installed; install it with: apt-get install -y socat')
  }
}

export interface PtyPairPlace {
  /** Made when it is not there. */
  readonly folder: string
  /** The links are called `name` and `name-device`. */
  readonly name: string
}

/** Two pseudo-terminals wired to each other. */
export interface PtyPair {
  /** What the station opens. */
  readonly stationEnd: string
  /** What the simulated device opens. */
  readonly deviceEnd: string
  /** Pulls the plug: both ends and their links are gone. */
  close(): Promise<void>
}

export const stationEndOf = ({ folder, name }: PtyPairPlace): string => join(folder, name)

async function canUse(path: string, mode: number): Promise<boolean> {
  try {
    await access(path, mode)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

async function isInstalled(program: string): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    if (folder !== '' && (await canUse(join(folder, program), constants.X_OK))) return true
  return false
}

const sleep = (timers: Timers, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    timers.after(delayMs, resolve)
  })

/** socat ends with our end of its pipe: however this process dies, no pair is left behind. */
const UNTIL_PIPE_ENDS = 'socat "$@" & read -r _; kill $! 2>/dev/null; wait $!; true'

function startSocat(ends: readonly string[]): ChildProcess {
  const terminals = ends.map((link) => `pty,raw,echo=0,link=${link}`)
  return spawn('/bin/sh', ['-c', UNTIL_PIPE_ENDS, 'socat', ...terminals], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
}

/**
 * Makes a pair and waits until both ends can be opened.
 *
 * @throws SocatMissingError when socat is not installed.
 * @throws Error with socat's words when the pair does not come.
 */
export async function openPtyPair(timers: Timers, place: PtyPairPlace): Promise<PtyPair> {
  if (!(await isInstalled('socat'))) throw new SocatMissingError()
  await mkdir(place.folder, { recursive: true })
  const stationEnd = stationEndOf(place)
  const deviceEnd = `${stationEnd}-device`
  const ends = [stationEnd, deviceEnd]
  for (const end of ends) await rm(end, { force: true })
  const child = startSocat(ends)
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-MOST_COMPLAINT_CHARACTERS)
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      complaint += error.message
      resolve()
    })
  })
  const close = async (): Promise<void> => {
    child.stdin?.end()
    await exited
    for (const end of ends) await rm(end, { force: true })
  }
  const startedMs = timers.monotonicMs()
  while (!(await bothReady(ends))) {
    if (complaint !== '' || timers.monotonicMs() - startedMs > READY_WITHIN_MS) {
      await close()
      throw new Error(`no pseudo-terminals in ${place.folder}: ${complaint.trim() || 'socat said nothing'}`)
    }
    await sleep(timers, LOOK_EVERY_MS)
  }
  return { stationEnd, deviceEnd, close }
}

const bothReady = async (ends: readonly string[]): Promise<boolean> =>
  (await Promise.all(ends.map((end) => canUse(end, constants.R_OK | constants.W_OK)))).every(Boolean)
