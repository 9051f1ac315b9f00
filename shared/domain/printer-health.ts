/** The lines of the health page about the receipt printer; see HEALTH_CODES. */
export const PRINTER_HEALTH = {
  'printer-good': {
    title: { zh: '打印机正常', en: 'The receipt printer works' },
    todo: { zh: '不用做什么。', en: 'Nothing to do.' },
  },
  'printer-unplugged': {
    title: { zh: '打印机没有连上', en: 'The receipt printer is unplugged' },
    todo: {
      zh: '请把打印机的线插好、电源打开，会自己接上。{{waiting}} 张单据在等，到时自己补打；卖饭不受影响。',
      en: 'Plug its cable in and switch it on; it comes back by itself. {{waiting}} receipts wait and print by themselves then; selling goes on.',
    },
  },
  'printer-silent': {
    title: { zh: '打印机没有回应', en: 'The receipt printer does not answer' },
    todo: {
      zh: '看看打印机开了没有、盖子盖好没有，灯闪就关掉再开。{{waiting}} 张单据在等，到时自己补打。如果它从来不会回应，请在 canteen.json 里写 "answers": false。',
      en: 'See that it is switched on and its cover is closed; if its lamp blinks, switch it off and on. {{waiting}} receipts wait and print by themselves then. One that never answers needs "answers": false in canteen.json.',
    },
  },
  'printer-no-paper': {
    title: { zh: '打印机没纸了', en: 'The receipt printer has no paper' },
    todo: {
      zh: '请换一卷纸，把盖子盖好。{{waiting}} 张单据在等，换好后自己补打。',
      en: 'Put a new roll in and close the cover. {{waiting}} receipts wait and print by themselves then.',
    },
  },
  'printer-let-go': {
    title: { zh: '有 {{letGo}} 张单据没有打印', en: '{{letGo}} receipts were not printed' },
    todo: {
      zh: '等打印的太多，最早的不再自动打印。谁还要，请到「账单」里找到那一单，点「打印」。',
      en: 'Too many waited, so the oldest no longer print by themselves. For whoever wants one, find the sale under Sales and print it.',
    },
  },
} as const
