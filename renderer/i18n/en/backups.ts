import type { backupsZh } from '../zh-CN/backups.ts'

/** Copies of the book in a second place. */
export const backupsEn: typeof backupsZh = {
  title: 'Backup',
  folder: 'Backups are in {{folder}}',
  sameDisk:
    'Backups and book lie on the same disk; when it dies both are gone. Please have a second place set up, a stick for one.',
  none: 'No backup yet.',
  next: 'Next by itself: {{when}}',
  now: 'Back up now',
  copying: 'Copying {{percent}}%',
  verifying: 'Checking {{percent}}%',
  when: 'When',
  size: 'Size',
  entries: 'Entries',
  proof: 'Proof',
  verified: 'Checked',
  trouble: {
    'no-place': 'The place for backups is not there: was the stick pulled out?',
    'no-room': 'The place for backups is full; please use a larger one.',
    'not-verified': 'The copy was not the same as the book and does not count. Please call for help.',
    failed: 'The backup did not work. Please try again.',
  },
}
