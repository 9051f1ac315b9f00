import { join } from 'node:path'
import { z } from 'zod'
import { messageOf } from '../book/errors.ts'
import type { Log } from '../deps.ts'
import { readIfThere, writeDurably } from './durable-file.ts'
import { parsedJson } from './enrolment.ts'

const memoryFile = z.object({
  serverId: z.string(),
  /** For each origin of this station, up to which entry the server answered that it holds it. */
  acknowledged: z.record(z.string(), z.int().min(0)),
  lastSuccessMs: z.int().nullable(),
  fetched: z.object({ entries: z.int(), atMs: z.int() }).nullable(),
})

/**
 * What sync remembers between runs, for the screen and for finding out that a server forgot. Derived: what the server answers
 * counts, and without the file nothing but the display is poorer.
 */
export type SyncMemory = Readonly<z.output<typeof memoryFile>>

const FILE = 'sync.json'

/** What is remembered of this server; nothing when the file speaks of another one, or cannot be read. */
export function readMemory(folder: string, serverId: string): SyncMemory {
  const text = readIfThere(join(folder, FILE))
  const memory = text === null ? null : parsedJson(text, memoryFile)
  if (memory !== null && memory.serverId === serverId) return memory
  return { serverId, acknowledged: {}, lastSuccessMs: null, fetched: null }
}

/** Up to which entry of each origin the last server said that it holds it; null where nothing was ever sent. */
export function acknowledgedIn(folder: string): SyncMemory['acknowledged'] | null {
  const text = readIfThere(join(folder, FILE))
  return text === null ? null : (parsedJson(text, memoryFile)?.acknowledged ?? null)
}

/** A full disk does not stop what sync does for the book: it is told to the log. */
export function writeMemory(folder: string, memory: SyncMemory, log: Log): void {
  try {
    writeDurably(join(folder, FILE), `${JSON.stringify(memory)}\n`)
  } catch (error) {
    log.warn('what sync remembers was not written', { reason: messageOf(error) })
  }
}
