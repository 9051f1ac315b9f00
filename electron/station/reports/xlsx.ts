import type { CellObject, Row, Sheet } from 'write-excel-file/node'
import type { MoneySums } from '../../../shared/contract/reports.ts'
import type { Meal } from './meals.ts'
import {
  countCell,
  dateCell,
  gramCell,
  headRow,
  kilogramCell,
  momentCell,
  sumRow,
  textCell,
  yuanCell,
} from './cells.ts'
import type { DayPaper } from './day-paper.ts'
import { kilogramText } from './amounts.ts'
import {
  closeWords,
  DRAWER_WORDS,
  MEAL_WORDS,
  NOT_SOLD_PARTS,
  NOT_SOLD_WORDS,
  REASON_WORDS,
  SOURCE_WORDS,
  SUMS_WORDS,
} from './words.ts'

type DaySheet = Pick<Sheet<Buffer>, 'sheet' | 'data' | 'columns' | 'stickyRowsCount' | 'orientation'>

/** The day as a workbook: a sheet for each table, its header frozen, numbers as numbers and dates as dates. */
export async function xlsxOf(paper: DayPaper): Promise<Uint8Array> {
  // Loaded when a workbook is wanted: a station starts without it.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const sheets = [
    summarySheet(paper),
    periodSheet(paper),
    dishSheet(paper),
    ...(paper.report.notSold.length === 0 ? [] : [notSoldSheet(paper)]),
    funderSheet(paper),
    voidSheet(paper),
    mealSheet(paper),
  ]
  return await writeExcelFile(sheets, { fontFamily: 'Microsoft YaHei', fontSize: 11 }).toBuffer()
}

const columnsOf = (...widths: readonly number[]) => widths.map((width) => ({ width }))

/** Everything that is one figure: what the day is, who paid, the wallets, the drawer, the close. */
function summarySheet({ report, timeZone, madeAtMs, trial }: DayPaper): DaySheet {
  const { close, drawer, walletLiability, total } = report
  const line = (section: string, measure: string, cell: CellObject): Row => [
    textCell(section),
    textCell(measure),
    cell,
  ]
  const rows: Row[] = [
    headRow('部分', '项目', '数值'),
    line('营业日', '食堂', textCell(trial ? `${report.canteenName}（试用，不作凭证）` : report.canteenName)),
    line('营业日', '窗口', textCell(report.stationId)),
    line('营业日', '营业日', dateCell(report.businessDate)),
    line('营业日', '状态', textCell(closeWords(close?.closedDate ?? null, report.businessDate))),
    line('营业日', '制表时间', momentCell(madeAtMs, timeZone)),
    line('营业日', '当日最后一笔', countCell(report.head.seq)),
    line('营业日', '当日校验值', textCell(report.head.hash)),
    ...sumsLines('售出', total.sold, line),
    ...sumsLines('作废', total.voided, line),
    ...sumsLines('净额', total.net, line),
    ...report.topUps.flatMap((topUp) => [
      line(`充值 ${SOURCE_WORDS[topUp.source]}`, '笔数', countCell(topUp.count)),
      line(`充值 ${SOURCE_WORDS[topUp.source]}`, '金额', yuanCell(topUp.amountFen)),
      line(`充值 ${SOURCE_WORDS[topUp.source]}`, '撤回笔数', countCell(topUp.reversedCount)),
      line(`充值 ${SOURCE_WORDS[topUp.source]}`, '撤回金额', yuanCell(topUp.reversedFen)),
    ]),
    ...report.refunds.flatMap((refund) => [
      line(`退还余额 ${SOURCE_WORDS[refund.method]}`, '笔数', countCell(refund.count)),
      line(`退还余额 ${SOURCE_WORDS[refund.method]}`, '金额', yuanCell(refund.amountFen)),
    ]),
    ...(report.corrections.count === 0
      ? []
      : [
          line('更正余额', '笔数', countCell(report.corrections.count)),
          line('更正余额', '补记', yuanCell(report.corrections.addedFen)),
          line('更正余额', '扣回', yuanCell(report.corrections.takenFen)),
        ]),
    ...report.grants.flatMap((grant) => [
      line(`助餐金 ${grant.name.zh}`, '发放', yuanCell(grant.givenFen)),
      line(`助餐金 ${grant.name.zh}`, '用去', yuanCell(grant.spentFen)),
      line(`助餐金 ${grant.name.zh}`, '作废退回', yuanCell(grant.returnedFen)),
      line(`助餐金 ${grant.name.zh}`, '到期收回', yuanCell(grant.expiredFen)),
      line(`助餐金 ${grant.name.zh}`, '日末结余', yuanCell(grant.leftFen)),
    ]),
    line('卡内余额', '日初', yuanCell(walletLiability.beforeFen)),
    line('卡内余额', '日末', yuanCell(walletLiability.afterFen)),
    line('卡押金', '日初', yuanCell(report.deposits.beforeFen)),
    line('卡押金', '收押金张数', countCell(report.deposits.takenCount)),
    line('卡押金', '收押金', yuanCell(report.deposits.takenFen)),
    line('卡押金', '退押金张数', countCell(report.deposits.returnedCount)),
    line('卡押金', '退押金', yuanCell(report.deposits.returnedFen)),
    line('卡押金', '日末', yuanCell(report.deposits.afterFen)),
    ...(Object.keys(DRAWER_WORDS) as (keyof typeof DRAWER_WORDS)[]).map((part) =>
      line('钱箱', DRAWER_WORDS[part], yuanCell(drawer[part])),
    ),
  ]
  if (close !== null)
    rows.push(
      line('日结', '结到', dateCell(close.closedDate)),
      line('日结', '时间', momentCell(close.atMs, timeZone)),
      line('日结', '日结人', textCell(close.closedByName)),
      line('日结', '实点现金', yuanCell(close.countedFen)),
      line('日结', '差额', yuanCell(close.differenceFen)),
      line('日结', '差额说明', textCell(close.explanation)),
      line('日结', '留作备用金', yuanCell(close.floatFen)),
      line('日结', '交存', yuanCell(close.countedFen - close.floatFen)),
    )
  return { sheet: '汇总', data: rows, columns: columnsOf(16, 16, 70), stickyRowsCount: 1 }
}

const SUMS = Object.keys(SUMS_WORDS) as readonly (keyof MoneySums)[]
const sumsCells = (sums: MoneySums): readonly CellObject[] =>
  SUMS.map((sum) => (sum === 'meals' ? countCell(sums[sum]) : yuanCell(sums[sum])))

const sumsLines = (
  section: string,
  sums: MoneySums,
  line: (section: string, measure: string, cell: CellObject) => Row,
): readonly Row[] =>
  SUMS.map((sum) =>
    line(section, SUMS_WORDS[sum], sum === 'meals' ? countCell(sums[sum]) : yuanCell(sums[sum])),
  )

function periodSheet({ report }: DayPaper): DaySheet {
  const rows = report.byPeriod.flatMap((period) =>
    (['sold', 'voided', 'net'] as const).map((side) => [
      textCell(MEAL_WORDS[period.mealPeriod]),
      textCell({ sold: '售出', voided: '作废', net: '净额' }[side]),
      ...sumsCells(period[side]),
    ]),
  )
  const total = [textCell('合计'), textCell('净额'), ...sumsCells(report.total.net)]
  return {
    sheet: '餐段',
    data: [headRow('餐段', '', ...Object.values(SUMS_WORDS)), ...rows, sumRow(total)],
    columns: columnsOf(10, 8, 10, 14, 14, 14, 14, 14),
    stickyRowsCount: 1,
  }
}

const sumOf = <Item>(items: readonly Item[], amountOf: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + amountOf(item), 0)

function dishSheet({ report: { byDish } }: DayPaper): DaySheet {
  const cells = (
    name: string,
    of: (pick: (dish: (typeof byDish)[number]) => number) => number,
  ): readonly CellObject[] => [
    textCell(name),
    countCell(of(({ count }) => count)),
    kilogramCell(of(({ netMg }) => netMg)),
    yuanCell(of(({ amountFen }) => amountFen)),
    countCell(of(({ voidedCount }) => voidedCount)),
    kilogramCell(of(({ voidedMg }) => voidedMg)),
    yuanCell(of(({ voidedFen }) => voidedFen)),
    yuanCell(of(({ amountFen, voidedFen }) => amountFen - voidedFen)),
  ]
  return {
    sheet: '菜品',
    data: [
      headRow('菜品', '份数', '重量（千克）', '金额', '作废份数', '作废重量', '作废金额', '净额'),
      ...byDish.map((dish) => [...cells(dish.name.zh, (pick) => pick(dish))]),
      sumRow(cells('合计', (pick) => sumOf(byDish, pick))),
    ],
    columns: columnsOf(24, 10, 14, 14, 10, 12, 14, 14),
    stickyRowsCount: 1,
  }
}

/** In grams, by bay and dish; a day on which everything was sold has none. */
function notSoldSheet({ report: { notSold } }: DayPaper): DaySheet {
  const rows = notSold.map((row) => [
    textCell(row.bayId),
    textCell(row.name.zh),
    ...NOT_SOLD_PARTS.map((part) => gramCell(row[part])),
  ])
  const total = [
    textCell('合计'),
    textCell(''),
    ...NOT_SOLD_PARTS.map((part) => gramCell(sumOf(notSold, (row) => row[part]))),
  ]
  return {
    sheet: '没卖的',
    data: [
      headRow('菜台', '菜品', ...NOT_SOLD_PARTS.map((part) => `${NOT_SOLD_WORDS[part]}（克）`)),
      ...rows,
      sumRow(total),
    ],
    columns: columnsOf(12, 24, 18, 18, 20, 18, 14),
    stickyRowsCount: 1,
  }
}

function funderSheet({ report: { byFunder } }: DayPaper): DaySheet {
  const rows = byFunder.map((funder) => [
    textCell(funder.name.zh),
    textCell(funder.funderId),
    yuanCell(funder.claimedFen),
    yuanCell(funder.voidedFen),
    yuanCell(funder.netFen),
    yuanCell(funder.providerFen),
  ])
  const total = [
    textCell('合计'),
    textCell(''),
    yuanCell(sumOf(byFunder, ({ claimedFen }) => claimedFen)),
    yuanCell(sumOf(byFunder, ({ voidedFen }) => voidedFen)),
    yuanCell(sumOf(byFunder, ({ netFen }) => netFen)),
    yuanCell(sumOf(byFunder, ({ providerFen }) => providerFen)),
  ]
  return {
    sheet: '资金方',
    data: [headRow('资金方', '编号', '补贴', '作废退回', '补贴净额', '付给食堂'), ...rows, sumRow(total)],
    columns: columnsOf(28, 22, 14, 14, 14, 14),
    stickyRowsCount: 1,
  }
}

function voidSheet({ report: { voids }, timeZone }: DayPaper): DaySheet {
  const rows = voids.map((voided) => [
    momentCell(voided.atMs, timeZone),
    dateCell(voided.soldOn),
    textCell(voided.whole ? '整单' : '部分'),
    yuanCell(voided.priceFen),
    yuanCell(voided.subsidyFen),
    yuanCell(voided.walletFen),
    yuanCell(voided.cashFen),
    textCell(REASON_WORDS[voided.reason]),
    textCell(voided.note),
    textCell(voided.approvedByName),
    textCell(voided.saleId),
  ])
  const head = headRow(
    '时间',
    '原营业日',
    '范围',
    '原价',
    '补贴',
    '卡付',
    '现金',
    '原因',
    '说明',
    '批准',
    '单号',
  )
  return {
    sheet: '作废',
    data: [head, ...rows],
    columns: columnsOf(21, 13, 8, 12, 12, 12, 12, 12, 28, 12, 40),
    stickyRowsCount: 1,
    orientation: 'landscape',
  }
}

/** 红烧鱼 0.320 千克、米饭 ×1 */
const dishesText = ({ dishes }: Meal): string =>
  dishes
    .map(({ name, netMg, quantity }) =>
      netMg > 0 ? `${name} ${kilogramText(netMg)} 千克` : `${name} ×${quantity}`,
    )
    .join('、')

function mealSheet({ meals, timeZone }: DayPaper): DaySheet {
  const rows = meals.map((meal) => [
    momentCell(meal.atMs, timeZone),
    textCell(MEAL_WORDS[meal.mealPeriod]),
    textCell(meal.memberId ?? '没有刷卡'),
    textCell(dishesText(meal)),
    yuanCell(meal.priceFen),
    yuanCell(meal.discountFen),
    yuanCell(meal.subsidyFen),
    yuanCell(meal.walletFen),
    yuanCell(meal.cashFen),
    meal.voidedOn === null ? textCell('') : dateCell(meal.voidedOn),
    textCell(meal.saleId),
  ])
  const head = headRow(
    '时间',
    '餐段',
    '会员',
    '菜品',
    '原价',
    '优惠',
    '补贴',
    '卡付',
    '现金',
    '作废于',
    '单号',
  )
  return {
    sheet: '账单',
    data: [head, ...rows],
    columns: columnsOf(21, 8, 38, 40, 12, 12, 12, 12, 12, 13, 40),
    stickyRowsCount: 1,
    orientation: 'landscape',
  }
}
