import { inflateRawSync } from 'node:zlib'

/** A workbook of 50,000 seniors unpacks to some 40 MB. */
const MOST_BYTES = 150 * 1024 * 1024
const MOST_PARTS = 500

const END_RECORD = 0x06054b50
const PART_RECORD = 0x02014b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const DEFLATED = 8

/**
 * Whether a packed workbook unpacks to no more than a list can need. What the file says of itself is held against what
 * really comes out of each part, and unpacking stops where a part says it should, so a bomb costs nothing.
 *
 * @returns false for a bomb, for a file that lies about its size, and for one that is no whole archive
 */
export function unpacksWithinBounds(bytes: Buffer): boolean {
  const end = endOf(bytes)
  if (end === null) return false
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > MOST_PARTS) return false
  let total = 0
  for (let part = 0; part < count; part += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== PART_RECORD) return false
    const sizes = { packed: bytes.readUInt32LE(at + 20), unpacked: bytes.readUInt32LE(at + 24) }
    total += sizes.unpacked
    if (total > MOST_BYTES) return false
    if (!saysTheTruth(bytes, bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 42), sizes)) return false
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return true
}

function endOf(bytes: Buffer): number | null {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT)
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1)
    if (bytes.readUInt32LE(at) === END_RECORD) return at
  return null
}

interface Sizes {
  readonly packed: number
  readonly unpacked: number
}

function saysTheTruth(bytes: Buffer, method: number, header: number, { packed, unpacked }: Sizes): boolean {
  if (header + 30 > bytes.length) return false
  const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
  if (from + packed > bytes.length) return false
  if (method !== DEFLATED) return method === 0 && packed === unpacked
  try {
    const content = bytes.subarray(from, from + packed)
    return inflateRawSync(content, { maxOutputLength: Math.max(1, unpacked) }).length === unpacked
  } catch (error) {
    // Too large for what it said, or no deflated data at all: either way not a workbook that can be read.
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}
