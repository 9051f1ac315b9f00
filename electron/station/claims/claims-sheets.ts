import type { ClaimSums } from '../../../shared/contract/claims.ts'
import { dateCell, headRow, momentCell, sumRow, textCell, yuanCell } from '../reports/cells.ts'
import type { ClaimsPaper } from './claims-paper.ts'
import { PERIOD_WORDS, periodWords } from './claims-words.ts'

const WIDTH_OF_WORDS = 24
const WIDTH_OF_AMOUNTS = 16

/** A sheet with what is claimed of whom, and one with the days that it is made of. */
export async function claimsSheets(paper: ClaimsPaper): Promise<Uint8Array> {
  // Loaded when a workbook is wanted: a station starts without it.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const sheets = [funderSheet(paper), daySheet(paper)]
  return await writeExcelFile(sheets, { fontFamily: 'Microsoft YaHei', fontSize: 11 }).toBuffer()
}

const sumCells = ({ subsidyFen, providerFen, grantsFen, totalFen }: ClaimSums) =>
  [subsidyFen, providerFen, grantsFen, totalFen].map(yuanCell)

const columns = (...widths: readonly number[]) => widths.map((width) => ({ width }))

function funderSheet({ claims, timeZone, madeAtMs, trial }: ClaimsPaper) {
  const { canteenName, funders, total, openDates } = claims
  const blank = textCell('')
  const about = (words: string, what: ReturnType<typeof textCell>) => [textCell(words), what]
  const data = [
    headRow(
      '资金方',
      '补贴（元）',
      '付给食堂（元）',
      '助餐金（元）',
      '合计（元）',
      '预拨（元）',
      '应申领（元）',
      '应退回（元）',
      '申领周期',
      '最迟申领',
    ),
    ...funders.map((funder) => {
      const { settlement, claimedBy } = funder
      return [
        textCell(funder.name.zh),
        ...sumCells(funder),
        yuanCell(settlement?.advanceFen ?? 0),
        funder.toClaimFen === null ? blank : yuanCell(funder.toClaimFen),
        yuanCell(settlement?.owedBackFen ?? 0),
        textCell(claimedBy === null ? '' : PERIOD_WORDS[claimedBy]),
        settlement === null ? blank : dateCell(settlement.dueOn),
      ]
    }),
    sumRow([
      textCell('合计'),
      ...sumCells(total),
      yuanCell(funders.reduce((sum, { settlement }) => sum + (settlement?.advanceFen ?? 0), 0)),
      yuanCell(claims.toClaimFen),
      yuanCell(funders.reduce((sum, { settlement }) => sum + (settlement?.owedBackFen ?? 0), 0)),
      blank,
      blank,
    ]),
    [],
    about('食堂', textCell(trial ? `${canteenName}（试用，不作凭证）` : canteenName)),
    about('窗口', textCell(claims.stationId)),
    about('申领期', textCell(periodWords(claims))),
    about('尚未日结', textCell(openDates.length === 0 ? '无' : openDates.join('、'))),
    about('制表时间', momentCell(madeAtMs, timeZone)),
  ]
  const widths = columns(WIDTH_OF_WORDS, ...Array.from({ length: 9 }, () => WIDTH_OF_AMOUNTS))
  return { sheet: '申领', data, columns: widths, stickyRowsCount: 1, orientation: 'landscape' as const }
}

function daySheet({ claims: { days, funders, total } }: ClaimsPaper) {
  const names = new Map(funders.map(({ funderId, name }) => [funderId, name.zh]))
  const data = [
    headRow('营业日', '资金方', '补贴（元）', '付给食堂（元）', '助餐金（元）', '合计（元）'),
    ...days.map((day) => [
      dateCell(day.businessDate),
      textCell(names.get(day.funderId) ?? day.funderId),
      ...sumCells(day),
    ]),
    sumRow([textCell('合计'), textCell(''), ...sumCells(total)]),
  ]
  const widths = columns(14, WIDTH_OF_WORDS, ...Array.from({ length: 4 }, () => WIDTH_OF_AMOUNTS))
  return { sheet: '每天', data, columns: widths, stickyRowsCount: 1, orientation: 'landscape' as const }
}
