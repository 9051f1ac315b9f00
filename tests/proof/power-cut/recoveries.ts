import { mkdirSync, openSync, closeSync, readSync, rmSync, fstatSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Book } from '../../../electron/station/book/book.ts'
import type { Random } from '../../fixtures/random.ts'
import { mealFor, seededIds } from '../lunch.ts'
import { teller, type Deed, type Story } from '../story.ts'
import { handClock, openTill, payIn, setUpTill } from '../till.ts'
import { RecordedDisk, type DiskImage } from './disk.ts'
import { readRecords, TELLING_DESCRIPTOR, type DiskRecord } from './recording.ts'

/** Puts the files of an image into an emptied folder. */
export function layOut(image: DiskImage, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of image) writeFileSync(join(folder, name), bytes)
}

/** The recorder that this process runs under: its folder and its growing log. */
export interface OwnRecorder {
  readonly folder: string
  readonly log: string
}

/** A folder after a cut, with what the world knows of it. */
export interface AfterCut {
  readonly image: DiskImage
  readonly story: Story
}

const tell = teller(TELLING_DESCRIPTOR)

function told(deed: Deed, act: () => string): void {
  tell({ begins: deed })
  tell({ done: deed.kind, result: act() })
}

/** What a station does after a power cut: opens, finishes what was open, serves a guest, and rests. */
function recover(folder: string, story: Story, round: number, random: Random): void {
  const clock = handClock(Date.UTC(2040, 3, 1 + round, 4))
  const opened: { book: Book | null } = { book: null }
  told({ kind: 'open' }, () => {
    opened.book = openTill({ folder, random: random.fork('till'), clock })
    return 'ok'
  })
  const { book } = opened
  if (book === null) throw new Error('nothing was opened')
  const settle = (deed: Extract<Deed, { kind: 'sale' }>): void =>
    told(deed, () => {
      const outcome = book.settle(deed.draft)
      return outcome.kind === 'refused' ? outcome.reason : outcome.kind
    })
  if (!story.setUp) told({ kind: 'set-up' }, () => (setUpTill(book), 'ok'))
  for (const deed of story.unanswered) {
    if (deed.kind === 'sale') settle(deed)
    else told(deed, () => (payIn(book, deed.topUp), 'appended'))
  }
  const saleId = seededIds(random.fork('recovery'), () => clock.nowMs()).next()
  const businessDate = new Date(clock.nowMs()).toISOString().slice(0, 10)
  settle({
    kind: 'sale',
    draft: mealFor({ saleId, memberNumber: null, businessDate, mealPeriod: 'lunch' }, random),
  })
  if (random.chance(0.5)) told({ kind: 'checkpoint' }, () => (book.checkpoint(), 'ok'))
  told({ kind: 'close' }, () => (book.close(), 'ok'))
}

const ROUNDS = 5

/**
 * Lets the recovery from a power cut be cut by the next one, five times in a row (scenario 13): each round opens what the
 * last one left, and the power fails somewhere on the way.
 *
 * @throws what the book throws when it does not open: the caller reports it.
 */
export function cutRecoveries(first: AfterCut, recorder: OwnRecorder, random: Random): AfterCut {
  let { image, story } = first
  for (let round = 0; round < ROUNDS; round += 1) {
    const chance = random.fork(`round-${round}`)
    layOut(image, recorder.folder)
    const records = recordsDuring(recorder.log, () => recover(recorder.folder, story, round, chance))
    const disk = new RecordedDisk(image)
    story = story.continued()
    for (const record of records.slice(0, chance.integer(0, records.length))) {
      disk.apply(record)
      if (record.kind === 'told') story.hear(record.text)
    }
    image = disk.afterCut(chance)
  }
  return { image, story }
}

function recordsDuring(log: string, act: () => void): DiskRecord[] {
  const descriptor = openSync(log, 'r')
  try {
    const start = fstatSync(descriptor).size
    act()
    const bytes = Buffer.alloc(fstatSync(descriptor).size - start)
    readSync(descriptor, bytes, 0, bytes.length, start)
    return readRecords(bytes)
  } finally {
    closeSync(descriptor)
  }
}
