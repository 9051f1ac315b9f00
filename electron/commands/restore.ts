import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { restoreBook } from '../station/backup/restore.ts'
import { BookError } from '../station/book/errors.ts'
import { CONFIG_FILE } from '../station/config/config.ts'
import { personKey } from '../station/config/data-folder.ts'
import { bookOptionsOf } from '../station/counter-book.ts'
import { silentLog } from '../station/log.ts'
import { EXIT, type Command } from './command.ts'
import { dataPlace } from './data.ts'

/** Puts a verified backup in the book's place, under a new origin. */
export const restore: Command = {
  summary: 'puts a backup in the book’s place and goes on under a new name; the counter is stopped',
  help: [
    'canteen restore FILE [--data FOLDER]',
    '',
    'FILE    a backup, book-….sqlite.zst, with its .json beside it',
    'FOLDER  the data folder; the configured one when absent. On a new machine canteen.json and persons.key (and',
    '        station.key, if the counter was enrolled) are put into it first: see `canteen backup --keys`.',
    '',
    'The backup is checked, unpacked aside, verified, and only then put in place. The book that stood there is kept in a',
    'folder book.replaced-…; nothing is deleted. What was sold after the backup comes back with the next sync.',
    'Prints {restored, origin, fromOrigin, fromSeq, backupAt, entries, headHash, replaced, next}.',
    'Exit codes: 0 restored · 2 usage · 3 nothing was changed; the words say why.',
  ].join('\n'),

  async run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) {
      err.write('canteen restore: which backup? One FILE')
      return EXIT.usage
    }
    const { folder, config } = dataPlace(values.data === undefined ? undefined : resolve(values.data))
    if (!existsSync(join(folder, 'persons.key')))
      throw new BookError(
        'wrong-key',
        `there is no persons.key in ${folder}: put it there first, with ${CONFIG_FILE} and station.key`,
      )
    const restored = await restoreBook({
      packedPath: resolve(file),
      timeZone: config.canteen.timeZone,
      book: bookOptionsOf({ folder, config, log: silentLog }, personKey(folder)),
      onProgress: (step) => err.write(step),
    })
    const next = 'canteen sync'
    out.write(JSON.stringify({ restored: true, ...restored, next }, null, 2))
    err.write(`The book goes on as ${restored.origin}. Say \`canteen verify\`, then start the counter.`)
    err.write(
      `What was sold after ${restored.backupAt} comes back with \`${next}\`; without a server it is gone.`,
    )
    return EXIT.done
  },
}
