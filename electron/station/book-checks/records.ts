import type { BookCheckId } from '../../../shared/domain/book-checks.ts'
import type { Finding } from '../book/verifier.ts'
import { byQuery, said, type Check } from './check.ts'

const CHAIN_RULES: ReadonlySet<string> = new Set(['LG-6', 'LG-9', 'LG-10', 'LG-11', 'LG-19'])

/** An entry or a row, as support will ask for it. */
const whereOf = ({ origin, seq, table, key }: Finding): string =>
  origin !== undefined && seq !== undefined
    ? `${origin}/${seq}`
    : [table, key].filter((part) => part !== undefined).join(' ')

const byReport = (id: BookCheckId, isMine: (rule: string) => boolean): Check => ({
  id,
  *find({ report }) {
    for (const finding of report.findings)
      if (isMine(finding.rule)) yield said(whereOf(finding), finding.message)
  },
})

export const chain = byReport('chain', (rule) => CHAIN_RULES.has(rule))
export const tables = byReport('tables', (rule) => !CHAIN_RULES.has(rule) && rule !== 'LG-30')
export const seals = byReport('seals', (rule) => rule === 'LG-30')

const ONLY_ONCE = [
  ['id', 'id'],
  ['sale', "json_extract(body, '$.sale.saleId')", 'sale.settled'],
  ['top-up', "json_extract(body, '$.topUpId')", 'wallet.topped-up'],
  ['void', "json_extract(body, '$.voidId')", 'sale.voided'],
  ['refund', "json_extract(body, '$.refundId')", 'wallet.refunded'],
  ['correction', "json_extract(body, '$.correctionId')", 'wallet.corrected'],
] as const

/** The numbers in the journal itself: the tables' keys cannot tell of two. */
export const numbers = byQuery(
  'numbers',
  ...ONLY_ONCE.map(
    ([label, number, kind]) =>
      `SELECT '${label} ' || ${number} AS "where", 1 AS expected, count(*) AS found FROM journal
       ${kind === undefined ? '' : `WHERE kind = '${kind}'`} GROUP BY ${number} HAVING count(*) > 1`,
  ),
  `SELECT origin AS "where", max(seq) AS expected, count(*) AS found FROM journal GROUP BY origin
   HAVING count(*) <> max(seq)`,
)

const STATION = (origin: string): string => `substr(${origin}, 1, instr(${origin} || '.', '.') - 1)`

const BELONGING = [
  [
    { zh: '会员没有资料', en: 'a member without her record' },
    `SELECT member_id AS name FROM members WHERE member_id NOT IN (SELECT member_id FROM persons)
       AND ${STATION('origin')} = (SELECT ${STATION('value')} FROM meta WHERE key = 'origin')`,
  ],
  [
    { zh: '资料没有会员', en: 'a record without its member' },
    'SELECT member_id AS name FROM persons WHERE member_id NOT IN (SELECT member_id FROM members)',
  ],
  [
    { zh: '卡没有会员', en: 'a card without its member' },
    'SELECT uid AS name FROM cards WHERE member_id NOT IN (SELECT member_id FROM members)',
  ],
] as const

/** Staff's records stand in the same table, under `staff:ID`. */
export const persons: Check = {
  id: 'persons',
  *find({ db }) {
    for (const [words, sql] of BELONGING)
      for (const { name } of db.prepare<[], { readonly name: string }>(sql).all())
        if (!name.startsWith('staff:')) yield said(name, words)
  },
}

export const outbox: Check = {
  id: 'outbox',
  *find({ report, acknowledged }) {
    for (const [origin, seq] of Object.entries(acknowledged ?? {})) {
      const endsAt = report.heads.find((head) => head.origin === origin)?.seq ?? 0
      if (seq > endsAt) yield { where: origin, expected: endsAt, found: seq, detail: null }
    }
  },
}
