import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { SyncTrouble, SyncView } from '../../shared/contract/sync.ts'
import { BookError, type Book } from '../station/book/book.ts'
import { silentLog } from '../station/log.ts'
import { noteAudit } from '../station/staff/audit.ts'
import { createSync, type Sync } from '../station/sync/sync.ts'
import { ServerRefused, SyncStopped } from '../station/sync/trouble.ts'
import { systemClock, systemTimers } from '../station/system.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { bookPlace, openBookAt, type DataPlace } from './data.ts'

/** Nobody sells meanwhile, so a book that lost much may take it all back. */
const MOST_AT_ONCE = 50_000
const ACTOR = 'command'

/** What a person has to look into; everything else passes by itself or with an upgrade. */
const FOUND: readonly SyncTrouble[] = ['fork', 'book-behind-server', 'not-accepted']

/** Sends the book to the community server while the counter does not run. */
export const sync: Command = {
  summary: 'sends the book to the community server, and fetches what it lost; the counter is stopped',
  help: [
    'canteen sync                             sends what the server does not hold yet',
    'canteen sync --server URL --code CODE    enrols this counter first, with the code that the server’s people gave out',
    '',
    'A running counter sends its book by itself, each night and from the page "Sync and backup"; this is for a counter that',
    'stands still, such as one that was put back from a backup. Run twice it sends nothing twice.',
    'Prints {synced, server, canteen, entries, acknowledged, fetched, missing, trouble, detail, seconds}.',
    'Exit codes: 0 the server holds the whole book · 1 something has to be looked into: two books under one name, a book that',
    'ends before the server’s, a code or key that is not accepted · 2 usage · 3 the server cannot be reached, or the book',
    'cannot be opened because the counter runs.',
  ].join('\n'),

  async run(args, streams) {
    const { values } = parseArgs({
      args: [...args],
      options: { server: { type: 'string' }, code: { type: 'string' } },
    })
    const { server, code } = values
    const enrolling = server !== undefined && code !== undefined ? { url: server, code } : null
    if (enrolling === null && (server !== undefined || code !== undefined))
      return usage(streams, '--server and --code go together')
    if (enrolling !== null && !z.url({ protocol: /^https?$/ }).safeParse(enrolling.url).success)
      return usage(streams, `'${enrolling.url}' is no address that begins with http:// or https://`)
    const place = bookPlace()
    const book = opened(place, streams)
    if (book === null) return EXIT.unusable
    const syncing = createSync({
      ...place,
      book,
      dataFolder: place.folder,
      clock: systemClock,
      timers: systemTimers,
      log: silentLog,
      request: fetch,
      random: () => Math.random(),
      mostAtOnce: MOST_AT_ONCE,
    })
    try {
      if (enrolling !== null) await syncing.enrol(enrolling.url, enrolling.code)
      if (syncing.view.current.server === null)
        return usage(streams, 'this counter is not enrolled yet: say --server URL --code CODE')
      return await send(book, syncing, enrolling?.url ?? null, streams)
    } catch (error) {
      if (!(error instanceof SyncStopped)) throw error
      streams.err.write(`canteen sync: ${wordsOf(error)}`)
      return error instanceof ServerRefused ? EXIT.findings : EXIT.unusable
    } finally {
      await syncing.close()
      book.close()
    }
  },
}

function usage({ err }: Streams, words: string): number {
  err.write(`canteen sync: ${words}`)
  return EXIT.usage
}

/** @throws BookError for any reason but that the counter runs. */
function opened(place: DataPlace, { err }: Streams): Book | null {
  try {
    return openBookAt(place)
  } catch (error) {
    if (!(error instanceof BookError) || error.code !== 'locked') throw error
    err.write(
      'canteen sync: the counter runs and holds the book; it sends it by itself, or from the office now',
    )
    return null
  }
}

async function send(
  book: Book,
  syncing: Sync,
  enrolledAt: string | null,
  { out, err }: Streams,
): Promise<number> {
  const startedMs = performance.now()
  const abort = new AbortController()
  const before = syncing.view.current
  const telling = tell(syncing, err, abort.signal)
  const view = await syncing.now(() => {
    if (enrolledAt !== null) noteAudit(book, ACTOR, 'server-enrolled', enrolledAt)
    noteAudit(book, ACTOR, 'sync-started', null)
  })
  abort.abort()
  await telling
  const { server, entries, acknowledged, missing, trouble, troubleDetail: detail } = view
  const fetched = view.fetched === before.fetched ? 0 : (view.fetched?.entries ?? 0)
  const seconds = Math.round(performance.now() - startedMs) / 1000
  const figures = { entries, acknowledged, fetched, missing, trouble, detail, seconds }
  const where = { server: server?.url, canteen: server?.canteenName }
  out.write(JSON.stringify({ synced: trouble === null, ...where, ...figures }, null, 2))
  if (fetched > 0) err.write(`the book lacked ${fetched} entries and has them from the server now`)
  if (trouble === null) return EXIT.done
  err.write(`canteen sync: ${detail ?? trouble}`)
  return FOUND.includes(trouble) ? EXIT.findings : EXIT.unusable
}

async function tell(syncing: Sync, err: Streams['err'], signal: AbortSignal): Promise<void> {
  let told = -1
  const line = ({ acknowledged, entries }: SyncView): string => `${acknowledged} of ${entries} entries`
  for await (const view of syncing.view.watch(signal)) {
    if (view.acknowledged === told) continue
    told = view.acknowledged
    err.write(line(view))
  }
}

const ENROLMENT_WORDS: { readonly [code: string]: string } = {
  CODE_REFUSED:
    'the server does not take this code: it is wrong, was used before or is too old. Ask for a new one',
  STATION_EXISTS:
    'the server knows a counter of this name by another key. If its disk was lost, ask for a code with --replace',
}

const wordsOf = (error: SyncStopped): string =>
  (error instanceof ServerRefused ? ENROLMENT_WORDS[error.error] : undefined) ?? error.message
