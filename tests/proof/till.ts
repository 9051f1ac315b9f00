import { join } from 'node:path'
import { businessDateOf } from '../../shared/domain/business-day.ts'
import { fen } from '../../shared/domain/units.ts'
import { openBook, type Book, type BookOptions } from '../../electron/station/book/book.ts'
import { openDatabase } from '../../electron/station/book/connection.ts'
import type { Clock, Log } from '../../electron/station/deps.ts'
import type { Random } from '../fixtures/random.ts'
import { cardUidOf, LUNCH_PACK, MEMBER_COUNT, memberIdOf, seededIds } from './lunch.ts'
import type { TopUp } from './story.ts'

/** How a seller's connections flush: FULL as in the product, NORMAL as the control that must lose sales. */
export type Flushing = 'FULL' | 'NORMAL'

/** A clock that stands where it was put. */
export interface HandClock extends Clock {
  set(atMs: number): void
}

/** 2026-03-01 in China: the day before the first meal. */
const SET_UP_AT_MS = Date.UTC(2026, 2, 1, 2)

export function handClock(atMs = SET_UP_AT_MS): HandClock {
  let nowMs = atMs
  return {
    nowMs: () => nowMs,
    set(ms) {
      nowMs = ms
    },
  }
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

const flushingNormally = (path: string): ReturnType<typeof openDatabase> => {
  const db = openDatabase(path)
  db.pragma('synchronous = NORMAL')
  return db
}

export interface TillOptions {
  readonly folder: string
  readonly random: Random
  readonly clock: Clock
  readonly flushing?: Flushing
  readonly migrationsFolder?: string
  /** Of a station's own folder; the same for all proofs unless given. */
  readonly personKey?: Uint8Array
}

/** The file in a data folder that holds the book. */
export const bookFileOf = (folder: string): string => join(folder, 'book.sqlite')

/** As little as shows what a reserve does; a station lays by more. */
const RESERVE_BYTES = 65_536

/** The station of every proof. */
export const ORIGIN_ID = 'kiosk-proof'

/** The real book of a folder, opened as a station would. @throws BookError. */
export function openTill({
  folder,
  random,
  clock,
  flushing,
  migrationsFolder,
  personKey,
}: TillOptions): Book {
  const options: BookOptions = {
    folder,
    originId: ORIGIN_ID,
    clock,
    ids: seededIds(random.fork('entries'), () => clock.nowMs()),
    personKey: personKey ?? new Uint8Array(32).fill(7),
    log: silent,
    reserveBytes: RESERVE_BYTES,
    businessDateAt: (atMs) => businessDateOf(atMs, 'Asia/Shanghai', 4),
    ...(flushing === 'NORMAL' ? { openDatabase: flushingNormally } : {}),
    ...(migrationsFolder === undefined ? {} : { migrationsFolder }),
  }
  return openBook(options)
}

/** Members, cards and first balances. May be repeated after it was cut off in the middle: nothing is counted twice. */
export function setUpTill(book: Book): void {
  book.append({ kind: 'policy.published', body: { pack: LUNCH_PACK } }, 'proof')
  for (let number = 0; number < MEMBER_COUNT; number += 1) {
    const memberId = memberIdOf(number)
    const facts = {
      memberId,
      bornOn: `${1965 - number}-01-01`,
      categories: [],
      householdArea: '44/4401/440106',
      residenceArea: '44/4401/440106',
    }
    book.registerMember({ fullName: `林${number}`, formOfAddress: '林依姆' }, facts, 'proof')
    book.issueCard(cardUidOf(number), memberId, 'proof')
    // A few are poor, so that some meals are refused.
    payIn(
      book,
      { topUpId: `opening-${memberId}`, memberId, amountFen: number < 4 ? 900 : 3000 + number * 300 },
      'opening',
    )
  }
}

/** Cash on a wallet, or at the set-up what was on it before. */
export function payIn(book: Book, topUp: TopUp, source: 'cash' | 'opening' = 'cash'): void {
  book.topUp({ ...topUp, amountFen: fen(topUp.amountFen), source }, 'proof')
}
