import type { HealthItem, HealthLight, HealthPage } from '../../../shared/contract/health.ts'
import type { SyncTrouble } from '../../../shared/contract/sync.ts'
import { daysBetween } from '../../../shared/domain/calendar.ts'
import type { HealthCode } from '../../../shared/domain/health-codes.ts'
import type { ScaleState } from '../../../shared/domain/scale.ts'
import type { Finding } from '../book/verifier.ts'
import { bayLines } from './bay-lines.ts'
import type { HealthFacts } from './facts.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MIB = 1024 * 1024

/** A night and a half: one missed night is not told before the next one had its chance. */
const OLD_MS = 36 * HOUR_MS
const VERY_OLD_MS = 7 * DAY_MS
const LOW_BYTES = 1024 * MIB
const VERY_LOW_BYTES = 200 * MIB
/** How long it is told that the server gave back what the book had lost. */
const FETCHED_TOLD_MS = 3 * DAY_MS

type Line = (facts: HealthFacts) => readonly HealthItem[]

const RANK: Readonly<Record<HealthLight, number>> = { good: 0, attention: 1, bad: 2 }

/** How everything is, in one page: a line for each subject, more where more is wrong. Pure. */
export function healthPage(facts: HealthFacts): HealthPage {
  const items = LINES.flatMap((line) => line(facts))
  const light = items.reduce<HealthLight>(
    (worst, item) => (RANK[item.light] > RANK[worst] ? item.light : worst),
    'good',
  )
  return { atMs: facts.nowMs, light, items, version: facts.version, stationId: facts.stationId }
}

const itemsOf =
  (subject: HealthItem['subject']) =>
  (light: HealthLight, code: HealthCode, values: HealthItem['values'] = {}): HealthItem => ({
    subject,
    light,
    code,
    values,
  })

const NEEDS_A_LOOK: ReadonlySet<ScaleState> = new Set([
  'negative',
  'not-zeroed',
  'overload',
  'underload',
  'tared',
])

const scale: Line = ({ scale: facts, businessDate }) => {
  const item = itemsOf('scale')
  if (facts === null) return [item('good', 'scale-none')]
  const { verifiedUntil, state, lock, advice } = facts
  if (lock === 'scale-verification-expired')
    return [item('bad', 'scale-verification-over', { verifiedUntil })]
  if (state === 'disconnected') return [item('bad', 'scale-disconnected')]
  if (state === 'stale') return [item('bad', 'scale-silent')]
  const lines: HealthItem[] = []
  if (state !== null && NEEDS_A_LOOK.has(state)) lines.push(item('attention', 'scale-needs-a-look'))
  if (lock === 'scale-check-failed') lines.push(item('bad', lock))
  if (lock === 'scale-check-due') lines.push(item('attention', 'scale-check-required'))
  const values = { verifiedUntil, days: daysBetween(businessDate, verifiedUntil) }
  for (const each of advice) {
    const aboutCertificate = each === 'verification-soon' || each === 'verification-expired'
    const light = each === 'verification-expired' ? 'bad' : 'attention'
    lines.push(item(light, `scale-${each}`, aboutCertificate ? values : {}))
  }
  return lines.length > 0 ? lines : [item('good', 'scale-good', { verifiedUntil })]
}

const reader: Line = ({ reader: facts, idReader }) => {
  const item = itemsOf('reader')
  const ofCards =
    facts === null
      ? item('good', 'reader-none')
      : facts.connected
        ? item('good', 'reader-good')
        : item('bad', 'reader-disconnected')
  if (idReader === null) return [ofCards]
  // Registering goes on by hand: nothing here is worse than a look.
  return [
    ofCards,
    idReader.connected ? item('good', 'id-reader-good') : item('attention', 'id-reader-disconnected'),
  ]
}

/** Selling goes on: nobody knows which of two is the copy, and what it can cost is bounded. */
const cards: Line = ({ cardsSeenTwice }) =>
  cardsSeenTwice === 0 ? [] : [itemsOf('cards')('attention', 'cards-seen-twice', { count: cardsSeenTwice })]

/** Selling never waits for it: nothing here is worse than a look. */
const printer: Line = ({ printer: facts }) => {
  const item = itemsOf('printer')
  if (facts === null) return []
  const { connected, trouble, waiting, letGo } = facts
  const lost = letGo > 0 ? [item('attention', 'printer-let-go', { letGo })] : []
  if (!connected || trouble === 'unplugged')
    return [item('attention', 'printer-unplugged', { waiting }), ...lost]
  if (trouble === 'silent' || trouble === 'no-paper')
    return [item('attention', `printer-${trouble}`, { waiting }), ...lost]
  return lost.length > 0 ? lost : [item('good', 'printer-good')]
}

const disk: Line = ({ freeBytes }) => {
  const item = itemsOf('disk')
  if (freeBytes === null) return [item('attention', 'disk-unknown')]
  const freeMb = Math.floor(freeBytes / MIB)
  if (freeBytes < VERY_LOW_BYTES) return [item('bad', 'disk-very-low', { freeMb })]
  if (freeBytes < LOW_BYTES) return [item('attention', 'disk-low', { freeMb: roundedDown(freeMb, 10) })]
  return [item('good', 'disk-good', { freeMb: roundedDown(freeMb, 500) })]
}

const backup: Line = ({ backup: facts, nowMs, trial }) => {
  const item = itemsOf('backup')
  const lines: HealthItem[] = []
  if (facts.trouble === 'not-verified') lines.push(item('bad', 'backup-not-verified'))
  else if (facts.trouble !== null) lines.push(item('attention', `backup-${facts.trouble}`))
  if (facts.newestMs === null) lines.push(item('attention', 'backup-none'))
  else {
    const ageMs = Math.max(0, nowMs - facts.newestMs)
    if (ageMs > VERY_OLD_MS) lines.push(item('bad', 'backup-very-old', { days: wholeDays(ageMs) }))
    else if (ageMs > OLD_MS) lines.push(item('attention', 'backup-old', { hours: wholeHours(ageMs) }))
    else if (lines.length === 0) lines.push(item('good', 'backup-good', { hours: wholeHours(ageMs) }))
  }
  // A trial's book is worth nothing, and its newcomer has no stick at hand.
  if (facts.sameDisk && !trial) lines.push(item('attention', 'backup-same-disk'))
  return lines
}

/** What a person has to see to; the others pass by themselves, and their age tells when they do not. */
const SYNC_LIGHT: Readonly<Record<Exclude<SyncTrouble, 'book-unavailable'>, HealthLight>> = {
  unreachable: 'attention',
  'server-busy': 'attention',
  'damaged-answer': 'attention',
  'not-accepted': 'bad',
  version: 'bad',
  'book-behind-server': 'bad',
  fork: 'bad',
}

const sync: Line = ({ sync: facts, nowMs, trial }) => {
  const item = itemsOf('sync')
  const { trouble, lastSuccessMs, waiting, fetched } = facts
  if (!facts.enrolled) return [trial ? item('good', 'sync-trial') : item('attention', 'sync-not-enrolled')]
  const lines: HealthItem[] = []
  if (trouble !== null && trouble !== 'book-unavailable')
    lines.push(item(SYNC_LIGHT[trouble], `sync-${trouble}`))
  if (fetched !== null && nowMs - fetched.atMs < FETCHED_TOLD_MS)
    lines.push(item('attention', 'sync-fetched', { entries: fetched.entries }))
  if (lastSuccessMs === null) return lines.length > 0 ? lines : [item('good', 'sync-never')]
  const ageMs = Math.max(0, nowMs - lastSuccessMs)
  if (ageMs > VERY_OLD_MS) lines.push(item('bad', 'sync-very-old', { days: wholeDays(ageMs) }))
  else if (ageMs > OLD_MS) lines.push(item('attention', 'sync-old', { hours: wholeHours(ageMs) }))
  else if (lines.length === 0) lines.push(item('good', 'sync-good', { hours: wholeHours(ageMs), waiting }))
  return lines
}

const clock: Line = ({ clock: { state, newestEntryMs }, nowMs }) => {
  const item = itemsOf('clock')
  if (state === 'to-confirm') return [item('bad', 'clock-to-confirm')]
  if (state === 'ok') return [item('good', 'clock-good')]
  return [item('attention', 'clock-behind', { minutes: Math.ceil((newestEntryMs - nowMs) / 60_000) })]
}

const book: Line = ({ book: { state, entries, waiting, audit } }) => {
  const item = itemsOf('book')
  const lines: HealthItem[] = []
  if (state !== 'open') lines.push(item('bad', `book-${state}`))
  if (audit !== null && audit.count > 0 && audit.first !== null) {
    const { rule } = audit.first
    lines.push(item('bad', 'book-findings', { count: audit.count, rule, where: whereOf(audit.first) }))
  }
  // Of what does not verify, the checks say the same once more.
  const failed = audit?.count === 0 ? audit.checks.filter(({ count }) => count > 0) : []
  if (failed.length > 0) lines.push(item('bad', 'book-checks-failed', { count: failed.length }))
  if (waiting > 0) lines.push(item('attention', 'book-entries-waiting', { count: waiting }))
  return lines.length > 0
    ? lines
    : [item('good', 'book-good', { entries: roundedDown(entries, entries < 100 ? 1 : 100) })]
}

const calendar: Line = ({ calendarKnown, businessDate }) => {
  const item = itemsOf('calendar')
  if (calendarKnown) return [item('good', 'calendar-good')]
  return [item('attention', 'calendar-missing', { year: businessDate.slice(0, 4) })]
}

const day: Line = ({ unclosedDate }) => {
  const item = itemsOf('day')
  if (unclosedDate === null) return [item('good', 'day-good')]
  return [item('attention', 'day-not-closed', { date: unclosedDate })]
}

const LINES: readonly Line[] = [
  scale,
  reader,
  cards,
  bayLines,
  printer,
  disk,
  backup,
  sync,
  clock,
  book,
  calendar,
  day,
]

/** An entry or a row, as support will ask for it; no more of it, for a row may name a member. */
function whereOf({ origin, seq, table, key, message }: Finding): string {
  if (origin !== undefined && seq !== undefined) return `${origin}/${seq}`
  if (table !== undefined) return key === undefined ? table : `${table} ${key}`
  return message
}

const wholeHours = (ms: number): number => Math.floor(ms / HOUR_MS)
const wholeDays = (ms: number): number => Math.floor(ms / DAY_MS)

/** So that the page is not drawn anew for each block that is written. */
const roundedDown = (value: number, to: number): number => Math.floor(value / to) * to
