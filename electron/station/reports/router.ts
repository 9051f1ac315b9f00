import type { Book } from '../book/book.ts'
import type { Clock, Log, Printer, StationConfig } from '../deps.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { dayPaper } from './day-paper.ts'
import { dayReport, daysInBrief } from './day-report.ts'
import { exported } from './exported.ts'
import { fileOf } from './files.ts'

export interface ReportsDeps {
  readonly book: Book
  readonly clock: Clock
  readonly config: Pick<StationConfig, 'canteen'>
  readonly dataFolder: string
  readonly printer: Printer | null
  readonly log: Log
  readonly trial: boolean
}

/** What a day was, on the screen and as files (SPEC LG-27). */
export const reportsRouter = (deps: ReportsDeps) => {
  const { book, clock, config, printer, trial } = deps
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
      const head = { canteenName, timeZone, nowMs: clock.nowMs(), trial }
      const paper = reading(
        () => book.read((file) => dayPaper(file, businessDate, head)),
        errors.BOOK_UNAVAILABLE,
      )
      const name = `day-${businessDate}.${format}`
      return await exported(deps, name, actorOf(context), () => fileOf(paper, format, printer), errors)
    }),
  })
}
