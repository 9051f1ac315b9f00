import { join } from 'node:path'
import type { Book } from '../book/book.ts'
import type { Log } from '../deps.ts'
import { reading } from '../implementer.ts'
import { noteAudit } from '../staff/audit.ts'
import { PrintingFailed, writeWhole } from './files.ts'

/** Where the files of the reports lie, inside the data folder. */
const REPORTS_FOLDER = 'reports'

interface ExportDeps {
  readonly book: Book
  readonly dataFolder: string
  readonly log: Log
}

interface ExportErrors {
  readonly BOOK_UNAVAILABLE: () => Error
  readonly NO_PRINTER: () => Error
  readonly CANNOT_WRITE: () => Error
}

/**
 * Puts a file into the folder of reports, with its line in the audit (SPEC SE-8).
 *
 * @throws one of `errors`
 */
export async function exported(
  { book, dataFolder, log }: ExportDeps,
  name: string,
  actor: string,
  make: () => Promise<Uint8Array>,
  errors: ExportErrors,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const path = join(dataFolder, REPORTS_FOLDER, name)
  try {
    const bytes = await make()
    // No export without its line in the audit: the file gets its name after that.
    await writeWhole(path, bytes, () =>
      reading(() => noteAudit(book, actor, 'report-exported', name), errors.BOOK_UNAVAILABLE),
    )
    return { path, bytes: bytes.length }
  } catch (error) {
    if (error instanceof PrintingFailed) {
      log.warn('a report was not printed', { name, reason: error.message })
      throw errors.NO_PRINTER()
    }
    if (!(error instanceof Error && 'syscall' in error)) throw error
    log.warn('a report was not written', { path, reason: error.message })
    throw errors.CANNOT_WRITE()
  }
}
