import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  /** Letters, digits, `/`, `.`, `-`. */
  readonly name: string
  readonly text: string
}

/** 1980-01-01, the earliest date that an archive can say: when a part was written says nothing here. */
const NO_DATE = 0x0021
const VERSION = 20
const UTF8_NAMES = 0x0800
const DEFLATED = 8

/** An archive of a few texts, small enough that no 64-bit sizes are needed. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text } of parts) {
    const content = Buffer.from(text)
    const packed = deflateRawSync(content)
    const nameBytes = Buffer.from(name)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(VERSION, 0)
    head.writeUInt16LE(UTF8_NAMES, 2)
    head.writeUInt16LE(DEFLATED, 4)
    head.writeUInt16LE(NO_DATE, 8)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, nameBytes, packed])
    const made = Buffer.alloc(2)
    made.writeUInt16LE(VERSION, 0)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, head, rest, nameBytes]))
    locals.push(local)
    at += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, entries, end])
}
