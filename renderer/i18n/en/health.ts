import type { healthZh } from '../zh-CN/health.ts'

/** The health page around its lines, whose own words are data in `shared/domain/health-codes.ts`. */
export const healthEn: typeof healthZh = {
  title: 'Health',
  summary: {
    good: 'Everything is well',
    attention: 'Selling works, but something needs a look',
    bad: 'Something has to be done now',
  },
  light: { good: 'Well', attention: 'Needs a look', bad: 'To be done' },
  about: 'Machine {{station}}, version {{version}}',
}
