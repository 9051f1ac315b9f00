import { checkpointText, WIRE_VERSION } from '../../../shared/contract/sync-wire.ts'
import type { Book } from '../book/book.ts'
import { yieldTurn, type Turn } from './pace.ts'
import { SyncStopped } from './trouble.ts'

/** A batch is closed when it has this many entries, or this many bytes of JSON: a fraction of what the server takes. */
const BATCH_ENTRIES = 500
const BATCH_BYTES = 1024 * 1024

/** Entries that are read and written down at a stretch: a fraction of a millisecond, after which a sale has its turn. */
const SLICE_ENTRIES = 12

export interface BatchDeps extends Turn {
  readonly book: Book
  /** In base64, by the station's key. */
  readonly sign: (text: string) => string
  readonly canteenId: string
}

export interface PreparedBatch {
  /** A Batch of the wire, as JSON. */
  readonly bytes: Uint8Array
  readonly toSeq: number
}

interface Slice {
  readonly count: number
  /** The entries as JSON, with commas between. */
  readonly text: string
  readonly lastSeq: number
  readonly lastHash: string
}

/** SQLite writes the JSON itself: read as rows and written down here, each body would be made into text three times. */
const SLICE = `SELECT count(*) AS count, max(seq) AS lastSeq, max(CASE WHEN seq = newest THEN hash END) AS lastHash,
    group_concat(json_object('id', id, 'origin', origin, 'seq', seq, 'kind', kind, 'version', version, 'hlc', hlc,
      'at', at, 'businessDate', business_date, 'actor', actor, 'prevHash', prev_hash, 'hash', hash, 'bodyText', body),
      ',' ORDER BY seq) AS text
  FROM (SELECT *, max(seq) OVER () AS newest
        FROM (SELECT * FROM journal WHERE origin = ? AND seq >= ? ORDER BY seq LIMIT ?))
  HAVING count(*) > 0`

const sliceOf = (book: Book, origin: string, fromSeq: number, limit: number): Slice | undefined =>
  book.read((file) => file.statement<[string, number, number], Slice>(SLICE).get(origin, fromSeq, limit))

/**
 * The entries of an origin from `fromSeq` on, as one signed batch, or null when there are none. The book is asked slice by
 * slice and is free in between: no transaction stays open, so the log can be moved into the file meanwhile.
 *
 * @param memory where the batch is written, batch after batch: a run makes no more garbage than it must, because the
 *   collector stops sales too. What is given back is good until the next call.
 */
export async function nextBatch(
  deps: BatchDeps,
  memory: BatchMemory,
  origin: string,
  fromSeq: number,
): Promise<PreparedBatch | null> {
  memory.clear()
  memory.write('{"entries":[')
  let last: { readonly seq: number; readonly hash: string } | null = null
  let count = 0
  while (count < BATCH_ENTRIES && memory.length < BATCH_BYTES) {
    const wanted = Math.min(SLICE_ENTRIES, BATCH_ENTRIES - count)
    const slice = sliceOf(deps.book, origin, fromSeq + count, wanted)
    if (slice !== undefined) {
      memory.write(count === 0 ? slice.text : `,${slice.text}`)
      last = { seq: slice.lastSeq, hash: slice.lastHash }
      count += slice.count
    }
    await yieldTurn(deps)
    if (slice === undefined || slice.count < wanted) break
  }
  if (last === null) return null
  const { seq, hash } = last
  if (seq !== fromSeq + count - 1)
    throw new SyncStopped('book-unavailable', `a number is missing in ${origin} before ${seq}`)
  const signature = deps.sign(checkpointText({ canteenId: deps.canteenId, origin, seq, hash }))
  const rest = { version: WIRE_VERSION, origin, fromSeq, checkpoint: { origin, seq, hash, signature } }
  memory.write(`],${JSON.stringify(rest).slice(1)}`)
  return { bytes: memory.written(), toSeq: seq }
}

/** Room for one batch as JSON, kept over a run; it grows for an entry that is larger than a batch should be. */
export class BatchMemory {
  #bytes = Buffer.allocUnsafe(BATCH_BYTES + BATCH_BYTES / 4)
  #length = 0

  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  write(text: string): void {
    const needed = this.#length + Buffer.byteLength(text)
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, needed))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    this.#length += this.#bytes.write(text, this.#length)
  }

  /** A view, good until the next `clear`. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
