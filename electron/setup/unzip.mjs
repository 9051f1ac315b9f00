/** A zip reader for one known archive: no encryption, no zip64, entry by entry so that memory stays small. */
import { chmod, mkdir, open, symlink } from 'node:fs/promises'
import { createReadStream, createWriteStream } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const END_LENGTH = 22
const LONGEST_COMMENT = 65_535
const SYMBOLIC_LINK = 0o120000
const FILE_KIND = 0o170000

/**
 * Unpacks the entries for which `target(name)` gives a path below `folder`; null leaves an entry out.
 *
 * @param {string} zipPath
 * @param {string} folder
 * @param {(name: string) => string | null} target
 * @param {(doneBytes: number, totalBytes: number) => void} onProgress in compressed bytes
 * @throws Error when the archive is damaged or an entry would leave `folder`
 */
export async function unzip(zipPath, folder, target, onProgress) {
  const file = await open(zipPath, 'r')
  try {
    const wanted = (await readDirectory(file)).filter(
      (entry) => !entry.name.endsWith('/') && target(entry.name) !== null,
    )
    const totalBytes = wanted.reduce((sum, entry) => sum + entry.compressedBytes, 0)
    let doneBytes = 0
    for (const entry of wanted) {
      await unpackEntry(file, zipPath, entry, pathBelow(folder, target(entry.name)))
      doneBytes += entry.compressedBytes
      onProgress(doneBytes, totalBytes)
    }
  } finally {
    await file.close()
  }
}

function pathBelow(folder, name) {
  const path = normalize(join(folder, name))
  if (!path.startsWith(normalize(folder) + sep))
    throw new Error(`the archive reaches outside its folder: ${name}`)
  return path
}

async function bytesAt(file, position, length) {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  if (bytesRead !== length) throw new Error('the archive ends too early')
  return bytes
}

async function readDirectory(file) {
  const { size } = await file.stat()
  const tailLength = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await bytesAt(file, size - tailLength, tailLength)
  let end = tail.length - END_LENGTH
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0) throw new Error('not a zip archive')
  const count = tail.readUInt16LE(end + 10)
  const directory = await bytesAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const entries = []
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the archive has a damaged directory')
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      headerAt: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function unpackEntry(file, zipPath, entry, path) {
  const header = await bytesAt(file, entry.headerAt, 30)
  if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new Error(`the archive is damaged at ${entry.name}`)
  const dataAt = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  await mkdir(dirname(path), { recursive: true })
  if ((entry.mode & FILE_KIND) === SYMBOLIC_LINK) {
    await symlink((await bytesAt(file, dataAt, entry.compressedBytes)).toString('utf8'), path)
    return
  }
  if (entry.compressedBytes === 0) {
    await (await open(path, 'w')).close()
  } else {
    const source = createReadStream(zipPath, { start: dataAt, end: dataAt + entry.compressedBytes - 1 })
    const unpacked = createWriteStream(path)
    if (entry.method === 0) await pipeline(source, unpacked)
    else await pipeline(source, createInflateRaw(), unpacked)
  }
  await chmod(path, entry.mode & 0o777 || 0o644)
}
