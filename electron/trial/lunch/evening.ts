import type { Community } from '../community.ts'
import type { OfficeHands } from './office-hands.ts'

/** What the evening leaves behind. */
export interface EveningOutcome {
  /** The three files of the day's report. */
  readonly reports: readonly string[]
  readonly countedFen: number
}

/** One page of the evening; it is photographed when it is over. */
export interface EveningScene {
  readonly name: string
  readonly words: string
  play(hands: OfficeHands): Promise<void>
}

/** For the trial only, made up here and typed in like any other: there is no default PIN. */
const ADMIN = { name: '王店长', pin: '370415' }

type Keep = (outcome: Partial<EveningOutcome>) => void

/** After the lunch: the manager counts, locks the day, exports its report, and the book goes to the server. */
export const evening = (community: Community, keep: Keep): readonly EveningScene[] => [
  ...LOOKING_AROUND,
  ...closingTheDay(keep),
  ...theNight(community),
]

const LOOKING_AROUND: readonly EveningScene[] = [
  {
    name: 'first-admin',
    words: 'the manager opens the office for the first time and chooses her PIN',
    async play(hands) {
      await hands.enter()
      await hands.becomeFirstAdmin(ADMIN.name, ADMIN.pin)
    },
  },
  {
    name: 'menu',
    words: 'today’s menu',
    play: (hands) => hands.goTo('menu'),
  },
  {
    name: 'members',
    words: 'the members and their cards',
    play: (hands) => hands.goTo('members'),
  },
  {
    name: 'sales',
    words: 'what was sold, each with its why',
    async play(hands) {
      await hands.goTo('sales')
      await hands.sees('[data-void]')
    },
  },
]

function closingTheDay(keep: Keep): readonly EveningScene[] {
  const reports: string[] = []
  return [
    {
      name: 'day-counted',
      words: 'she counts the drawer: it holds what the book says',
      async play(hands) {
        await hands.goTo('day')
        await hands.sees('[data-expected]')
        keep({ countedFen: await hands.countDrawer() })
        await hands.sees('[data-difference="0"]')
      },
    },
    {
      name: 'day-closed',
      words: 'and locks the day',
      async play(hands) {
        await hands.press('close-day')
        await hands.press('confirm-close')
        await hands.sees('[data-closed]')
      },
    },
    {
      name: 'report',
      words: 'the day’s report, on the screen and as three files',
      async play(hands) {
        const closed = await hands.page.getAttribute('[data-closed]', 'data-closed')
        await hands.page.evaluate((hash) => (location.hash = hash), `#/office/reports/${closed ?? ''}`)
        await hands.sees('[data-figure="meals"]')
        for (const format of ['xlsx', 'csv', 'pdf']) reports.push(await hands.exportReport(format))
        keep({ reports })
      },
    },
  ]
}

const theNight = (community: Community): readonly EveningScene[] => [
  {
    name: 'backup',
    words: 'a copy of the book, checked entry by entry',
    async play(hands) {
      await hands.goTo('backups')
      await hands.press('backup-now')
      await hands.seesByMorning('[data-backups]:not([data-backups="0"])')
    },
  },
  {
    name: 'sync',
    words: 'the counter is enrolled at the community server, and the book goes there',
    async play(hands) {
      await hands.goTo('sync')
      await hands.fill('url', community.url)
      await hands.fill('code', community.code)
      await hands.press('enrol')
      await hands.press('sync-now')
      await hands.seesByMorning('[data-sync="resting"] [data-synced="all"]')
    },
  },
  {
    name: 'health',
    words: 'how everything is',
    async play(hands) {
      await hands.goTo('health')
      // The page looks every few seconds: after the copy and the sync it says so.
      await hands.sees('[data-subject="backup"]:not([data-code="backup-none"])')
    },
  },
]
