import type { Words } from './menu.ts'

interface CheckWords {
  readonly title: Words
  /** What holds when it finds nothing. */
  readonly proves: Words
  /** What a finding means: `{{where}}` says the place, the other gaps its values. */
  readonly found: Words
  /** What `expected` and `found` count. */
  readonly unit: 'fen' | 'count' | 'none'
}

/** What a finding without two numbers says. */
export const SAID: Words = { zh: '{{where}}：{{detail}}', en: '{{where}}: {{detail}}' }

const BOTH: Words = {
  zh: '{{where}}：账上是 {{found}}，应是 {{expected}}。',
  en: '{{where}}: the book says {{found}}, it should be {{expected}}.',
}

/** What is looked at each night, in the order in which it is shown (SPEC LG-31). Each is a function in `book-checks`. */
export const BOOK_CHECKS = {
  chain: {
    title: { zh: '记录和校验值', en: 'Entries and their hashes' },
    proves: {
      zh: '每条记录的校验值都对，一条接一条，没有缺号。',
      en: 'The hash of every entry fits, each names the one before it, and no number is missing.',
    },
    found: SAID,
    unit: 'none',
  },
  tables: {
    title: { zh: '账表重算', en: 'Tables computed again' },
    proves: {
      zh: '从头重算一遍，每张账表逐行相同。',
      en: 'Everything was computed again from nothing, and every row is the same.',
    },
    found: SAID,
    unit: 'none',
  },
  seals: {
    title: { zh: '其他资料', en: 'Rows beside the journal' },
    proves: {
      zh: '姓名、密码、餐台的资料都和写下时一样。',
      en: 'Names, PINs and bays stand as they were written.',
    },
    found: SAID,
    unit: 'none',
  },
  balance: {
    title: { zh: '借贷', en: 'Debits and credits' },
    proves: {
      zh: '每条记录的借方和贷方一分不差。',
      en: 'Debits and credits of each entry are equal to the fen.',
    },
    found: {
      zh: '{{where}}：借方 {{found}}，贷方 {{expected}}。',
      en: '{{where}}: debits {{found}}, credits {{expected}}.',
    },
    unit: 'fen',
  },
  wallets: {
    title: { zh: '余额', en: 'Balances' },
    proves: {
      zh: '每位长者的余额等于她所有的充值和消费相加。',
      en: 'Every wallet, drawer and account holds exactly what was paid in less what was taken out.',
    },
    found: BOTH,
    unit: 'fen',
  },
  subsidies: {
    title: { zh: '补贴和限额', en: 'Subsidies and limits' },
    proves: {
      zh: '每笔消费的补贴，正是计入限额的数。',
      en: 'What the funders pay of each sale is exactly what counts against its limits.',
    },
    found: BOTH,
    unit: 'fen',
  },
  funders: {
    title: { zh: '资金方', en: 'Funders' },
    proves: {
      zh: '各资金方欠的钱等于每天的补贴相加，减去退回的。',
      en: 'What funders owe is the sum of each day, less what was taken back.',
    },
    found: BOTH,
    unit: 'fen',
  },
  drawer: {
    title: { zh: '钱箱', en: 'The drawer' },
    proves: {
      zh: '钱箱里的钱等于收的现金、充值、取放和每次日结。',
      en: 'The drawer is cash sales, cash top-ups, what was put in or taken out, and each close.',
    },
    found: BOTH,
    unit: 'fen',
  },
  'daily-figures': {
    title: { zh: '每天的数字', en: 'Daily figures' },
    proves: {
      zh: '每天、每餐、每道菜的数字等于那天的账单相加。',
      en: 'The figures of each day, meal and dish are the sum of its sales.',
    },
    found: BOTH,
    unit: 'fen',
  },
  numbers: {
    title: { zh: '编号', en: 'Numbers' },
    proves: {
      zh: '没有两笔账用同一个号，也没有漏号。',
      en: 'No two entries, sales, top-ups or voids share a number, and none is left out.',
    },
    found: {
      zh: '{{where}}：有 {{found}} 个，应是 {{expected}} 个。',
      en: '{{where}}: there are {{found}}, there should be {{expected}}.',
    },
    unit: 'count',
  },
  prices: {
    title: { zh: '每笔价格', en: 'Prices and their steps' },
    proves: {
      zh: '每笔账：各行相加等于原价，一步步减到自付，付款正好等于自付。',
      en: 'Of each sale the lines make the price, the steps lead to what she paid, and what she paid is that.',
    },
    found: SAID,
    unit: 'none',
  },
  quotes: {
    title: { zh: '补贴重算', en: 'Subsidies quoted again' },
    proves: {
      zh: '上月和本月的每笔，按当时的补贴办法重算，一分不差。',
      en: 'Each sale of this and last month, quoted again under the pack of then, gives the same to the fen.',
    },
    found: {
      zh: '{{where}}：她付了 {{found}}，重算是 {{expected}}。',
      en: '{{where}}: she paid {{found}}, computed again it is {{expected}}.',
    },
    unit: 'fen',
  },
  persons: {
    title: { zh: '会员和资料', en: 'Members and their records' },
    proves: {
      zh: '每位会员都有资料，每份资料和每张卡都有会员。',
      en: 'Each member has her record, and each record and card has its member.',
    },
    found: SAID,
    unit: 'none',
  },
  outbox: {
    title: { zh: '交到社区的', en: 'What the server acknowledged' },
    proves: {
      zh: '社区收到的最后一条，账本里都有。',
      en: 'The last entry that the community server acknowledged is in the book.',
    },
    found: {
      zh: '{{where}}：社区收到第 {{found}} 条，账本只到第 {{expected}} 条。',
      en: '{{where}}: the server has entry {{found}}, the book ends at {{expected}}.',
    },
    unit: 'count',
  },
} as const satisfies Readonly<Record<string, CheckWords>>

export type BookCheckId = keyof typeof BOOK_CHECKS

/** One thing that a check found. What does not apply is null. */
export interface CheckFinding {
  /** An entry as ORIGIN/SEQ, an account, a day, a sale: never a person's data. */
  readonly where: string
  readonly expected: number | null
  readonly found: number | null
  /** What is wrong where no two numbers say it; of what support reads, the same in both languages. */
  readonly detail: Words | null
}

export interface CheckResult {
  readonly id: BookCheckId
  readonly count: number
  /** The first few. */
  readonly findings: readonly CheckFinding[]
}
