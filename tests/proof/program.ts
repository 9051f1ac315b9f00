import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { Readable } from 'node:stream'

export interface ProgramPlan {
  /** The file to run under this Node. */
  readonly file: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Words before Node's own, such as `strace …`: the program runs inside it. */
  readonly inside?: readonly string[]
}

/** A child process that tells on descriptor 3. */
export interface Program {
  readonly output: Readable
  /** What it tells, see `story.ts`; empty unless it was started with `listen`. */
  readonly told: Readable
  /** What it has written to its standard error so far. */
  complaint(): string
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Stops it where it stands: what it is doing in the kernel comes to its end, and nothing more begins. */
  freeze(): void
  kill(): void
}

/** @param listen whether somebody reads what it tells; otherwise that goes nowhere. */
export function startProgram(plan: ProgramPlan, listen: boolean): Program {
  const [command = '', ...args] = [...(plan.inside ?? []), process.execPath, plan.file, ...plan.args]
  const nowhere = openSync('/dev/null', 'w')
  const child = spawn(command, args, {
    env: { ...process.env, ...plan.env },
    stdio: ['ignore', 'pipe', 'pipe', listen ? 'pipe' : nowhere],
  })
  closeSync(nowhere)
  let complaint = ''
  readable(child.stderr)
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint += text))
  return {
    output: readable(child.stdout).setEncoding('utf8'),
    told: listen ? readable(child.stdio[3]).setEncoding('utf8') : Readable.from([]),
    complaint: () => complaint,
    ended: new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve(signal ?? code ?? 1))
    }),
    freeze: () => child.kill('SIGSTOP'),
    kill: () => child.kill('SIGKILL'),
  }
}

function readable(stream: unknown): Readable {
  if (!(stream instanceof Readable)) throw new TypeError('the child process has no such stream')
  return stream
}
