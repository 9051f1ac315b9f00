import type { Random } from '../../fixtures/random.ts'
import type { DiskRecord } from './recording.ts'

/** The content of each file by its name. */
export type DiskImage = ReadonlyMap<string, Buffer>

/** What a power cut tears at: a sector is written whole or not at all. */
export const SECTOR_BYTES = 512

interface Write {
  readonly kind: 'write'
  readonly offset: number
  readonly bytes: Buffer
}
interface Truncate {
  readonly kind: 'truncate'
  readonly size: number
}
type Change = Write | Truncate

/** Bytes that grow; `bytes.length` is room, `size` is the file. */
interface Content {
  bytes: Buffer
  size: number
}

/** One file, whatever its name: unlinked and created again under the same name is another file. */
interface Inode {
  /** What a sync has made safe. */
  readonly safe: Content
  /** What was done since, in order. */
  pending: Change[]
}

/** Changes to names and sizes. They reach the disk in order: whatever is lost, all later ones are lost too. */
type Metadata =
  | { readonly kind: 'name'; readonly name: string; readonly inode: Inode }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string; readonly inode: Inode }
  | { readonly kind: 'truncate'; readonly inode: Inode; readonly change: Truncate }

function reserve(content: Content, size: number): void {
  if (size <= content.bytes.length) return
  const roomier = Buffer.alloc(Math.max(size, content.bytes.length * 2, 4096))
  content.bytes.copy(roomier, 0, 0, content.size)
  content.bytes = roomier
}

function resize(content: Content, size: number): void {
  reserve(content, size)
  if (size < content.size) content.bytes.fill(0, size, content.size)
  content.size = size
}

function put(content: Content, offset: number, bytes: Buffer): void {
  reserve(content, offset + bytes.length)
  bytes.copy(content.bytes, offset)
  content.size = Math.max(content.size, offset + bytes.length)
}

function make(content: Content, change: Change): void {
  if (change.kind === 'write') put(content, change.offset, change.bytes)
  else resize(content, change.size)
}

const contentOf = (bytes: Buffer): Content => ({ bytes: Buffer.from(bytes), size: bytes.length })
const copyOf = (content: Content): Content => ({
  bytes: Buffer.from(content.bytes.subarray(0, content.size)),
  size: content.size,
})

/** How kindly one power cut treats what was not synced. */
interface Temper {
  readonly keep: number
  readonly tear: number
}
/** Extremes on purpose: everything kept and everything dropped are the states that real disks leave most often. */
const TEMPERS: readonly Temper[] = [
  { keep: 0, tear: 0 },
  { keep: 1, tear: 0 },
  { keep: 0.5, tear: 0 },
  { keep: 0.9, tear: 0.1 },
  { keep: 0.1, tear: 0.3 },
  { keep: 0.3, tear: 0.7 },
]

/** A write of which only some sectors arrived: a run from its start, a run to its end, or any. */
function tear(content: Content, write: Write, random: Random): void {
  const end = write.offset + write.bytes.length
  const first = Math.floor(write.offset / SECTOR_BYTES)
  const last = Math.floor((end - 1) / SECTOR_BYTES)
  const shape = random.pick(['head', 'tail', 'any'] as const)
  const middle = random.integer(first, last)
  for (let sector = first; sector <= last; sector += 1) {
    const arrived =
      shape === 'head' ? sector < middle : shape === 'tail' ? sector > middle : random.chance(0.5)
    if (!arrived) continue
    const from = Math.max(write.offset, sector * SECTOR_BYTES)
    const to = Math.min(end, (sector + 1) * SECTOR_BYTES)
    put(content, from, write.bytes.subarray(from - write.offset, to - write.offset))
  }
}

function survive(content: Content, write: Write, temper: Temper, random: Random): void {
  if (random.chance(temper.keep)) return put(content, write.offset, write.bytes)
  // The file may have grown although the data never came: zeros stand where it should be.
  if (random.chance(0.25)) resize(content, Math.max(content.size, write.offset + write.bytes.length))
  if (random.chance(temper.tear)) tear(content, write, random)
}

/**
 * A folder on a disk that holds back what nobody synced. Fed with the records of a real run, it gives at any point the
 * states in which a power cut could leave the folder: what was synced is there; of each later write all, nothing or some
 * sectors; creations, truncations and unlinks in their order, lost from some point on. Each sector of a file ends up with
 * its safe content or that of any later write, so writes reordered by the disk are among these states.
 */
export class RecordedDisk {
  readonly #names = new Map<string, Inode>()
  readonly #safeNames = new Map<string, Inode>()
  readonly #random: Random | null
  #metadata: Metadata[] = []

  /** @param random decides what a sync that fails has written, for recordings in which one does. */
  constructor(initial: DiskImage = new Map(), random: Random | null = null) {
    this.#random = random
    for (const [name, bytes] of initial) {
      const inode: Inode = { safe: contentOf(bytes), pending: [] }
      this.#names.set(name, inode)
      this.#safeNames.set(name, inode)
    }
  }

  apply(record: DiskRecord): void {
    switch (record.kind) {
      case 'create':
        return this.#create(record.name)
      case 'write':
        this.#inode(record.name).pending.push({ kind: 'write', offset: record.offset, bytes: record.bytes })
        return undefined
      case 'truncate':
        return this.#truncate(record.name, record.size)
      case 'unlink':
        this.#names.delete(record.name)
        this.#metadata.push({ kind: 'unlink', name: record.name })
        return undefined
      case 'rename':
        return this.#rename(record.name, record.to)
      case 'failed-sync':
        return this.#forget(this.#names.get(record.name))
      case 'sync':
        return this.#sync(this.#inode(record.name))
      case 'sync-folder':
        return this.#settleMetadata(this.#metadata.length)
      case 'told':
        return undefined
    }
  }

  /** A state that a power cut now could leave behind. The images are copies. */
  afterCut(random: Random): DiskImage {
    const temper = random.pick(TEMPERS)
    const kept = random.chance(0.5) ? this.#metadata.length : random.integer(0, this.#metadata.length)
    const names = new Map(this.#safeNames)
    const lost = new Set<Change>()
    this.#metadata.forEach((change, index) => {
      if (index < kept) rename(names, change)
      else if (change.kind === 'truncate') lost.add(change.change)
    })
    const image = new Map<string, Buffer>()
    for (const [name, inode] of names) {
      const content = copyOf(inode.safe)
      for (const change of inode.pending) {
        if (change.kind === 'write') survive(content, change, temper, random)
        else if (!lost.has(change)) resize(content, change.size)
      }
      image.set(name, content.bytes.subarray(0, content.size))
    }
    return image
  }

  /** The folder as the running program sees it. */
  now(): DiskImage {
    const image = new Map<string, Buffer>()
    for (const [name, inode] of this.#names) {
      const content = copyOf(inode.safe)
      for (const change of inode.pending) make(content, change)
      image.set(name, content.bytes.subarray(0, content.size))
    }
    return image
  }

  #inode(name: string): Inode {
    const inode = this.#names.get(name)
    if (!inode) throw new Error(`the recording changes ${name} before it creates it`)
    return inode
  }

  #create(name: string): void {
    const inode: Inode = { safe: { bytes: Buffer.alloc(0), size: 0 }, pending: [] }
    this.#names.set(name, inode)
    this.#metadata.push({ kind: 'name', name, inode })
  }

  #truncate(name: string, size: number): void {
    const inode = this.#inode(name)
    const change: Truncate = { kind: 'truncate', size }
    inode.pending.push(change)
    this.#metadata.push({ kind: 'truncate', inode, change })
  }

  #rename(name: string, to: string): void {
    const inode = this.#inode(name)
    this.#names.delete(name)
    this.#names.set(to, inode)
    this.#metadata.push({ kind: 'rename', name, to, inode })
  }

  /**
   * A sync that failed: the kernel takes the pages for clean from now on, whether they reached the disk or not. The
   * program still reads them, a later sync does not write them.
   */
  #forget(inode: Inode | undefined): void {
    if (this.#random === null) throw new Error('a sync failed, and nobody can decide what it wrote')
    // The folder itself has no content to lose.
    if (inode === undefined) return
    const temper = this.#random.pick(TEMPERS)
    for (const change of inode.pending)
      if (change.kind === 'write') survive(inode.safe, change, temper, this.#random)
      else resize(inode.safe, change.size)
    inode.pending = []
  }

  #sync(inode: Inode): void {
    for (const change of inode.pending) make(inode.safe, change)
    inode.pending = []
    const last = this.#metadata.findLastIndex((change) => 'inode' in change && change.inode === inode)
    this.#settleMetadata(last + 1)
  }

  /** The first `count` changes of names and sizes are safe from now on. */
  #settleMetadata(count: number): void {
    for (const change of this.#metadata.slice(0, count)) rename(this.#safeNames, change)
    // A truncation that is safe stays in its file's pending changes: the writes around it are not.
    this.#metadata = this.#metadata.slice(count)
  }
}

function rename(names: Map<string, Inode>, change: Metadata): void {
  if (change.kind === 'name') names.set(change.name, change.inode)
  else if (change.kind === 'unlink') names.delete(change.name)
  else if (change.kind === 'rename') {
    names.delete(change.name)
    names.set(change.to, change.inode)
  }
}
