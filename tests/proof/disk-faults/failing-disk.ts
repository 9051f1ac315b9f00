/**
 * One disk that fails as disks do, on a small file system of its own. Started inside a mount namespace, so that nothing
 * stays mounted: `unshare --mount node failing-disk.ts ARM FOLDER`. Prints what was seen as one JSON line.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BookError, type Book } from '../../../electron/station/book/book.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { examine } from '../examine.ts'
import { cardUidOf, mealFor, memberIdOf, seededIds, sittings } from '../lunch.ts'
import { Story } from '../story.ts'
import { handClock, openTill, payIn, setUpTill } from '../till.ts'
import type { FailingDiskFigures, FailingDiskArm } from './failing-disk-figures.ts'

const [arm, mountPoint] = process.argv.slice(2) as [FailingDiskArm, string]
const folder = join(mountPoint, 'book')
const random = seededRandom(arm)
const clock = handClock()
const ids = seededIds(random.fork('sales'), () => clock.nowMs())
const meals = sittings(random.fork('meals'), 0)
const story = new Story()

const mount = (...args: readonly string[]): void => {
  execFileSync('mount', [...args, mountPoint], { stdio: ['ignore', 'ignore', 'inherit'] })
}
const open = (): Book => openTill({ folder, random: random.fork('till'), clock })

/** Guests pay cash: only the disk can refuse them. */
function sell(book: Book): string {
  const { atMs, seat } = meals.next().value
  clock.set(atMs)
  const draft = mealFor({ ...seat, memberNumber: null, saleId: ids.next() }, random)
  story.note({ begins: { kind: 'sale', draft } })
  const outcome = book.settle(draft)
  const result = outcome.kind === 'refused' ? outcome.reason : outcome.kind
  story.note({ done: 'sale', result })
  return result
}

function topUp(book: Book): string {
  const paid = { topUpId: ids.next(), memberId: memberIdOf(0), amountFen: 100 }
  story.note({ begins: { kind: 'top-up', topUp: paid } })
  const result = codeOf(() => payIn(book, paid)) ?? 'appended'
  story.note({ done: 'top-up', result })
  return result
}

/** The code of the BookError that an act ends with, or null. */
function codeOf(act: () => void): string | null {
  try {
    act()
    return null
  } catch (error) {
    if (!(error instanceof BookError)) throw error
    return error.code
  }
}

const several = (act: () => string, count = 5): string[] => Array.from({ length: count }, act)

/** What the book says of itself: nothing of it may move while the disk refuses. */
function standing(book: Book): string {
  const { entries, headHash } = book.health()
  const known = book.lookUpCard(cardUidOf(5), '2026-03-02')
  return JSON.stringify({ entries, headHash, known })
}

/** All files of the folder in one figure. */
function filesDigest(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).toSorted())
    hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

function made(): Book {
  const book = open()
  story.note({ begins: { kind: 'set-up' } })
  setUpTill(book)
  story.note({ done: 'set-up', result: 'ok' })
  return book
}

/** Fills the disk to the last byte. */
function fill(): void {
  const block = Buffer.alloc(16_384, 1)
  for (let size = block.length; size >= 1; size = Math.floor(size / 2))
    for (let full = false; !full;)
      try {
        writeFileSync(join(mountPoint, 'ballast'), block.subarray(0, size), { flag: 'a' })
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error
        full = true
      }
}

function fullDisk(): Omit<FailingDiskFigures, 'finding'> {
  mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs')
  const book = made()
  const before = several(() => sell(book))
  const standingBefore = standing(book)
  fill()
  const during = several(() => sell(book))
  const unchanged = standing(book) === standingBefore
  // Cash that is already in the drawer finds room in the reserve.
  const fromReserve = topUp(book)
  during.push(...several(() => sell(book)))
  book.close()
  // A station that starts on a full disk shows what it knows and sells nothing.
  const again = open()
  during.push(...several(() => sell(again)))
  rmSync(join(mountPoint, 'ballast'))
  const after = several(() => sell(again))
  again.close()
  return { before, during, unchanged, fromReserve, after }
}

/** Closed, made unwritable, started, made writable, started. */
function unwritable(forbid: () => void, allow: () => void): Omit<FailingDiskFigures, 'finding'> {
  const book = made()
  const before = several(() => sell(book))
  book.close()
  forbid()
  const digest = filesDigest()
  const during = several(() => codeOf(() => open().close()) ?? 'opened', 2)
  const unchanged = filesDigest() === digest
  allow()
  const again = open()
  const after = several(() => sell(again))
  again.close()
  return { before, during, unchanged, fromReserve: null, after }
}

/** Root may write anywhere: this arm runs as nobody. */
function withoutPermission(): Omit<FailingDiskFigures, 'finding'> {
  if (process.getuid?.() === 0) {
    chmodSync(mountPoint, 0o777)
    process.setgid?.(65_534)
    process.setuid?.(65_534)
  }
  mkdirSync(folder, { recursive: true })
  const each = (mode: number): void => {
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), mode)
  }
  return unwritable(
    () => {
      each(0o400)
      chmodSync(folder, 0o500)
    },
    () => {
      chmodSync(folder, 0o700)
      each(0o600)
    },
  )
}

function figuresOf(): Omit<FailingDiskFigures, 'finding'> {
  switch (arm) {
    case 'full':
      return fullDisk()
    case 'read-only':
      mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs')
      return unwritable(
        () => mount('-o', 'remount,bind,ro'),
        () => mount('-o', 'remount,bind,rw'),
      )
    case 'no-permission':
      return withoutPermission()
  }
}

const figures = figuresOf()
const finding = examine({ folder, story, random: random.fork('examination') })
console.log(JSON.stringify({ ...figures, finding }))
