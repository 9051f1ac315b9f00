import type { salesListZh } from '../zh-CN/sales-list.ts'

/** The office's list of sales, and taking one back. */
export const salesListEn: typeof salesListZh = {
  title: 'Sales',
  day: 'Date',
  empty: 'Nothing was sold on this day yet.',
  more: 'Show earlier ones',
  column: {
    time: 'Time',
    who: 'Member',
    price: 'Price',
    subsidy: 'Subsidy',
    wallet: 'By card',
    cash: 'In cash',
    state: 'State',
  },
  guest: 'No card',
  paid: 'Paid',
  voided: 'Voided',
  why: 'Why',
  receipt: 'Receipt',
  void: 'Void',
  dialog: {
    title: 'Void this sale?',
    words:
      'Everything goes back: {{wallet}} yuan to the card, {{cash}} yuan in cash, {{subsidy}} yuan of subsidy.',
    reason: 'Reason',
    note: 'More about it',
    yes: 'Void it',
    no: 'Keep it',
  },
  reason: {
    'wrong-dish': 'Wrong dish',
    'wrong-weight': 'Wrong weight',
    'wrong-member': 'Wrong card',
    'not-taken': 'Not taken',
    other: 'Something else',
  },
  done: 'Voided. Please give back {{cash}} yuan in cash.',
  doneNoCash: 'Voided; the money is back on the card.',
  failed: {
    NOT_FOUND: 'This sale is not in the book.',
    ALREADY_VOIDED: 'This sale was voided before; nothing was given back again.',
    SOLD_ELSEWHERE: 'Another counter sold this; please void it there.',
    NOT_ENOUGH_CASH: 'There is not enough cash in the drawer; it should hold {{cash}} yuan.',
  },
}
