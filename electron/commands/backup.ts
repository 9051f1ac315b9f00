import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import { namedPlace, placeOf } from '../station/backup/place.ts'
import { takeBackup } from '../station/backup/take-backup.ts'
import { BookError } from '../station/book/book.ts'
import { CONFIG_FILE } from '../station/config/config.ts'
import { systemClock } from '../station/system.ts'
import { stationEnvironment } from '../station/transport/environment.ts'
import { versionOf } from '../station/version.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { bookPlace, dataPlace, type DataPlace } from './data.ts'

/** What only this machine has, and a restored one needs: whoever holds these and the book can read the names. */
const SECRETS = ['persons.key', 'station.key', 'enrolment.json'] as const

/** Takes a verified backup beside a counter that may be selling, or copies what no backup holds: the keys. */
export const backup: Command = {
  summary: 'copies the book to a second place and verifies the copy; the counter may be running',
  help: [
    'canteen backup [--to FOLDER]    a verified backup, as by night',
    'canteen backup --keys FOLDER    copies persons.key, station.key, enrolment.json and canteen.json: what no backup holds',
    '',
    'FOLDER  where it goes; `backupFolder` of canteen.json, or `backups` beside the book, when absent.',
    '',
    'Prints {made, folder, name, takenAt, bytes, entries, headSeq, headHash} or {made: false, trouble, detail}.',
    'Kept are the newest of 7 days, 4 weeks and 12 months. Keys belong on a stick in an envelope, not beside the backups:',
    'whoever has both can read the names of all members.',
    'Exit codes: 0 made · 1 not made, or the book did not verify · 2 usage · 3 the data folder cannot be used.',
  ].join('\n'),

  async run(args, streams) {
    const { values } = parseArgs({
      args: [...args],
      options: { to: { type: 'string' }, keys: { type: 'string' } },
    })
    if (values.to !== undefined && values.keys !== undefined) {
      streams.err.write('canteen backup: the keys do not go where the backups are; say one of the two')
      return EXIT.usage
    }
    return values.keys === undefined
      ? await backUp(bookPlace(), values.to ?? null, streams)
      : copyKeys(dataPlace().folder, resolve(values.keys), streams)
  },
}

async function backUp(
  { folder, config }: DataPlace,
  to: string | null,
  { out, err }: Streams,
): Promise<number> {
  const place = to === null ? placeOf(folder, config) : namedPlace(folder, resolve(to))
  if (place.sameDisk)
    err.write(`${place.folder} is on the same disk as the book: no help when that disk dies`)
  let phase = ''
  const outcome = await takeBackup(
    {
      dataFolder: folder,
      place,
      stationId: config.stationId,
      timeZone: config.canteen.timeZone,
      nowMs: systemClock.nowMs(),
      meals: { canteenArea: config.canteen.area, calendar: CHINA_CALENDAR },
      program: versionOf(stationEnvironment(process.env).resourceFolder),
    },
    (running) => {
      if (running.phase !== phase) err.write(running.phase)
      ;({ phase } = running)
    },
  )
  if (outcome.kind === 'failed') {
    const { trouble, detail, audit } = outcome
    out.write(JSON.stringify({ made: false, trouble, detail, audit }, null, 2))
    return EXIT.findings
  }
  const { takenAtMs, ...file } = outcome.file
  const takenAt = new Date(takenAtMs).toISOString()
  out.write(JSON.stringify({ made: true, folder: place.folder, takenAt, ...file }, null, 2))
  return EXIT.done
}

function copyKeys(dataFolder: string, to: string, { out, err }: Streams): number {
  const copied = [...SECRETS, CONFIG_FILE].filter((name) => existsSync(join(dataFolder, name)))
  // An envelope without it opens no backup, and nobody would look into it before the day it is needed.
  if (!copied.includes('persons.key'))
    throw new BookError('wrong-key', `there is no persons.key in ${dataFolder}`)
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of copied) {
    copyFileSync(join(dataFolder, name), join(to, name))
    chmodSync(join(to, name), 0o600)
  }
  err.write(
    'Whoever has these keys and a backup can read the names of all members and speak for this counter.',
  )
  err.write('Put them on a stick in a sealed envelope, in the safe, and never where the backups lie.')
  out.write(JSON.stringify({ folder: to, copied }, null, 2))
  return EXIT.done
}
