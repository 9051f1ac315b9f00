import type { balancesZh } from '../zh-CN/balances.ts'

export const balancesEn: typeof balancesZh = {
  title: 'Balances',
  lead: 'What each senior has on her card. When the canteen closes, one step pays it all back.',
  none: 'Nobody has money on a card.',
  members: 'Seniors',
  name: 'Name',
  cash: 'Own money',
  deposits: 'Card deposits',
  grants: "Grants (the funds')",
  more: 'The {{shown}} largest are shown; the files have all {{members}}.',
  export: { pdf: 'List to sign (PDF)', xlsx: 'Save as Excel' },
  exported: 'Saved as {{path}}',
  exportedAll: '{{files}} files; the first is {{path}}',
  noPrinter: 'No PDF can be made now. Try again in a moment, or save as Excel.',
  listingBusy: 'The list is being written; wait for its end.',
  listing: { names: 'Looking names up: {{done}} of {{of}}', files: 'Writing files: {{done}} of {{of}}' },
  cannotWrite: 'The folder cannot be written to; is there room on the disk?',
  payOut: 'Pay everybody out',
  going: 'Paying out: {{done}} of {{of}}',
  method: { transfer: 'Transfer', cash: 'Cash' },
  dialog: {
    title: 'The canteen closes: pay everybody out',
    words:
      'The money of {{members}} seniors is paid back whole, one entry each. Deposits go back with the cards, grants to their funds.',
    note: 'Why, for instance: the canteen closes',
    pay: 'Pay {{members}} seniors',
    done: '{{members}} seniors were paid; each has a line in her account.',
    close: 'Done',
  },
  problem: {
    cash: 'The drawer holds only {{amount}} yuan. Choose transfer, or bring cash first.',
    busy: 'A paying out is under way; wait for its end.',
  },
}
