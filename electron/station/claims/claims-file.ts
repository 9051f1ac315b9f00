import { stringify } from 'csv-stringify/sync'
import type { Claims } from '../../../shared/contract/claims.ts'
import type { ReportFormat } from '../../../shared/contract/reports.ts'
import type { Printer } from '../deps.ts'
import { yuanText } from '../reports/amounts.ts'
import { printed } from '../reports/files.ts'
import { claimsPage } from './claims-page.ts'
import type { ClaimsPaper } from './claims-paper.ts'
import { claimsSheets } from './claims-sheets.ts'

/** The file's content. @throws PrintingFailed for a PDF that could not be printed */
export async function claimsFile(
  paper: ClaimsPaper,
  format: ReportFormat,
  printer: Printer | null,
): Promise<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return await claimsSheets(paper)
    case 'csv':
      return claimsCsv(paper.claims)
    case 'pdf':
      return await printed(claimsPage(paper), printer)
  }
}

const COLUMNS = ['营业日', '资金方', '代码', '补贴', '付给食堂', '助餐金', '合计']

/** A line for each day and funder, in yuan, with a byte order mark, so that a spreadsheet reads the Chinese. */
function claimsCsv({ days, funders }: Claims): Uint8Array {
  const names = new Map(funders.map(({ funderId, name }) => [funderId, name.zh]))
  const amount = (fen: number) => ({ yuan: yuanText(fen) })
  const rows = days.map((day) => [
    day.businessDate,
    names.get(day.funderId) ?? day.funderId,
    day.funderId,
    amount(day.subsidyFen),
    amount(day.providerFen),
    amount(day.grantsFen),
    amount(day.totalFen),
  ])
  const text = stringify([COLUMNS, ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    // An amount below zero stays a number; names are somebody's text.
    cast: { object: (value) => ({ value: (value as { yuan: string }).yuan, escape_formulas: false }) },
  })
  return new TextEncoder().encode(text)
}
