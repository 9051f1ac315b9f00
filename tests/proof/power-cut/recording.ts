import { fileURLToPath } from 'node:url'
import { compiled } from '../compiled.ts'

/** One change to the recorded folder, in the order in which the program made it. */
export type DiskRecord =
  | { readonly kind: 'create' | 'sync' | 'failed-sync' | 'unlink'; readonly name: string }
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
    case 'F':
      return { record: { kind: 'failed-sync', name }, end }
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

const recorder = fileURLToPath(new URL('recorder.c', import.meta.url))

/** The recorder as a library for LD_PRELOAD. Without a folder to record it only slows flushes, see recorder.c. */
export const compiledRecorder = (): string => compiled(recorder, 'recorder.so', ['-shared', '-fPIC'])

/** The environment in which a child process has its changes below `folder` recorded to `log`. */
export function recordingEnvironment(folder: string, log: string): Record<string, string> {
  return {
    LD_PRELOAD: compiledRecorder(),
    RECORDER_FOLDER: folder,
    RECORDER_LOG: log,
    RECORDER_ACK_FD: String(TELLING_DESCRIPTOR),
  }
}

/** The descriptor on which a seller tells what it has done. */
export const TELLING_DESCRIPTOR = 3
