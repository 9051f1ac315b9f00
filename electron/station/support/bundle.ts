import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBeside } from '../book/read-beside.ts'
import type { BookReader } from '../book/reader.ts'
import { CONFIG_FILE } from '../config/config.ts'
import { personKey } from '../config/data-folder.ts'
import { redacted, redactedConfig } from './redact.ts'
import { zipOf, type ZipPart } from './zip.ts'

export interface BundleRequest {
  /** Where `canteen.json` and the logs lie, and where the book does: a trial's is inside. */
  readonly dataFolder: string
  readonly bookFolder: string
  readonly version: string
  readonly atMs: number
}

const LOGS = ['station.log', 'station.old.log'] as const
/** Of each log the end: what just happened is what a technician asks about. */
const LOG_BYTES = 2 * 1024 * 1024
const STRIDE = 500

/**
 * What a technician needs and nobody's data: versions, the configuration without secrets, how many entries of each kind the
 * book holds, and the ends of the logs, looked through once more for names and numbers (SPEC ME-12). Reads beside a counter
 * that sells.
 *
 * @throws BookError when the book cannot be read
 */
export function supportBundle(request: BundleRequest): Buffer {
  const { bookFolder } = request
  return readBeside(
    bookFolder,
    () => personKey(bookFolder),
    (reader) => zipOf(partsOf(request, reader)),
  )
}

function partsOf({ dataFolder, bookFolder, version, atMs }: BundleRequest, reader: BookReader): ZipPart[] {
  const names = namesIn(reader)
  const about = {
    version,
    madeAt: new Date(atMs).toISOString(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    origin: reader.originId,
    entries: kindsIn(reader),
  }
  const logs = [dataFolder, bookFolder].flatMap((folder) =>
    LOGS.map((log) => ({ folder, log, path: join(folder, 'logs', log) })),
  )
  const paths = new Map(logs.filter(({ path }) => existsSync(path)).map(({ path, log }) => [path, log]))
  const config = join(dataFolder, CONFIG_FILE)
  return [
    { name: 'about.json', text: JSON.stringify(about, null, 2) },
    ...(existsSync(config) ? [{ name: CONFIG_FILE, text: configText(config, names) }] : []),
    ...[...paths].map(([path, log]) => ({ name: `logs/${log}`, text: redacted(endOf(path), names) })),
  ]
}

function configText(path: string, names: ReadonlySet<string>): string {
  const config: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return redacted(JSON.stringify(redactedConfig(config), null, 2), names)
}

const endOf = (path: string): string => readFileSync(path).subarray(-LOG_BYTES).toString('utf8')

const kindsIn = (reader: BookReader): object =>
  Object.fromEntries(
    reader
      .statement<[], { kind: string; count: number }>(
        'SELECT kind, count(*) AS count FROM journal GROUP BY kind',
      )
      .all()
      .map(({ kind, count }) => [kind, count]),
  )

/** Every name and form of address, of members, who pays for them, and staff alike. */
function namesIn(reader: BookReader): ReadonlySet<string> {
  const names = new Set<string>()
  let last = ''
  for (;;) {
    const ids = reader.persons.idsAfter(last, STRIDE)
    for (const id of ids) {
      last = id
      const person = reader.persons.get(id)
      if (person === null) continue
      names.add(person.fullName).add(person.formOfAddress)
      for (const { name } of person.payers ?? []) names.add(name)
    }
    if (ids.length < STRIDE) return names
  }
}
