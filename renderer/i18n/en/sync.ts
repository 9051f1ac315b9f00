import type { syncZh } from '../zh-CN/sync.ts'

/** The way of the book to the community server. */
export const syncEn: typeof syncZh = {
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
    'damaged-answer': "The server's answer cannot be understood. It is tried again by itself.",
  },
}
