import { join } from 'node:path'
import type { Book } from '../book/book.ts'
import type { Clock, Log, Printer, StationConfig } from '../deps.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAudit } from '../staff/audit.ts'
import { dayPaper } from './day-paper.ts'
import { dayReport, daysInBrief } from './day-report.ts'
import { fileOf, PrintingFailed, writeWhole } from './files.ts'

export interface ReportsDeps {
  readonly book: Book
  readonly clock: Clock
  readonly config: Pick<StationConfig, 'canteen'>
  readonly dataFolder: string
  readonly printer: Printer | null
  readonly log: Log
  readonly trial: boolean
}

/** Where the files of the reports lie, inside the data folder. */
const REPORTS_FOLDER = 'reports'

/** What a day was, on the screen and as files (SPEC LG-27). */
export const reportsRouter = (deps: ReportsDeps) => {
  const { book, clock, config, dataFolder, printer, log, trial } = deps
  const { name: canteenName, timeZone } = config.canteen
  return station.reports.router({
    day: station.reports.day.handler(({ input, errors }) =>
      reading(
        () => book.read((file) => dayReport(file, input.businessDate, canteenName)),
        errors.BOOK_UNAVAILABLE,
      ),
    ),
    days: station.reports.days.handler(({ input, errors }) =>
      reading(() => book.read((file) => daysInBrief(file, input.from, input.to)), errors.BOOK_UNAVAILABLE),
    ),
    export: station.reports.export.handler(async ({ input, context, errors }) => {
      const { businessDate, format } = input
      const name = `day-${businessDate}.${format}`
      const path = join(dataFolder, REPORTS_FOLDER, name)
      const actor = actorOf(context)
      const head = { canteenName, timeZone, nowMs: clock.nowMs(), trial }
      const paper = reading(
        () => book.read((file) => dayPaper(file, businessDate, head)),
        errors.BOOK_UNAVAILABLE,
      )
      try {
        const bytes = await fileOf(paper, format, printer)
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
    }),
  })
}
