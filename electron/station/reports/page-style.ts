import { Markup } from './markup.ts'

/** A4 with room for the page number that the printer puts at the bottom. */
export const PAGE_STYLE = new Markup(`
@page { size: A4; margin: 14mm 13mm 18mm; }
* { box-sizing: border-box; }
html { font: 9.5pt/1.45 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; color: #2b2420; }
body { margin: 0; font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
header { display: flex; align-items: flex-end; justify-content: space-between; border-bottom: 2pt solid #8a4b2a; padding-bottom: 3mm; }
h1 { font-size: 19pt; line-height: 1.2; margin: 0; letter-spacing: .04em; }
header p { margin: 1mm 0 0; color: #6d5f55; }
.mark { border: 1.2pt solid #2f6b43; color: #2f6b43; border-radius: 2mm; padding: 1mm 3.5mm; font-size: 12pt; font-weight: 700; white-space: nowrap; }
.mark.open { border-color: #b3261e; color: #b3261e; }
.trial { margin: 3mm 0 0; padding: 1.5mm 3mm; background: #fff3cd; color: #6b4e00; font-weight: 700; text-align: center; }
.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 2.5mm; margin: 4mm 0; }
.tile { background: #f7f1e5; border-radius: 2mm; padding: 2mm 3mm; }
.tile span { display: block; color: #6d5f55; font-size: 8.5pt; }
.tile b { font-size: 15pt; line-height: 1.25; }
.tile small { color: #6d5f55; }
section { margin-top: 4.5mm; }
h2 { font-size: 11.5pt; margin: 0 0 1.5mm; color: #8a4b2a; break-after: avoid; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #8a4b2a; color: #fff; font-weight: 500; padding: 1.1mm 2mm; text-align: right; white-space: nowrap; }
td { padding: 1mm 2mm; text-align: right; border-bottom: .4pt solid #ddd3c4; }
th.words, td.words { text-align: left; }
tr.sum td { font-weight: 700; background: #f7f1e5; border-bottom: 0; }
tr.less td { color: #8c2b22; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; align-items: start; break-inside: avoid; }
.chart { break-inside: avoid; }
.chart svg { display: block; width: 100%; height: auto; }
.note { margin: 1.5mm 0 0; color: #6d5f55; font-size: 8.5pt; }
.signatures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8mm; margin-top: 9mm; break-inside: avoid; }
.signatures div { border-bottom: .8pt solid #2b2420; height: 13mm; display: flex; align-items: flex-end; padding-bottom: 1mm; }
.proof { margin-top: 5mm; font-size: 8pt; color: #6d5f55; break-inside: avoid; }
.proof code { font-family: 'Noto Sans Mono CJK SC', 'DejaVu Sans Mono', Consolas, monospace; font-size: 7.5pt; word-break: break-all; }
`)
