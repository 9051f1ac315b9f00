import type { balancesZh } from '../zh-CN/balances.ts'

export const balancesEn: typeof balancesZh = {
  title: 'Balances',
  lead: 'What each senior has on her card. When the canteen closes, one step pays it all back.',
  none: 'Nobody has money on a card.',
  members: 'Seniors',
  name: 'Name',
  cash: 'Own money',
  deposits: 'Card deposits',
  grants: 'Grants (the funds’)',
  more: 'The {{shown}} largest are shown; the workbook has all {{members}}.',
  export: 'Save as Excel',
  exported: 'Saved as {{path}}',
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
