import type { checksZh } from '../zh-CN/checks.ts'

/** The page of the book's nightly checks; their own words are data in `shared/domain/book-checks.ts`. */
export const checksEn: typeof checksZh = {
  title: 'Book checks',
  lead: 'Made each night with the backup. It looks and mends nothing: whatever is wrong stands here, for support.',
  never: 'Nothing was checked yet. It is done by itself tonight; to have it now, press "Check now".',
  last: 'Last checked {{when}}, {{entries}} entries',
  good: 'All {{checks}} checks hold',
  wrong: '{{count}} checks found something',
  places: '{{count}} places',
  now: 'Check now',
}
