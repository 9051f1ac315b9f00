import type { Balances } from '../../../shared/contract/wallets.ts'
import { headRow, sumRow, textCell, yuanCell } from '../reports/cells.ts'

const SIGNATURE_WIDTH = 24

/** Everybody who has money here, as a workbook: typed cells, a frozen head, a column to sign in. */
export async function balancesSheet(balances: Balances, canteenName: string): Promise<Uint8Array> {
  // Loaded when a workbook is wanted: a station starts without it.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const { rows, cashFen, depositFen, grantsFen } = balances
  const data = [
    headRow('姓名', '编号', '卡内余额（元）', '卡押金（元）', '助餐金（元，归资金方）', '签收'),
    ...rows.map((row) => [
      textCell(row.name),
      textCell(row.memberId),
      yuanCell(row.cashFen),
      yuanCell(row.depositFen),
      yuanCell(row.grantsFen),
      textCell(''),
    ]),
    sumRow([
      textCell(`${canteenName} 合计`),
      textCell(''),
      yuanCell(cashFen),
      yuanCell(depositFen),
      yuanCell(grantsFen),
      textCell(''),
    ]),
  ]
  const columns = [16, 40, 16, 14, 22, SIGNATURE_WIDTH].map((width) => ({ width }))
  const sheet = { sheet: '余额清单', data, columns, stickyRowsCount: 1, orientation: 'landscape' as const }
  return await writeExcelFile([sheet], { fontFamily: 'Microsoft YaHei', fontSize: 11 }).toBuffer()
}
