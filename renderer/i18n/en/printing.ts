import type { printingZh } from '../zh-CN/printing.ts'

/** The receipt printer and what waits for it. */
export const printingEn: typeof printingZh = {
  title: 'Receipt printer',
  none: 'No receipt printer is set up. Receipts can be looked at and saved as PDF all the same. To have one, name it in canteen.json.',
  ready: 'The printer works and nothing waits.',
  busy: 'Printing.',
  trouble: {
    unplugged: 'The printer is not connected. Plug it in and switch it on; it comes back by itself.',
    silent: 'The printer does not answer. See that it is on and its cover is closed.',
    'no-paper': 'The printer has no paper. Put a new roll in and close the cover.',
    'book-unavailable': 'The book is being opened again; printing goes on in a moment.',
  },
  waits: '{{count}} receipts wait and print by themselves then. Selling goes on.',
  letGo:
    'Too many waited: {{count}} no longer print by themselves. For whoever wants one, print it again under Sales.',
  empty: 'Nothing waits.',
  what: 'Receipt',
  since: 'Since',
  kind: {
    sale: 'Meal',
    'top-up': 'Top-up',
    void: 'Void',
    part: 'Part taken back',
    'day-close': 'Day close',
    refund: 'Money given back',
  },
  show: 'Look',
  drop: 'Drop',
  now: 'Print now',
  openDrawer: 'Open the drawer',
  opened: 'The drawer is open; it is noted who opened it.',
  noPrinter: 'The printer is not connected, so the drawer stays shut. Use its own key.',
  dropped: 'It will not print; that is noted.',
}
