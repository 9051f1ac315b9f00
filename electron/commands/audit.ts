import { parseArgs } from 'node:util'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import { BOOK_CHECKS } from '../../shared/domain/book-checks.ts'
import { checkBook } from '../station/book-checks/run.ts'
import { EXIT, type Command } from './command.ts'
import { bookPlace, dataPlace } from './data.ts'

/** The checks of the night, now and by hand. It looks and mends nothing. */
export const audit: Command = {
  summary: "asks the night's checks of the book and says what each proves; the counter may be running",
  help: [
    'canteen audit [FOLDER] [--json]',
    '',
    'FOLDER  a data folder; the configured one when absent.',
    '',
    'One line a check: what it proves, or where it does not hold. With --json {entries, checks: [{id, count, findings}]}.',
    'Exit codes: 0 all hold · 1 findings · 2 usage · 3 the book cannot be opened.',
  ].join('\n'),

  run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    if (positionals.length > 1) {
      err.write('canteen audit: one folder at most')
      return EXIT.usage
    }
    const [folder] = positionals
    const { config, ...place } = folder === undefined ? bookPlace() : { ...dataPlace(), folder }
    const meals = { canteenArea: config.canteen.area, calendar: CHINA_CALENDAR }
    const { entries, checks } = checkBook(place.folder, meals)
    if (values.json) out.write(JSON.stringify({ entries, checks }, null, 2))
    else
      for (const { id, count, findings } of checks) {
        out.write(`${count === 0 ? 'ok  ' : 'FIND'} ${id.padEnd(14)} ${BOOK_CHECKS[id].proves.en}`)
        for (const { where, expected, found, detail } of findings)
          out.write(
            `       ${where}: ${expected === null ? detail?.en : `is ${found}, should be ${expected}`}`,
          )
      }
    return checks.every(({ count }) => count === 0) ? EXIT.done : EXIT.findings
  },
}
