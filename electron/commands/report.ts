import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { REPORT_FORMATS, type ReportFormat } from '../../shared/contract/reports.ts'
import { isDate } from '../../shared/domain/calendar.ts'
import { readBeside } from '../station/book/read-beside.ts'
import { personKey } from '../station/config/data-folder.ts'
import { counterPlace } from '../station/counter-book.ts'
import { dayPaper, type DayPaper } from '../station/reports/day-paper.ts'
import { fileOf, PrintingFailed, writeWhole } from '../station/reports/files.ts'
import { systemClock } from '../station/system.ts'
import { stationEnvironment } from '../station/transport/environment.ts'
import { trialConfig } from '../trial/config.ts'
import { EXIT, type Command } from './command.ts'

interface Wanted {
  readonly businessDate: string
  readonly format: ReportFormat
  readonly out: string
}

/** The same files as the office's, without the office: for scripts, and for a book that no counter has open. */
export const report: Command = {
  summary: 'writes the report of a day as a spreadsheet, a CSV file or a PDF',
  help: [
    'canteen report day --date D --format xlsx|csv|pdf [--out F]',
    '',
    '--date    the business date, YYYY-MM-DD; closed or not, which the file says.',
    '--format  xlsx: a workbook with a sheet for each table · csv: one figure a line · pdf: A4, to sign.',
    '--out     the file to write; day-D.FORMAT in this folder when absent. It is there whole or not at all.',
    '',
    'Reads only, so the counter may be running; the audit, which is part of the book, notes nothing. A PDF needs the',
    'Electron runtime that the set-up brings; where there is no display it uses a virtual one.',
    'Prints {path, bytes, businessDate, format}.',
    'Exit codes: 0 written · 2 usage · 3 the book, the file or the runtime cannot be used.',
  ].join('\n'),

  async run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { date: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' } },
    })
    const wanted = wantedOf(positionals, values)
    if (typeof wanted === 'string') {
      err.write(`canteen report: ${wanted}`)
      return EXIT.usage
    }
    // A rename takes the place of whatever is there, of a device such as /dev/stdout too.
    if (statSync(wanted.out, { throwIfNoEntry: false })?.isFile() === false) {
      err.write(`canteen report: ${wanted.out} is there and is no file`)
      return EXIT.unusable
    }
    const paper = paperOf(wanted.businessDate)
    try {
      const bytes = await contentOf(paper, wanted.format)
      await writeWhole(wanted.out, bytes)
      const { businessDate, format } = wanted
      out.write(JSON.stringify({ path: wanted.out, bytes: bytes.length, businessDate, format }))
      return EXIT.done
    } catch (error) {
      if (!(error instanceof PrintingFailed)) throw error
      err.write(`canteen report: no PDF: ${error.message}`)
      return EXIT.unusable
    }
  },
}

/** What was asked for, or what is wrong with it. */
function wantedOf(
  positionals: readonly string[],
  values: { readonly date?: string; readonly format?: string; readonly out?: string },
): Wanted | string {
  const [which, ...more] = positionals
  if (which !== 'day' || more.length > 0) return 'say which report: day'
  const { date = '', format = '' } = values
  if (!isDate(date)) return `--date is a day such as 2026-11-03, not '${date}'`
  const known = REPORT_FORMATS.find((each) => each === format)
  if (known === undefined) return `--format is one of ${REPORT_FORMATS.join(', ')}, not '${format}'`
  if (values.out === '') return '--out is the file to write'
  return { businessDate: date, format: known, out: resolve(values.out ?? `day-${date}.${known}`) }
}

/** @throws BookError when there is no book that this program can read */
function paperOf(businessDate: string): DayPaper {
  const { folder, config } = counterPlace(stationEnvironment(process.env).dataFolder)
  const { canteen } = config ?? trialConfig(null)
  const head = {
    canteenName: canteen.name,
    timeZone: canteen.timeZone,
    nowMs: systemClock.nowMs(),
    trial: config === null,
  }
  return readBeside(
    folder,
    () => personKey(folder),
    (reader) => dayPaper(reader, businessDate, head),
  )
}

/** @throws PrintingFailed */
async function contentOf(paper: DayPaper, format: ReportFormat): Promise<Uint8Array> {
  if (format !== 'pdf') return await fileOf(paper, format, null)
  const printer = await openPrinter()
  try {
    return await fileOf(paper, format, printer)
  } finally {
    await printer.close()
  }
}

async function openPrinter() {
  const { startPrinter } = await import('../setup/print.mjs')
  try {
    return await startPrinter()
  } catch (error) {
    throw new PrintingFailed(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
