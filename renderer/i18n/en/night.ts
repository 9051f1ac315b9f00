import type { nightZh } from '../zh-CN/night.ts'

/** What happens at night, and by hand: the book goes to the server, and a copy to a second place. */
export const nightEn: typeof nightZh = {
  title: 'Sync and backup',
  sync: {
    title: 'To the community server',
    server: 'Server',
    notEnrolled:
      'Not enrolled at a server yet. Meals are sold without one as well; once enrolled, the book goes there each night.',
    progress: '{{entries}} entries in the book, the server has received {{acknowledged}}',
    all: 'All received',
    waiting: '{{count}} entries not sent yet',
    last: 'Last time: {{when}}',
    never: 'Never sent yet',
    next: 'Next by itself: {{when}}',
    now: 'Send now',
    running: 'Sending…',
    url: 'Address of the server',
    code: 'Code (from the community, works once)',
    enrol: 'Enrol',
    codeRefused: 'The code is wrong or was used before. Please ask for a new one.',
    unreachable: 'This address does not answer: {{detail}}',
    trouble: {
      unreachable: 'The server cannot be reached. It is tried again by itself; selling goes on.',
      'server-busy': 'The server is busy. It is tried again by itself; selling goes on.',
      'not-accepted': 'The server does not know this machine. Please call the community and enrol again.',
      version: 'Server and machine do not fit each other. Please have them updated.',
      'book-behind-server':
        'The server holds entries that this machine has lost: an older book may stand in its place. Please stop and call for help.',
      fork: 'Two machines write under one name. Please stop the copied one and call for help.',
      'book-unavailable': 'The book cannot be read now. It is tried again by itself.',
      'damaged-answer': 'The server’s answer cannot be understood. It is tried again by itself.',
    },
  },
  backup: {
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
  },
}
