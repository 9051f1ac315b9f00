import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ReportFormat } from '../../../shared/contract/reports.ts'
import type { Printer } from '../deps.ts'
import { csvOf } from './csv.ts'
import type { DayPaper } from './day-paper.ts'
import { pageOf } from './page.ts'
import { xlsxOf } from './xlsx.ts'

/** No page can be turned into a PDF now: there is nobody who does, or it failed. */
export class PrintingFailed extends Error {
  override readonly name = 'PrintingFailed'
}

/** The file's content. @throws PrintingFailed for a PDF that could not be printed */
export async function fileOf(
  paper: DayPaper,
  format: ReportFormat,
  printer: Printer | null,
): Promise<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return await xlsxOf(paper)
    case 'csv':
      return csvOf(paper)
    case 'pdf':
      return await printed(pageOf(paper), printer)
  }
}

/** A page as a PDF. @throws PrintingFailed */
export async function printed(html: string, printer: Printer | null): Promise<Uint8Array> {
  if (printer === null) throw new PrintingFailed('there is nothing here that prints')
  try {
    return await printer.pdf(html)
  } catch (error) {
    throw new PrintingFailed(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/**
 * Writes a file that is there whole or not at all: beside its place first, flushed, then moved.
 *
 * @param beforeIt happens when the content is safe on the disk and before it has its name; what it throws leaves no file
 * @throws the operating system's error, or what `beforeIt` throws
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  beforeIt: () => void = () => undefined,
): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = await mkdtemp(join(folder, '.new-'))
  try {
    const fresh = join(aside, basename(path))
    const file = await open(fresh, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    beforeIt()
    await rename(fresh, path)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
