import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { readBeside } from '../station/book/read-beside.ts'
import { personKey } from '../station/config/data-folder.ts'
import { silentLog } from '../station/log.ts'
import { StaffDesk } from '../station/staff/desk.ts'
import { lockedUntilOf } from '../station/staff/pins.ts'
import { roster } from '../station/staff/roster.ts'
import { systemClock, systemIds, systemTimers } from '../station/system.ts'
import { EXIT, type Command, type Streams } from './command.ts'
import { dataPlace, openBookAt, type DataPlace } from './data.ts'

/** As whom the audit names this command. */
const ACTOR = 'canteen staff'

/**
 * The way back for an admin who forgot her PIN and whom nobody else can give a new one. Whoever may write the data folder
 * could do as much without it; this way it stands in the audit.
 */
export const staff: Command = {
  summary: 'lists the staff; gives somebody a new PIN when no admin is left who could',
  help: [
    'canteen staff                    lists the staff; the counter may be running',
    'canteen staff --reset STAFF_ID   gives her a new PIN, read from standard input; the counter is stopped',
    '',
    'A PIN has four to eight digits, and none that anybody would try first. At a terminal it is asked for twice and not',
    'shown. A lock-out ends with it. The audit names this command and whom it was for.',
    'Prints [{staffId, name, role, active, hasPin, lockedUntil}] or {staffId, reset}.',
    'Exit codes: 0 done · 1 no such staff, or no PIN that is fit · 2 usage · 3 the book cannot be used, or the counter runs.',
  ].join('\n'),

  async run(args, streams) {
    const { values } = parseArgs({ args: [...args], options: { reset: { type: 'string' } } })
    const place = dataPlace()
    const known = listed(place)
    if (values.reset === undefined) {
      streams.out.write(JSON.stringify(known, null, 2))
      return EXIT.done
    }
    const member = known.find(({ staffId }) => staffId === values.reset)
    if (member === undefined)
      return refused('there is nobody with this id; `canteen staff` lists them', streams)
    const pin = await askForPin(member.name, streams)
    if (pin === null) return refused('the two are not alike; nothing was changed', streams)
    return await reset(place, member.staffId, pin, streams)
  },
}

/** @throws BookError when there is no book that can be read */
const listed = ({ folder }: DataPlace) =>
  readBeside(
    folder,
    () => personKey(folder),
    (reader) =>
      roster(reader).map((member) => {
        const untilMs = lockedUntilOf(reader, member.staffId)
        const isLocked = untilMs > systemClock.nowMs()
        return { ...member, lockedUntil: isLocked ? new Date(untilMs).toISOString() : null }
      }),
  )

/** @throws BookError, among others `locked` while the counter runs */
async function reset(place: DataPlace, staffId: string, pin: string, streams: Streams): Promise<number> {
  const book = openBookAt(place)
  const desk = new StaffDesk({
    book,
    clock: systemClock,
    timers: systemTimers,
    ids: systemIds,
    log: silentLog,
  })
  try {
    const outcome = await desk.resetPin(desk.connect(), { staffId, pin }, ACTOR)
    if (outcome === 'weak-pin')
      return refused('four to eight digits, and none that anybody would try first', streams)
    if (outcome === 'no-such-staff') return refused('there is nobody with this id any more', streams)
    streams.out.write(JSON.stringify({ staffId, reset: true }))
    return EXIT.done
  } finally {
    desk.close()
    book.close()
  }
}

function refused(words: string, { err }: Streams): number {
  err.write(`canteen staff: ${words}`)
  return EXIT.findings
}

/** One line of a pipe; at a terminal asked for twice, unseen. @returns null when the two differ */
async function askForPin(name: string, { err }: Streams): Promise<string | null> {
  const isTerminal = process.stdin.isTTY
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: isTerminal })
  const answers = lines[Symbol.asyncIterator]()
  const ask = async (words: string): Promise<string> => {
    if (isTerminal) err.write(words)
    const answer = await answers.next()
    return answer.done === true ? '' : answer.value.trim()
  }
  try {
    const pin = await ask(`A new PIN for ${name}:`)
    return !isTerminal || pin === (await ask('Once more:')) ? pin : null
  } finally {
    lines.close()
  }
}
