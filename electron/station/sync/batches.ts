import { checkpointText, WIRE_VERSION } from '../../../shared/contract/sync-wire.ts'
import type { Book } from '../book/book.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import type { Timers } from '../deps.ts'
import { SyncStopped } from './trouble.ts'

/** A batch is closed when it has this many entries, or this many bytes of JSON: a fraction of what the server takes. */
const BATCH_ENTRIES = 500
const BATCH_BYTES = 1024 * 1024

/** Entries that are read and written down at a stretch: a fraction of a millisecond, after which a sale has its turn. */
const SLICE_ENTRIES = 12

export interface BatchDeps {
  readonly book: Book
  readonly timers: Timers
  readonly signal: AbortSignal
  /** In base64, by the station's key. */
  readonly sign: (text: string) => string
  readonly canteenId: string
}

export interface PreparedBatch {
  /** A Batch of the wire, as JSON. */
  readonly bytes: Uint8Array
  readonly toSeq: number
}

/** Lets whatever waits for the station's thread go first. @throws SyncStopped when the station stops. */
export async function yieldTurn({ timers, signal }: Pick<BatchDeps, 'timers' | 'signal'>): Promise<void> {
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      cancel()
      signal.removeEventListener('abort', goOn)
      resolve()
    }
    const cancel = timers.after(0, goOn)
    signal.addEventListener('abort', goOn)
    if (signal.aborted) goOn()
  })
  if (signal.aborted) throw new SyncStopped('unreachable', 'stopped')
}

/**
 * The entries of an origin from `fromSeq` on, as one signed batch, or null when there are none. The book is asked slice by
 * slice and is free in between: no transaction stays open, so the log can be moved into the file meanwhile.
 */
export async function nextBatch(
  deps: BatchDeps,
  origin: string,
  fromSeq: number,
): Promise<PreparedBatch | null> {
  const pieces: Buffer[] = []
  let bytes = 0
  let last: StoredEntry | null = null
  while (pieces.length < BATCH_ENTRIES && bytes < BATCH_BYTES) {
    const wanted = Math.min(SLICE_ENTRIES, BATCH_ENTRIES - pieces.length)
    const slice = deps.book.read((file) => file.journal.range(origin, fromSeq + pieces.length, wanted))
    for (const entry of slice) {
      const piece = Buffer.from(`${last === null ? '' : ','}${JSON.stringify(entry)}`)
      pieces.push(piece)
      bytes += piece.length
      last = entry
      if (bytes >= BATCH_BYTES) break
    }
    await yieldTurn(deps)
    if (slice.length < wanted) break
  }
  if (last === null) return null
  const { seq, hash } = last
  if (seq !== fromSeq + pieces.length - 1)
    throw new SyncStopped('book-unavailable', `a number is missing in ${origin} before ${seq}`)
  const signature = deps.sign(checkpointText({ canteenId: deps.canteenId, origin, seq, hash }))
  const head = JSON.stringify({
    version: WIRE_VERSION,
    origin,
    fromSeq,
    checkpoint: { origin, seq, hash, signature },
  })
  const json = [Buffer.from(`${head.slice(0, -1)},"entries":[`), ...pieces, Buffer.from(']}')]
  return { bytes: Buffer.concat(json), toSeq: seq }
}
