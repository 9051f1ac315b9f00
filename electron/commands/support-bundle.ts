import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { supportBundle } from '../station/support/bundle.ts'
import { systemClock } from '../station/system.ts'
import { stationEnvironment } from '../station/transport/environment.ts'
import { versionOf } from '../station/version.ts'
import { EXIT, type Command } from './command.ts'
import { bookPlace } from './data.ts'

/** A file for the technician, with nobody's data in it (SPEC ME-12). */
export const supportBundleCommand: Command = {
  summary: 'writes a zip for the technician: versions, configuration and logs, without secrets or persons',
  help: [
    'canteen support-bundle [--to FILE]   the counter may be running',
    '',
    'FILE  canteen-support.zip in the present folder when absent.',
    '',
    'In it: versions, canteen.json without secrets, how many entries of each kind the book holds, and the ends of the logs.',
    'Names, identity numbers and mobile numbers are taken out once more, although none should be in there.',
    'Prints {file, bytes}. Exit codes: 0 done · 2 usage · 3 the book or the file cannot be used.',
  ].join('\n'),
  run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: { to: { type: 'string', default: 'canteen-support.zip' } },
    })
    const { dataFolder, resourceFolder } = stationEnvironment(process.env)
    const version = versionOf(resourceFolder)
    const file = resolve(values.to)
    const { folder: bookFolder } = bookPlace()
    const bytes = supportBundle({ dataFolder, bookFolder, version, atMs: systemClock.nowMs() })
    writeFileSync(file, bytes, { mode: 0o600 })
    out.write(JSON.stringify({ file, bytes: bytes.length }))
    return EXIT.done
  },
}
