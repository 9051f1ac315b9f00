import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { WIRE_LIMITS } from '../../../shared/contract/sync-wire.ts'
import { messageOf } from '../book/errors.ts'
import { SyncStopped } from './trouble.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** One zstd frame, made beside the counter's own thread. */
export async function packed(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const frame = await compress(bytes)
  return new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)
}

/** @throws SyncStopped `damaged-answer` for half a frame, and for one that grows beyond its limit (SPEC SY-8). */
export async function unpacked(frame: Uint8Array): Promise<Buffer> {
  try {
    return await decompress(frame, { maxOutputLength: WIRE_LIMITS.unpackedBytes })
  } catch (error) {
    throw new SyncStopped('damaged-answer', `the answer cannot be unpacked: ${messageOf(error)}`, {
      cause: error,
    })
  }
}
