import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { BookError } from '../book/errors.ts'
import type { Finding } from '../book/findings.ts'
import { BOOK_FILE_NAME } from '../book/session.ts'
import type { VerifyOptions, VerifyReport } from '../book/verifier.ts'
import { verifyBook } from '../book/verify-book.ts'
import { manifestPathOf, readManifest, type Manifest } from './manifest.ts'
import { hashFile, unpackFile } from './pack.ts'

/**
 * Checks a packed backup without putting it anywhere: the file against its manifest, and the book inside as any other. A
 * finding about the file or its manifest names it where others name their table.
 *
 * @throws BookError `cannot-open` when there is no such file, or a book inside that is of another version
 */
export async function verifyBackup(
  packedPath: string,
  onProgress?: VerifyOptions['onProgress'],
): Promise<VerifyReport> {
  if (!existsSync(packedPath)) throw new BookError('cannot-open', `there is no backup at ${packedPath}`)
  const manifest = readManifest(packedPath)
  if (manifest === null)
    return broken(basename(manifestPathOf(packedPath)), 'is missing, or not what a backup writes')
  const { size } = statSync(packedPath)
  const file = basename(packedPath)
  if (size !== manifest.bytes) return broken(file, `has ${size} bytes, its manifest says ${manifest.bytes}`)
  const sha256 = await hashFile(packedPath, 'as it is')
  if (sha256 !== manifest.sha256)
    return broken(
      file,
      `is not what was packed: its SHA-256 is ${sha256}, its manifest says ${manifest.sha256}`,
    )
  const work = mkdtempSync(join(tmpdir(), 'canteen-backup-'))
  try {
    const book = join(work, BOOK_FILE_NAME)
    await unpackFile(packedPath, book)
    const report = verifyBook(book, onProgress)
    const findings = [
      ...report.findings,
      ...manifestFindings(manifest, report, statSync(book).size, packedPath),
    ]
    return { ...report, ok: findings.length === 0, findings }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const broken = (table: string, message: string): VerifyReport => ({
  ok: false,
  entries: 0,
  heads: [],
  debitFen: 0,
  creditFen: 0,
  findings: [{ rule: 'LG-29', table, message }],
})

function manifestFindings(
  manifest: Manifest,
  { entries, heads }: VerifyReport,
  bookBytes: number,
  packedPath: string,
): readonly Finding[] {
  const head = heads.find(({ origin }) => origin === manifest.origin)
  const inside = { entries, headSeq: head?.seq ?? 0, headHash: head?.hash ?? '0'.repeat(64), bookBytes }
  return (Object.keys(inside) as readonly (keyof typeof inside)[])
    .filter((field) => manifest[field] !== inside[field])
    .map((field) => ({
      rule: 'LG-29',
      table: basename(manifestPathOf(packedPath)),
      message: `says that ${field} is ${manifest[field]}, the book inside says ${inside[field]}`,
    }))
}
