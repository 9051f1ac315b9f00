import { join } from 'node:path'
import { stationOf } from '../../shared/domain/ledger/accounts.ts'
import type { Random } from '../fixtures/random.ts'
import { actsIn, journalOf, readingBook, type Numbered } from './book-audit.ts'
import { finish } from './office-day.ts'
import { SERVER_URL } from './link.ts'
import { rollFrom } from './roll-acts.ts'
import { Violation } from './violation.ts'
import type { World } from './world.ts'

const SECOND_MS = 1000
/** Until a late tick of a busy machine has begun the night's backup. */
const BACKUP_SECONDS = 130
/** Until a nap of the schedule is over. */
const NAP_SECONDS = 310
const SYNC_SECONDS = 140
/** Four late looks of a busy machine: all that is given and taken as a month begins. */
const GRANT_SECONDS = 34

const NOT_THERE = { trouble: 'unreachable', acknowledged: 0 } as const

/** What a canteen takes along to another machine. */
const KEPT = [['enrolment.json', 'station.key', 'sync.json'], ['station.key'], []] as const

/** The night's work: the backup and the way to the server, by themselves or by hand. */
export async function night(world: World, random: Random, midnightMs: number): Promise<void> {
  world.clock.skipTo(midnightMs + 21.52 * 3_600_000)
  if (random.chance(0.5)) world.link.trouble()
  await backup(world, random)
  if (random.chance(0.15)) {
    world.clock.skipTo(midnightMs + 21.9 * 3_600_000)
    await passUntil(world, NAP_SECONDS, () => false)
  } else if (random.chance(0.6)) {
    syncByHand(world)
    await world.settled()
    await passUntil(world, SYNC_SECONDS, () => !isSyncing(world))
  }
  if (random.chance(0.3)) world.desk.alone(() => world.community.remember())
  await world.settled()
  await lookAtReports(world)
}

async function backup(world: World, random: Random): Promise<void> {
  const before = backups(world).length
  if (random.chance(0.6)) world.desk.follow(async (client) => await client.backups.now(), 'manager')
  await world.settled()
  await passUntil(
    world,
    BACKUP_SECONDS,
    () => backups(world)[0]?.name !== undefined && backups(world).length > before,
  )
  if (backups(world).length > before) world.trace.backups += 1
}

const backups = (world: World) => world.machine.process?.station.backups.view.current.files ?? []

const isSyncing = (world: World): boolean =>
  world.machine.process?.station.sync.view.current.state === 'running'

async function passUntil(world: World, seconds: number, isOver: () => boolean): Promise<void> {
  for (let passed = 0; passed < seconds && !isOver(); passed += 1) await world.pass(SECOND_MS)
}

async function lookAtReports(world: World): Promise<void> {
  await world.untilResolved()
  await finish(world)
  const client = await world.desk.client('manager')
  if (client !== null) await world.desk.asked(() => world.inspection.checkDays(client))
}

/** The manager presses the key, and does not wait for the end. */
export const syncByHand = (world: World): void =>
  world.desk.follow(async (client) => await client.sync.now(), 'manager')

/** An earlier state of the server is put in its place. */
export const serverGoesBack = (world: World): void =>
  world.desk.alone(async () => {
    if (await world.community.goBack()) world.trace.fault('server-went-back')
  })

/** By now the station had time for what a day begins with. */
async function grantsAreDone(world: World): Promise<void> {
  world.machine.troubles.heal()
  await world.openStation()
  if (world.clock.wrongByMs !== 0 || isAheadOfTime(world)) return
  await passUntil(world, GRANT_SECONDS, () => false)
  if (world.quietly(({ station }) => station.counter.clockState()) !== 'ok') return
  world.inspection.checkGrants(world.auditor.model.openDate(world.moment().businessDate))
}

/** The line is whole and nobody sells: in the end the server holds the book, to the last entry. @throws Violation */
export async function converge(world: World): Promise<void> {
  world.link.clear()
  await finish(world)
  await grantsAreDone(world)
  for (let tries = 0; tries < 4; tries += 1) {
    world.machine.troubles.heal()
    await world.openStation()
    await syncNow(world)
    const { trouble, acknowledged } = world.machine.process?.station.sync.view.current ?? NOT_THERE
    // A window that locked itself meanwhile wrote an entry behind the last batch: that goes with the next one.
    const entries = world.quietly(({ realBook }) => realBook.health().entries)
    if (trouble === null && acknowledged === entries) {
      await world.inspection.checkServer('all of it')
      return
    }
  }
  const trouble = world.machine.process?.station.sync.view.current.troubleDetail
  throw new Violation('SY-4', `the book does not reach the server: ${trouble ?? 'no station'}`)
}

async function syncNow(world: World): Promise<void> {
  let over = false
  world.desk.follow(async () => {
    await world.machine.process?.station.sync.now()
    over = true
  }, 'manager')
  await world.settled()
  await passUntil(world, SYNC_SECONDS, () => over)
}

/**
 * The disk dies, and the newest backup is put back on another one, or over a book that nobody trusts. What the server holds
 * comes back; what nobody holds never was.
 */
export async function disaster(world: World, random: Random): Promise<void> {
  const { machine, community, trace, auditor, clock } = world
  await finish(world)
  if (!world.office.isSettled || clock.wrongByMs !== 0 || isAheadOfTime(world)) return
  const { stick } = machine.disk
  const [newest, older] = backups(world)
  const chosen = older !== undefined && random.chance(0.3) ? older : newest
  if (chosen === undefined) return
  trace.fault('disk-lost')
  const lost = readingBook(machine.disk.folder, journalOf)
  await world.closeStation()
  const kept = random.pick(KEPT)
  if (random.chance(0.7)) machine.disk.replace(kept)
  const hasKey = kept.length > 0 || hasFile(world, 'station.key')
  const { origin } = await machine.restore(join(stick, chosen.name))
  trace.restores += 1
  trace.note('restored', chosen.name, origin)
  const inBackup = readingBook(machine.disk.folder, journalOf)
  const expected = union(inBackup, await community.entries())
  assertKnown(expected, lost, origin)
  await openRestored(world)
  world.link.clear()
  await enrolAgain(world, hasKey)
  for (let tries = 0; tries < 3; tries += 1) await syncNow(world)
  assertBack(world, expected, origin)
  const acts = new Set(readingBook(machine.disk.folder, actsIn))
  auditor.model.keepOnly(acts)
  afterRestore(world)
  await converge(world)
}

/** The newest entry is of a time that has not come yet. */
const isAheadOfTime = (world: World): boolean =>
  (world.quietly(({ realBook }) => realBook.newestPhysicalMs()) ?? 0) > world.clock.nowMs() + SECOND_MS

/** Starts the station on a book that was put back: what it holds is not known yet. */
async function openRestored(world: World): Promise<void> {
  world.desk.forgetPending()
  world.machine.troubles.heal()
  await world.openStation()
}

/** What the restored book holds is what happened. */
function afterRestore(world: World): void {
  const { process, disk } = world.machine
  if (process === null) throw new Violation('LG-28', 'the station does not start on the restored book')
  rollFrom(disk.folder, world.roll)
  world.office.afterRestore()
  world.inspection.forgetReports()
  world.inspection.audit(process, true)
}

const hasFile = (world: World, name: string): boolean => world.machine.disk.has(name)

async function enrolAgain(world: World, hasKey: boolean): Promise<void> {
  const { process, config } = world.machine
  if (process === null || process.station.sync.view.current.server !== null) return
  const code = await world.community.code(hasKey ? null : config.stationId)
  const client = await world.desk.client('admin')
  if (client === null) throw new Violation('LG-28', 'nobody can sign in on the restored book')
  await world.desk.asked(() => client.sync.enrol({ url: SERVER_URL, code }))
  await world.settled()
}

const nameOf = ({ origin, seq }: Numbered): string => `${origin}/${seq}`

function union(one: readonly Numbered[], other: readonly Numbered[]): ReadonlyMap<string, string> {
  return new Map([...one, ...other].map((entry) => [nameOf(entry), entry.hash]))
}

/** The backup and the server hold nothing that was never written, and the new name was never used. */
function assertKnown(expected: ReadonlyMap<string, string>, lost: readonly Numbered[], origin: string): void {
  const written = new Map(lost.map((entry) => [nameOf(entry), entry.hash]))
  for (const [name, hash] of expected) {
    if (name === `${origin}/1`) continue
    if (written.get(name) !== hash)
      throw new Violation('LG-28', `${name} comes back as ${hash}, and was ${written.get(name)}`)
  }
  const [first] = lost
  if (first !== undefined && stationOf(origin) !== stationOf(first.origin))
    throw new Violation('LG-28', `the book goes on as ${origin}`)
}

function assertBack(world: World, expected: ReadonlyMap<string, string>, origin: string): void {
  const now = new Map(
    readingBook(world.machine.disk.folder, journalOf).map((entry) => [nameOf(entry), entry.hash]),
  )
  world.trace.checks += 1
  for (const [name, hash] of expected)
    if (now.get(name) !== hash) throw new Violation('LG-28', `${name} did not come back with the sync`)
  for (const name of now.keys())
    if (!expected.has(name) && !name.startsWith(`${origin}/`))
      throw new Violation('LG-28', `${name} came back from nowhere`)
}
