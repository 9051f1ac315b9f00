import type { BalanceRow, Balances } from '../../../shared/contract/wallets.ts'
import { wallText, yuanShown } from '../reports/amounts.ts'
import type { PaperHead } from '../reports/day-paper.ts'
import { html, Markup } from '../reports/markup.ts'
import { printedPage } from '../reports/printed-page.ts'

/** Rows are as high as a signature; names are read without glasses. */
const STYLE = new Markup(`
@page { size: A4; margin: 14mm 12mm 18mm; }
* { box-sizing: border-box; }
html { font: 14pt/1.25 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; color: #1f1a16; }
body { margin: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
header { display: flex; align-items: flex-end; justify-content: space-between; border-bottom: 2pt solid #8a4b2a; padding-bottom: 3mm; }
h1 { margin: 0; font-size: 24pt; line-height: 1.2; }
header p { margin: 1mm 0 0; color: #4a4038; }
.sums { text-align: right; }
.sums b { font-size: 20pt; }
.trial { margin: 3mm 0 0; padding: 1mm 4mm; background: #fff3cd; color: #6b4e00; font-weight: 700; text-align: center; }
table { width: 100%; margin-top: 4mm; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #8a4b2a; color: #fff; font-weight: 600; padding: 1.5mm 2mm; text-align: left; }
td { height: 15mm; padding: 1mm 2mm; border: .6pt solid #cfc3b0; overflow: hidden; }
th.number, td.number { text-align: right; white-space: nowrap; }
td b { display: block; font-size: 17pt; overflow-wrap: anywhere; }
td small { font-size: 12pt; color: #4a4038; }
tr.total td { font-weight: 700; background: #f7f1e5; }
.foot { margin-top: 6mm; color: #4a4038; break-inside: avoid; }
.signatures { display: flex; gap: 12mm; margin-top: 14mm; }
.signatures span { flex: 1; border-top: 1pt solid #4a4038; padding-top: 1mm; }
`)

/** As many on one file as a printer of pages gets through in a few seconds; a larger canteen has several files. */
const ROWS_A_FILE = 1_000

/** Which of the files it is. */
export interface BalancesPart {
  readonly rows: readonly BalanceRow[]
  /** How many stand in the files before it. */
  readonly before: number
  readonly number: number
  readonly of: number
}

/** The list in pieces of `rowsAFile`, each a file of its own; one without rows for nobody. */
export function partsOf(rows: readonly BalanceRow[], rowsAFile = ROWS_A_FILE): readonly BalancesPart[] {
  const of = Math.max(1, Math.ceil(rows.length / rowsAFile))
  return Array.from({ length: of }, (_, index) => {
    const before = index * rowsAFile
    return { rows: rows.slice(before, before + rowsAFile), before, number: index + 1, of }
  })
}

/**
 * Everybody who has money here, to print on A4 and have signed as it is paid out; the sums of all of them stand on each
 * file and under the last one.
 */
export function balancesPage(balances: Balances, part: BalancesPart, head: PaperHead): string {
  const { members, cashFen } = balances
  const title = `${head.canteenName} 余额清单`
  const which = part.of === 1 ? '' : html` · 第 ${part.number} 份，共 ${part.of} 份`
  return printedPage(
    title,
    STYLE,
    html`<header>
        <div>
          <h1>余额清单</h1>
          <p>${head.canteenName} · ${wallText(head.nowMs, head.timeZone).slice(0, 16)}${which}</p>
        </div>
        <div class="sums">共 ${members} 位<br /><b>${yuanShown(cashFen)} 元</b></div>
      </header>
      ${head.trial ? html`<p class="trial">试用数据，不作凭证</p>` : ''} ${table(balances, part)}
      ${part.number === part.of ? foot() : ''}`,
  )
}

const HEADS = ['序号', '姓名', '余额', '押金', '助餐金', '签收'] as const
const WIDTHS = [15, 42, 29, 23, 25, 52] as const
const NUMBERS = [true, false, true, true, true, false] as const

function table(
  { cashFen, depositFen, grantsFen }: Balances,
  { rows, before, number, of }: BalancesPart,
): Markup {
  const cells = (...amounts: readonly number[]) =>
    amounts.map((amountFen) => html`<td class="number">${yuanShown(amountFen)}</td>`)
  const total = html`<tr class="total">
    <td colspan="2">合计</td>
    ${cells(cashFen, depositFen, grantsFen)}
    <td></td>
  </tr>`
  return html`<table>
    <colgroup>
      ${WIDTHS.map((width) => html`<col width="${width}mm" />`)}
    </colgroup>
    <thead>
      <tr>
        ${HEADS.map((words, index) => html`<th class="${NUMBERS[index] === true ? 'number' : ''}">${words}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row, index) =>
          html`<tr>
            <td class="number">${before + index + 1}</td>
            <td>
              <b>${row.name === '' ? '（已注销）' : row.name}</b><small>${shortId(row.memberId)}</small>
            </td>
            ${cells(row.cashFen, row.depositFen, row.grantsFen)}
            <td></td>
          </tr>`,
      )}
      ${number === of ? total : ''}
    </tbody>
  </table>`
}

/** Enough to tell two of one name apart; the workbook has the whole of it. */
const shortId = (memberId: string): string => (memberId.length <= 10 ? memberId : `…${memberId.slice(-8)}`)

const foot = (): Markup =>
  html`<div class="foot">
    余额是长者自己的钱；押金在退卡时退；助餐金归资金方，不退现金。
    <div class="signatures"><span>经办</span><span>负责人</span><span>日期</span></div>
  </div>`
