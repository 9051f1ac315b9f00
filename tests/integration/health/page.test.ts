import { describe, expect, test } from 'vitest'
import type { HealthFacts } from '../../../electron/station/health/facts.ts'
import { healthPage } from '../../../electron/station/health/page.ts'
import type { BackupTrouble } from '../../../shared/contract/backups.ts'
import type { HealthLight } from '../../../shared/contract/health.ts'
import {
  scaleAdvice,
  USUAL_POLICY,
  weighingLock,
  type LatestCheck,
  type MetrologyPolicy,
} from '../../../shared/domain/metrology/standing.ts'
import { HEALTH_CODES } from '../../../shared/domain/health-codes.ts'

const NOW_MS = Date.parse('2026-11-03T12:00:00+08:00')
const HOUR_MS = 3_600_000
const GIB = 1024 ** 3

const SOUND: HealthFacts = {
  nowMs: NOW_MS,
  stationId: 'kiosk-1',
  version: '0.2.0',
  trial: false,
  businessDate: '2026-11-03',
  scale: { state: 'ok', verifiedUntil: '2027-06-30', lock: null, advice: [] },
  reader: { connected: true },
  idReader: null,
  bays: null,
  printer: { connected: true, trouble: null, waiting: 0, letGo: 0, drawerKey: false },
  freeBytes: 50 * GIB,
  backup: { newestMs: NOW_MS - 14 * HOUR_MS, sameDisk: false, trouble: null },
  sync: { enrolled: true, lastSuccessMs: NOW_MS - 14 * HOUR_MS, waiting: 120, trouble: null, fetched: null },
  clock: { state: 'ok', newestEntryMs: NOW_MS - 60_000 },
  book: { state: 'open', entries: 12_345, waiting: 0, audit: { count: 0, first: null, checks: [] } },
  calendarKnown: true,
  unclosedDate: null,
  cardsSeenTwice: 0,
}

const codesSeen = new Set<string>()

/** The lines about a subject when some facts are otherwise. */
function lines(subject: string, change: Partial<HealthFacts>): readonly string[] {
  const page = healthPage({ ...SOUND, ...change })
  for (const { code } of page.items) codesSeen.add(code)
  return page.items
    .filter((item) => item.subject === subject)
    .map(({ light, code, values }) => [light, code, ...Object.values(values)].join(' '))
}

type Case = readonly [expected: readonly string[], change: Partial<HealthFacts>]

/** What a scale is to be told of follows from the rules, and not from this table. */
function scale(
  state: NonNullable<HealthFacts['scale']>['state'],
  verifiedUntil = '2027-06-30',
  change: Partial<MetrologyPolicy> = {},
  latest: LatestCheck | null = null,
): Partial<HealthFacts> {
  const policy: MetrologyPolicy = { ...USUAL_POLICY, openingCheck: 'off', ...change }
  const day = { profile: { verifiedUntil }, policy, latest, businessDate: SOUND.businessDate }
  return { scale: { state, verifiedUntil, lock: weighingLock(day), advice: scaleAdvice(day) } }
}
const FAILED: LatestCheck = {
  checkId: 'c-1',
  businessDate: '2026-11-03',
  verdict: 'failed',
  releasedOn: null,
}
const printer = (change: Partial<NonNullable<HealthFacts['printer']>>) => ({
  printer: { connected: true, trouble: null, waiting: 3, letGo: 0, drawerKey: false, ...change },
})
const bay = {
  bayId: 'b1',
  state: 'ok',
  readerConnected: true,
  verifiedUntil: '2027-06-30',
  lock: null,
  advice: [],
} as const
type Bays = NonNullable<HealthFacts['bays']>
const NO_TRAYS: Bays['trays'] = { open: 0, stopped: 0, oldestLastAtMs: null }
const bays = (change: Partial<Bays['stations'][number]>, more: Partial<Bays> = {}) => ({
  bays: { stations: [{ ...bay, ...change }], exitReaderConnected: true, trays: NO_TRAYS, ...more },
})
const backup = (change: Partial<HealthFacts['backup']>) => ({ backup: { ...SOUND.backup, ...change } })
const sync = (change: Partial<HealthFacts['sync']>) => ({ sync: { ...SOUND.sync, ...change } })
const book = (change: Partial<HealthFacts['book']>) => ({ book: { ...SOUND.book, ...change } })
const aged = (hours: number) => NOW_MS - hours * HOUR_MS

const CASES: Readonly<Record<string, readonly Case[]>> = {
  bays: [
    [[], { bays: null }],
    [['good bay-good b1 2027-06-30'], bays({})],
    [['good bay-good b1 2027-06-30'], bays({ state: 'negative' })],
    [['bad bay-scale-away b1'], bays({ state: 'disconnected' })],
    [['bad bay-scale-away b1', 'bad bay-reader-away b1'], bays({ state: null, readerConnected: false })],
    [['attention bay-scale-needs-a-look b1'], bays({ state: 'overload' })],
    [['bad bay-verification-over b1 2027-06-30'], bays({ lock: 'scale-verification-expired' })],
    [['bad bay-check-failed b1 2027-06-30'], bays({ lock: 'scale-check-failed' })],
    [['attention bay-check-required b1 2027-06-30'], bays({ lock: 'scale-check-due' })],
    [
      ['bad bay-verification-expired b1 2027-06-30', 'attention bay-check-released b1 2027-06-30'],
      bays({ advice: ['verification-expired', 'check-released'] }),
    ],
    [
      ['attention bay-check-due b1 2027-06-30', 'attention bay-verification-soon b1 2027-06-30'],
      bays({ advice: ['check-due', 'verification-soon'] }),
    ],
    [
      ['good bay-good b1 2027-06-30', 'bad exit-reader-away', 'good trays-open 2 12'],
      bays(
        {},
        {
          exitReaderConnected: false,
          trays: { open: 2, stopped: 0, oldestLastAtMs: NOW_MS - 12 * 60_000 },
        },
      ),
    ],
    [
      ['good bay-good b1 2027-06-30', 'attention trays-stopped 1 40'],
      bays({}, { trays: { open: 3, stopped: 1, oldestLastAtMs: NOW_MS - 40 * 60_000 } }),
    ],
  ],
  printer: [
    [['good printer-good'], printer({})],
    [[], { printer: null }],
    [['attention printer-unplugged 3'], printer({ connected: false })],
    [['attention printer-silent 3'], printer({ trouble: 'silent' })],
    [['attention printer-no-paper 3'], printer({ trouble: 'no-paper' })],
    [['attention printer-let-go 7'], printer({ letGo: 7 })],
    [
      ['attention printer-no-paper 3', 'attention printer-let-go 7'],
      printer({ trouble: 'no-paper', letGo: 7 }),
    ],
  ],
  scale: [
    [['good scale-good 2027-06-30'], {}],
    [['good scale-good 2027-06-30'], scale('unstable')],
    [['good scale-none'], { scale: null }],
    [['bad scale-disconnected'], scale('disconnected')],
    [['bad scale-silent'], scale('stale')],
    [['attention scale-needs-a-look'], scale('negative')],
    [['attention scale-needs-a-look'], scale('overload')],
    [['attention scale-verification-soon 2026-12-03 30'], scale('ok', '2026-12-03')],
    [['good scale-good 2026-12-04'], scale('ok', '2026-12-04')],
    [['attention scale-verification-soon 2026-11-03 0'], scale('ok', '2026-11-03')],
    [['bad scale-verification-over 2026-11-02'], scale('ok', '2026-11-02')],
    [
      ['attention scale-needs-a-look', 'attention scale-verification-soon 2026-11-10 7'],
      scale('not-zeroed', '2026-11-10'),
    ],
    [
      ['bad scale-verification-expired 2026-11-02 -1'],
      scale('ok', '2026-11-02', { expiredVerification: 'warn' }),
    ],
    [['attention scale-check-due'], scale('ok', undefined, { openingCheck: 'advised' })],
    [['attention scale-check-required'], scale('ok', undefined, { openingCheck: 'required' })],
    [['bad scale-check-failed'], scale('ok', undefined, {}, FAILED)],
    [
      ['attention scale-check-released', 'attention scale-verification-soon 2026-11-04 1'],
      scale('ok', '2026-11-04', {}, { ...FAILED, releasedOn: '2026-11-03' }),
    ],
  ],
  reader: [
    [['good reader-good'], {}],
    [['good reader-none'], { reader: null }],
    [['bad reader-disconnected'], { reader: { connected: false } }],
    [['good reader-good', 'good id-reader-good'], { idReader: { connected: true } }],
    [['good reader-good', 'attention id-reader-disconnected'], { idReader: { connected: false } }],
  ],
  disk: [
    [['good disk-good 51000'], {}],
    [['good disk-good 1000'], { freeBytes: GIB }],
    [['attention disk-low 1020'], { freeBytes: GIB - 1 }],
    [['attention disk-low 200'], { freeBytes: 200 * 1024 ** 2 }],
    [['bad disk-very-low 199'], { freeBytes: 200 * 1024 ** 2 - 1 }],
    [['attention disk-unknown'], { freeBytes: null }],
  ],
  backup: [
    [['good backup-good 14'], {}],
    [['good backup-good 36'], backup({ newestMs: aged(36) })],
    [['attention backup-old 37'], backup({ newestMs: aged(37) })],
    [['attention backup-old 168'], backup({ newestMs: aged(168) })],
    [['bad backup-very-old 7'], backup({ newestMs: aged(169) })],
    [['attention backup-none'], backup({ newestMs: null })],
    [['good backup-good 0'], backup({ newestMs: NOW_MS + HOUR_MS })],
    [['good backup-good 14', 'attention backup-same-disk'], backup({ sameDisk: true })],
    [['good backup-good 14'], { ...backup({ sameDisk: true }), trial: true }],
    [['bad backup-not-verified'], backup({ trouble: 'not-verified' })],
    ...(['no-place', 'no-room', 'failed'] satisfies BackupTrouble[]).map((trouble): Case => [
      [`attention backup-${trouble}`],
      backup({ trouble }),
    ]),
    [
      ['attention backup-no-place', 'bad backup-very-old 9'],
      backup({ trouble: 'no-place', newestMs: aged(220) }),
    ],
  ],
  sync: [
    [['good sync-good 14 120'], {}],
    [['attention sync-old 40'], sync({ lastSuccessMs: aged(40) })],
    [['bad sync-very-old 8'], sync({ lastSuccessMs: aged(200) })],
    [['good sync-never'], sync({ lastSuccessMs: null })],
    [['attention sync-not-enrolled'], sync({ enrolled: false })],
    [['good sync-trial'], { ...sync({ enrolled: false }), trial: true }],
    [['attention sync-unreachable'], sync({ trouble: 'unreachable' })],
    [['attention sync-server-busy'], sync({ trouble: 'server-busy' })],
    [['attention sync-damaged-answer'], sync({ trouble: 'damaged-answer' })],
    [['bad sync-not-accepted'], sync({ trouble: 'not-accepted' })],
    [['bad sync-version'], sync({ trouble: 'version' })],
    [['bad sync-book-behind-server'], sync({ trouble: 'book-behind-server' })],
    [['bad sync-fork'], sync({ trouble: 'fork' })],
    [['good sync-good 14 120'], sync({ trouble: 'book-unavailable' })],
    [['attention sync-fetched 12'], sync({ fetched: { entries: 12, atMs: aged(20) } })],
    [['good sync-good 14 120'], sync({ fetched: { entries: 12, atMs: aged(80) } })],
    [
      ['attention sync-unreachable', 'bad sync-very-old 10'],
      sync({ trouble: 'unreachable', lastSuccessMs: aged(250) }),
    ],
  ],
  clock: [
    [['good clock-good'], {}],
    [['attention clock-behind 5'], { clock: { state: 'behind', newestEntryMs: NOW_MS + 270_000 } }],
    [['bad clock-to-confirm'], { clock: { state: 'to-confirm', newestEntryMs: NOW_MS } }],
  ],
  book: [
    [['good book-good 12300'], {}],
    [['good book-good 12300'], book({ audit: null })],
    [['bad book-reopening'], book({ state: 'reopening' })],
    [['bad book-read-only'], book({ state: 'read-only' })],
    [['bad book-disk-full'], book({ state: 'disk-full' })],
    [['bad book-unavailable'], book({ state: 'unavailable' })],
    [['attention book-entries-waiting 3'], book({ waiting: 3 })],
    [
      ['bad book-findings 2 LG-19 kiosk-1/77'],
      book({
        audit: {
          count: 2,
          first: { rule: 'LG-19', message: 'differs', origin: 'kiosk-1', seq: 77 },
          checks: [],
        },
      }),
    ],
    [
      ['bad book-findings 1 LG-8 balances member:m-1:cash'],
      book({
        audit: {
          count: 1,
          first: { rule: 'LG-8', message: 'x', table: 'balances', key: 'member:m-1:cash' },
          checks: [],
        },
      }),
    ],
    [
      ['bad book-checks-failed 1'],
      book({
        audit: {
          count: 0,
          first: null,
          checks: [
            { id: 'drawer', count: 3 },
            { id: 'chain', count: 0 },
          ],
        },
      }),
    ],
    [
      ['bad book-findings 1 LG-8 integrity: page 7'],
      book({ audit: { count: 1, first: { rule: 'LG-8', message: 'integrity: page 7' }, checks: [] } }),
    ],
  ],
  calendar: [
    [['good calendar-good'], {}],
    [['attention calendar-missing 2026'], { calendarKnown: false }],
  ],
  cards: [
    [[], {}],
    [['attention cards-seen-twice 2'], { cardsSeenTwice: 2 }],
  ],
  day: [
    [['good day-good'], {}],
    [['attention day-not-closed 2026-11-02'], { unclosedDate: '2026-11-02' }],
  ],
}

describe('ST-9 each line of the health page follows from the facts', () => {
  for (const [subject, cases] of Object.entries(CASES))
    test.each(cases)(`${subject}: %j`, (expected, change) => {
      expect(lines(subject, change)).toEqual(expected)
    })

  test('every line that has words can be said', () => {
    expect([...codesSeen].toSorted()).toEqual(Object.keys(HEALTH_CODES).toSorted())
  })
})

test('ST-9 the page’s light is its worst line’s, and every gap of its words is filled', () => {
  expect(healthPage(SOUND).light).toBe('good')
  const lightOf = (change: Partial<HealthFacts>): HealthLight => healthPage({ ...SOUND, ...change }).light
  expect(lightOf({ calendarKnown: false })).toBe('attention')
  expect(lightOf({ calendarKnown: false, reader: { connected: false } })).toBe('bad')
  for (const [, change] of Object.values(CASES).flat())
    for (const { code, values } of healthPage({ ...SOUND, ...change }).items) {
      const { title, todo } = HEALTH_CODES[code]
      for (const words of [title.zh, title.en, todo.zh, todo.en])
        for (const [, gap] of words.matchAll(/\{\{(\w+)\}\}/g))
          expect([code, gap, values]).toEqual([
            code,
            gap,
            expect.objectContaining({ [gap ?? '']: expect.anything() as unknown }),
          ])
    }
})
