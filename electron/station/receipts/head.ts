import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { MealPeriod } from '../../../shared/domain/menu.ts'
import type { Book, BookFile } from '../book/book.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { shownName } from '../book/members.ts'
import type { StationConfig } from '../deps.ts'
import { Paper } from './paper.ts'

export interface ReceiptDeps {
  readonly book: Book
  readonly config: Pick<StationConfig, 'canteen' | 'namesOnScreen' | 'printer'>
  readonly trial: boolean
}

export const MEAL_WORDS: { readonly [Period in MealPeriod]: string } = {
  breakfast: '早餐',
  lunch: '午餐',
  dinner: '晚餐',
}

/** How much of an entry's hash people compare. */
const HASH_TAIL = 12

/** The date and time of a moment on the canteen's clocks: 2026-11-03 12:05. */
export function clockText(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return parts.format(atMs)
}

/** Every receipt begins alike: who gives it, what it is, when and where it happened. */
export function headed(deps: ReceiptDeps, title: string, entry: Pick<StoredEntry, 'at' | 'origin'>): Paper {
  const { canteen } = deps.config
  const paper = new Paper(title, deps.config.printer?.widthColumns).heading(canteen.name).middle(title)
  if (deps.trial) paper.middle('试用，不作凭证')
  return paper
    .rule()
    .row('时间', clockText(Date.parse(entry.at), canteen.timeZone))
    .row('窗口', stationOf(entry.origin))
}

/** And ends alike: where in the book it stands. */
export const footed = (paper: Paper, entry: Pick<StoredEntry, 'seq' | 'hash'>): Paper =>
  paper.rule().row('凭证', `${entry.seq} ${entry.hash.slice(-HASH_TAIL)}`)

/** The name as the canteen shows it in public; somebody who was erased has none. */
export function nameOf({ config }: ReceiptDeps, file: BookFile, memberId: string): string {
  const person = file.persons.get(memberId)
  return person === null ? '（已注销）' : shownName(person, config.namesOnScreen)
}
