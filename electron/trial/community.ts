import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const COMMAND = join(import.meta.dirname, '..', 'commands', 'canteen.ts')

/** A community server for the trial: the real one, over its embedded database, in a process of its own. */
export interface Community {
  /** Where its pages are. */
  readonly url: string
  /** With which one counter is enrolled, once. */
  readonly code: string
  stop(): Promise<void>
}

/** What the server's people call the canteen of the trial. */
export const TRIAL_CANTEEN = '演示长者食堂'

export interface CommunityPlan {
  /** Where its database lies. */
  readonly folder: string
  readonly canteenName: string
  /** 0 takes a free one. */
  readonly port: number
}

/** @throws Error with its last words when it does not listen. */
export async function startCommunity({ folder, canteenName, port }: CommunityPlan): Promise<Community> {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    [COMMAND, 'serve', '--port', String(port), '--data', folder, '--new-code', canteenName],
    // The channel says nothing: the server ends when it does, so that killing this process leaves none behind.
    { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  )
  const { code, url } = await announced(child)
  return {
    url,
    code,
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Reads the JSON lines in which the server says its code and its address. */
async function announced(child: ChildProcess): Promise<{ readonly code: string; readonly url: string }> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the server has no output to read')
  let lastWords = ''
  stderr.setEncoding('utf8').on('data', (text: string) => (lastWords = text))
  const said: Record<string, string> = {}
  for await (const line of createInterface({ input: stdout })) {
    const words: unknown = JSON.parse(line)
    if (typeof words === 'object' && words !== null)
      for (const [name, value] of Object.entries(words)) if (typeof value === 'string') said[name] = value
    const { code, url } = said
    if (code !== undefined && url !== undefined) return { code, url }
  }
  throw new Error(`the community server did not start: ${lastWords.trim()}`)
}
