import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPrinter } from '../../electron/setup/print.mjs'
import { readBeside } from '../../electron/station/book/read-beside.ts'
import { personKey } from '../../electron/station/config/data-folder.ts'
import { dayPaper } from '../../electron/station/reports/day-paper.ts'
import { fileOf, writeWhole } from '../../electron/station/reports/files.ts'
import { REPORT_FORMATS, type ReportFormat } from '../../shared/contract/reports.ts'
import { addDays } from '../../shared/domain/calendar.ts'
import { LAST_SEEDED_DATE, SALES_PER_DAY, sampleBook } from './books.ts'
import { atMost, type Measurement } from './measurement.ts'

const SALES = 1_000_000
const DAYS = SALES / SALES_PER_DAY
/** Of days all over the book, the first and the last among them. */
const DAYS_MEASURED = 9

/**
 * Any day of a large book, read from it and written whole: the worst of all formats and days, nothing warmed up. A PDF is
 * printed by a runtime that is open already, as it is in the office, through the same messages and the same window that
 * the shell uses; starting one, which only the command line does, is told beside the figure.
 */
export async function reportFile(say: (line: string) => void): Promise<Measurement[]> {
  const folder = sampleBook(SALES, say)
  const out = mkdtempSync(join(tmpdir(), 'canteen-bench-report-'))
  const startedMs = performance.now()
  const printer = await startPrinter()
  const startMs = performance.now() - startedMs
  const worst: Record<ReportFormat, number> = { xlsx: 0, csv: 0, pdf: 0 }
  let worstReadMs = 0
  try {
    for (let measured = 0; measured < DAYS_MEASURED; measured += 1) {
      const daysBack = Math.round(((DAYS - 1) * (DAYS_MEASURED - 1 - measured)) / (DAYS_MEASURED - 1))
      const businessDate = addDays(LAST_SEEDED_DATE, -daysBack)
      for (const format of REPORT_FORMATS) {
        const fromMs = performance.now()
        const head = { canteenName: 'bench', timeZone: 'Asia/Shanghai', nowMs: 0, trial: false }
        const paper = readBeside(
          folder,
          () => personKey(folder),
          (reader) => dayPaper(reader, businessDate, head),
        )
        worstReadMs = Math.max(worstReadMs, performance.now() - fromMs)
        if (paper.meals.length !== SALES_PER_DAY) throw new Error(`${businessDate} is not a whole day`)
        await writeWhole(join(out, `day.${format}`), await fileOf(paper, format, printer))
        worst[format] = Math.max(worst[format], performance.now() - fromMs)
      }
    }
  } finally {
    await printer.close()
    rmSync(out, { recursive: true, force: true })
  }
  const shown = REPORT_FORMATS.map((format) => `${format} ${worst[format].toFixed(0)} ms`).join(', ')
  say(`worst of ${DAYS_MEASURED} days: ${shown}; reading alone ${worstReadMs.toFixed(0)} ms`)
  say(
    `pdf with the runtime open, as in the office; the command line starts one first, ${startMs.toFixed(0)} ms`,
  )
  return [atMost('report-file-ms', Math.max(...Object.values(worst)), 'ms', 1_000)]
}
