import type { Statement, StatementLanguage } from '../../../shared/contract/wallets.ts'
import { wallText, yuanShown } from '../reports/amounts.ts'
import { html, Markup } from '../reports/markup.ts'
import { printedPage } from '../reports/printed-page.ts'
import type { PaperHead } from '../reports/day-paper.ts'
import { STATEMENT_WORDS } from './statement-words.ts'

/** Old eyes read it without glasses: 16 points are the least, lines have room, amounts stand under each other. */
const STYLE = new Markup(`
@page { size: A4; margin: 15mm 15mm 20mm; }
* { box-sizing: border-box; }
html { font: 17pt/1.4 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; color: #1f1a16; }
body { margin: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
header { display: flex; align-items: flex-end; justify-content: space-between; gap: 6mm; border-bottom: 2.5pt solid #8a4b2a; padding-bottom: 4mm; }
h1 { margin: 0; font-size: 28pt; line-height: 1.2; white-space: nowrap; }
header p { margin: 1mm 0 0; font-size: 17pt; color: #4a4038; }
.who { text-align: right; }
.who b { font-size: 26pt; line-height: 1.2; }
.who span { display: block; font-size: 16pt; color: #4a4038; white-space: nowrap; }
.trial { margin: 4mm 0 0; padding: 2mm 4mm; background: #fff3cd; color: #6b4e00; font-weight: 700; text-align: center; }
.sums { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 4mm; margin: 6mm 0 4mm; }
.sums:has(.sum:nth-child(4)) { grid-template-columns: 1fr 1fr; }
.sum { background: #f7f1e5; border-radius: 3mm; padding: 2.5mm 4mm; }
.sum span { display: block; font-size: 16pt; color: #4a4038; }
.sum b { font-size: 22pt; }
.closing { display: flex; align-items: baseline; justify-content: space-between; border: 2pt solid #8a4b2a; border-radius: 3mm; padding: 2mm 6mm; margin-bottom: 6mm; break-inside: avoid; }
.closing span { font-size: 22pt; font-weight: 700; }
.closing b { font-size: 42pt; line-height: 1.2; color: #8a2f0c; }
.closing small { font-size: 20pt; font-weight: 500; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #8a4b2a; color: #fff; font-size: 17pt; font-weight: 600; padding: 1.5mm 3mm; text-align: left; white-space: nowrap; }
td { padding: 2mm 3mm; border-bottom: .6pt solid #cfc3b0; vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
td.date { white-space: nowrap; }
td small { display: block; font-size: 16pt; color: #4a4038; }
td.in { color: #1f5a35; font-weight: 700; }
tr.edge td { font-weight: 700; background: #f7f1e5; border-bottom: 0; }
.none { padding: 14mm 0; text-align: center; font-size: 20pt; color: #4a4038; }
.foot { margin-top: 7mm; font-size: 16pt; color: #4a4038; break-inside: avoid; }
`)

/** A statement to print on A4 and take home, in large type. */
export function statementPage(statement: Statement, head: PaperHead, language: StatementLanguage): string {
  const words = STATEMENT_WORDS[language]
  const { name, from, to } = statement
  return printedPage(
    `${head.canteenName} ${words.title} ${from} ${to}`,
    STYLE,
    html`<header>
        <div>
          <h1>${words.title}</h1>
          <p>${head.canteenName}</p>
        </div>
        <div class="who"><b>${name}</b><span>${words.span(from, to)}</span></div>
      </header>
      ${head.trial ? html`<p class="trial">${words.trial}</p>` : ''} ${sums(statement, language)}
      ${
        statement.lines.length === 0
          ? html`<p class="none">${words.none}</p>`
          : table(statement, head.timeZone, language)
      }
      <p class="foot">
        ${words.check}<br />${words.made(wallText(head.nowMs, head.timeZone).slice(0, 16))}
      </p>`,
  )
}

function sums(statement: Statement, language: StatementLanguage): Markup {
  const words = STATEMENT_WORDS[language]
  const { openingFen, inFen, outFen, grantsUsedFen, closingFen } = statement
  const sum = (label: string, fen: number) =>
    html`<div class="sum"><span>${label}</span><b>${yuanShown(fen)}</b></div>`
  return html`<div class="sums">
      ${[sum(words.opening, openingFen), sum(words.paidIn, inFen), sum(words.paidOut, outFen)]}
      ${grantsUsedFen === 0 ? '' : sum(words.grantsUsed, grantsUsedFen)}
    </div>
    <div class="closing">
      <span>${words.closing}</span><b>${yuanShown(closingFen)} <small>${words.yuan}</small></b>
    </div>`
}

function table(
  { lines, openingFen, closingFen, from, to }: Statement,
  zone: string,
  language: StatementLanguage,
): Markup {
  const words = STATEMENT_WORDS[language]
  const [date, what, amount, balance] = words.columns
  const edge = (day: string, label: string, fen: number) =>
    html`<tr class="edge">
      <td class="date">${day.slice(5)}</td>
      <td colspan="2">${label}</td>
      <td class="number">${yuanShown(fen)}</td>
    </tr>`
  return html`<table>
    <thead>
      <tr>
        <th>${date}</th>
        <th>${what}</th>
        <th class="number">${amount}</th>
        <th class="number">${balance}</th>
      </tr>
    </thead>
    <tbody>
      ${edge(from, words.brought, openingFen)} ${lines.map((line) => row(line, zone, language))}
      ${edge(to, words.carried, closingFen)}
    </tbody>
  </table>`
}

function row(line: Statement['lines'][number], zone: string, language: StatementLanguage): Markup {
  const words = STATEMENT_WORDS[language]
  const { atMs, businessDate, kind, source, paidBy, amountFen, grantsFen, balanceAfterFen } = line
  const who =
    paidBy === null || paidBy.name === null ? null : `${paidBy.relation ?? ''} ${paidBy.name}`.trim()
  const about = source === null ? '' : ` · ${words.source[source]}`
  return html`<tr>
    <td class="date">${businessDate.slice(5)}<small>${wallText(atMs, zone).slice(11, 16)}</small></td>
    <td>
      ${words.kind[kind]}${about}${paidBy === null ? '' : html`<small>${words.paidBy(who)}</small>`}
      ${grantsFen === 0 ? '' : html`<small>${words.grants(signed(grantsFen))}</small>`}
    </td>
    <td class="${amountFen > 0 ? 'number in' : 'number'}">${signed(amountFen)}</td>
    <td class="number">${yuanShown(balanceAfterFen)}</td>
  </tr>`
}

const signed = (fen: number): string => `${fen > 0 ? '+' : ''}${yuanShown(fen)}`
