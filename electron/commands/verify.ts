import { parseArgs } from 'node:util'
import { PACKED } from '../station/backup/manifest.ts'
import { verifyBackup } from '../station/backup/verify-backup.ts'
import { verifyBook } from '../station/book/verify-book.ts'
import { EXIT, type Command } from './command.ts'
import { dataPlace } from './data.ts'

/** Replays a book's journal and compares. The report is one JSON object; progress of a large book goes to `err`. */
export const verify: Command = {
  summary: 'replays the journal into empty tables and compares tables, balances and hashes',
  help: [
    'canteen verify [FOLDER]    checks a book without changing it; the counter may be running',
    '',
    'FOLDER  a data folder, a book.sqlite, or a packed backup; the configured folder when absent.',
    '',
    'Prints {ok, entries, heads, debitFen, creditFen, findings}; each finding names the rule it breaks and the',
    'origin and seq of the entry, or the table and key of the row, and says what differs. A single flipped bit of an entry is',
    'told with its field and what stood there.',
    'Exit codes: 0 all is as the journal says · 1 findings · 2 usage · 3 the book cannot be opened.',
  ].join('\n'),

  async run(args, { out, err }) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} })
    if (positionals.length > 1) {
      err.write('canteen verify: one folder at most')
      return EXIT.usage
    }
    const path = positionals[0] ?? dataPlace().folder
    const onProgress = (entries: number, of: number): void => err.write(`${entries} of ${of} entries`)
    const report = path.endsWith(PACKED) ? await verifyBackup(path, onProgress) : verifyBook(path, onProgress)
    out.write(JSON.stringify(report, null, 2))
    return report.ok ? EXIT.done : EXIT.findings
  },
}
