import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { PassThrough, Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

const LEVEL = 3

export interface Packed {
  /** SHA-256 of the packed file, in hexadecimal. */
  readonly sha256: string
  readonly bytes: number
}

/** Packs a file and flushes what it wrote. @throws the system's error; the file is then half. */
export async function packFile(from: string, to: string): Promise<Packed> {
  const counted = new Counting()
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_checksumFlag]: 1 }
  await pipeline(createReadStream(from), createZstdCompress({ params }), counted, flushed(to))
  return counted.packed()
}

/** Unpacks a file and flushes it. @throws the system's error, or zlib's when the file is not whole. */
export async function unpackFile(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createZstdDecompress(), flushed(to))
}

const flushed = (path: string) => createWriteStream(path, { mode: 0o600, flush: true })

/** SHA-256 of a file as it lies there, or of what is packed in it. */
export async function hashFile(path: string, content: 'as it is' | 'unpacked'): Promise<string> {
  const hash = createHash('sha256')
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done()
    },
  })
  await pipeline(
    createReadStream(path),
    content === 'unpacked' ? createZstdDecompress() : new PassThrough(),
    sink,
  )
  return hash.digest('hex')
}

class Counting extends Transform {
  readonly #hash = createHash('sha256')
  #bytes = 0

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    done(null, chunk)
  }

  packed(): Packed {
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes }
  }
}
