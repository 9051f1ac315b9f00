import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One change to the recorded folder, in the order in which the program made it. */
export type DiskRecord =
  | { readonly kind: 'create' | 'sync' | 'unlink'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly name: string; readonly size: number }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'sync-folder' }
  /** What the program told the world at this point, see `story.ts`. */
  | { readonly kind: 'told'; readonly text: string }

const HEAD_BYTES = 16

function recordAt(log: Buffer, start: number): { record: DiskRecord; end: number } {
  const nameStart = start + HEAD_BYTES
  const nameEnd = nameStart + log.readUInt8(start + 1)
  const end = nameEnd + log.readUInt32LE(start + 4)
  const offset = Number(log.readBigUInt64LE(start + 8))
  const name = log.toString('utf8', nameStart, nameEnd)
  const data = log.subarray(nameEnd, end)
  const operation = String.fromCharCode(log.readUInt8(start))
  switch (operation) {
    case 'C':
      return { record: { kind: 'create', name }, end }
    case 'W':
      return { record: { kind: 'write', name, offset, bytes: data }, end }
    case 'T':
      return { record: { kind: 'truncate', name, size: offset }, end }
    case 'S':
      return { record: name === '' ? { kind: 'sync-folder' } : { kind: 'sync', name }, end }
    case 'U':
      return { record: { kind: 'unlink', name }, end }
    case 'R':
      return { record: { kind: 'rename', name, to: data.toString('utf8') }, end }
    case 'A':
      return { record: { kind: 'told', text: data.toString('utf8') }, end }
    default:
      throw new Error(`not a recorder's log: operation ${operation} at byte ${start}`)
  }
}

/** Reads a recorder's log (format: recorder.c). The records share the buffer's memory. */
export function readRecords(log: Buffer): DiskRecord[] {
  const records: DiskRecord[] = []
  let position = 0
  while (position < log.length) {
    const { record, end } = recordAt(log, position)
    records.push(record)
    position = end
  }
  return records
}

const out = fileURLToPath(new URL('../../../out/proof/', import.meta.url))

/** Compiles a C file of this folder once for its present text; returns the path of the result. */
export function compiled(sourceName: string, flags: readonly string[]): string {
  const source = fileURLToPath(new URL(sourceName, import.meta.url))
  const target = join(out, sourceName.replace(/\.c$/, flags.includes('-shared') ? '.so' : ''))
  if (existsSync(target) && statSync(target).mtimeMs > statSync(source).mtimeMs) return target
  mkdirSync(out, { recursive: true })
  // Two campaigns may compile at once: each its own file, then one atomic rename.
  const fresh = `${target}.${process.pid}`
  execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', ...flags, source, '-o', fresh])
  renameSync(fresh, target)
  return target
}

/** The environment in which a child process has its changes below `folder` recorded to `log`. */
export function recordingEnvironment(folder: string, log: string): Record<string, string> {
  return {
    LD_PRELOAD: compiled('recorder.c', ['-shared', '-fPIC']),
    RECORDER_FOLDER: folder,
    RECORDER_LOG: log,
    RECORDER_ACK_FD: String(TELLING_DESCRIPTOR),
  }
}

/** The descriptor on which a seller tells what it has done. */
export const TELLING_DESCRIPTOR = 3
