import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unzip } from './unzip.mjs'

interface Entry {
  readonly name: string
  readonly content: string
  readonly mode?: number
  readonly stored?: boolean
}

/** A zip archive as the format's description says. */
function zipOf(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, mode = 0o100644, stored = false } of entries) {
    const raw = Buffer.from(content)
    const data = stored ? raw : deflateRawSync(raw)
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(raw), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(raw.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const outside = Buffer.alloc(14)
    outside.writeUInt32LE(mode * 65_536, 6)
    outside.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0003'), common, outside, nameBytes)
    parts.push(Buffer.from('PK\u0003\u0004'), common, nameBytes, data)
    at += 4 + common.length + nameBytes.length + data.length
  }
  const directoryBytes = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directoryBytes.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directoryBytes, end])
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'canteen-unzip-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function archive(bytes: Buffer): string {
  const path = join(folder, 'archive.zip')
  writeFileSync(path, bytes)
  return path
}

const everything = (name: string): string | null => name

test('SU-1 files, folders, names and modes come out as they went in', async () => {
  const long = '米饭'.repeat(100_000)
  const zip = archive(
    zipOf([
      { name: 'top/', content: '', mode: 0o040755, stored: true },
      { name: 'top/run', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'top/deep/长者.txt', content: long },
      { name: 'top/empty', content: '', stored: true },
      { name: 'top/stored', content: 'as it is', stored: true },
    ]),
  )
  const progress: number[] = []
  await unzip(zip, join(folder, 'out'), everything, (done, total) => progress.push(done / total))
  expect(readFileSync(join(folder, 'out/top/deep/长者.txt'), 'utf8')).toBe(long)
  expect(readFileSync(join(folder, 'out/top/empty'), 'utf8')).toBe('')
  expect(readFileSync(join(folder, 'out/top/stored'), 'utf8')).toBe('as it is')
  expect(statSync(join(folder, 'out/top/run')).mode & 0o777).toBe(0o755)
  expect(progress.at(-1)).toBe(1)
})

test('SU-1 entries can be left out and renamed', async () => {
  const zip = archive(
    zipOf([
      { name: 'Tool/program', content: 'binary' },
      { name: 'Tool/resources/app/index.js', content: 'not wanted' },
    ]),
  )
  await unzip(
    zip,
    join(folder, 'out'),
    (name) => (name.includes('resources') ? null : 'electron'),
    () => undefined,
  )
  expect(readdirSync(join(folder, 'out'), { recursive: true })).toEqual(['electron'])
})

test('SU-1 an entry that climbs out of its folder is refused', async () => {
  const zip = archive(zipOf([{ name: '../outside', content: 'no' }]))
  await expect(unzip(zip, join(folder, 'out'), everything, () => undefined)).rejects.toThrow('outside')
  expect(readdirSync(folder)).toEqual(['archive.zip'])
})

test('SU-1 half an archive, or none, is refused', async () => {
  const whole = zipOf([{ name: 'file', content: 'x'.repeat(1000) }])
  for (const bytes of [whole.subarray(0, whole.length - 30), Buffer.from('not a zip'), Buffer.alloc(0)])
    await expect(unzip(archive(bytes), join(folder, 'out'), everything, () => undefined)).rejects.toThrow(
      /archive/,
    )
})
