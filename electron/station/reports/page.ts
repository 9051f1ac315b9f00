import type { DayReport, MoneySums } from '../../../shared/contract/reports.ts'
import { gramText, kilogramText, wallText, yuanShown } from './amounts.ts'
import { barChart } from './charts.ts'
import type { DayPaper } from './day-paper.ts'
import { html, type Markup } from './markup.ts'
import { printedPage } from './printed-page.ts'
import { PAGE_STYLE } from './page-style.ts'
import { named, SIGNATURES, table, tile, type TableRow } from './page-parts.ts'
import {
  closeWords,
  dateWords,
  DRAWER_WORDS,
  MEAL_WORDS,
  NOT_SOLD_PARTS,
  NOT_SOLD_WORDS,
  REASON_WORDS,
  SOURCE_WORDS,
} from './words.ts'

/** The day as a document to print on A4 and sign: whole in itself, without a script. */
export function pageOf(paper: DayPaper): string {
  const { report, trial } = paper
  const title = `${report.canteenName} 日报 ${report.businessDate}`
  return printedPage(
    title,
    PAGE_STYLE,
    html`${header(paper)} ${trial ? html`<p class="trial">试用数据，不作凭证</p>` : ''}
      ${tiles(report.total.net)} ${periods(report)} ${funders(report)} ${charts(report)} ${dishes(report)}
      ${notSold(report)} ${voids(paper)}
      <section class="pair">${wallets(report)}${drawer(report)}</section>
      ${close(paper)} ${signatures(paper)}`,
  )
}

function header({ report }: DayPaper): Markup {
  const state = closeWords(report.close?.closedDate ?? null, report.businessDate)
  return html`<header>
    <div>
      <h1>${report.canteenName} 日报</h1>
      <p>${dateWords(report.businessDate)} · 窗口 ${report.stationId}</p>
    </div>
    <div class="${report.close === null ? 'mark open' : 'mark'}">${state}</div>
  </header>`
}

const tiles = (net: MoneySums): Markup =>
  html`<div class="tiles">
    ${[
      tile('就餐', String(net.meals), '份'),
      tile('原价合计', yuanShown(net.priceFen), '元'),
      tile('补贴', yuanShown(net.subsidyFen), '元'),
      tile('卡付', yuanShown(net.walletFen), '元'),
      tile('现金', yuanShown(net.cashFen), '元'),
    ]}
  </div>`

const sumsCells = (sums: MoneySums): readonly string[] => [
  String(sums.meals),
  yuanShown(sums.priceFen),
  yuanShown(sums.discountFen),
  yuanShown(sums.subsidyFen),
  yuanShown(sums.walletFen),
  yuanShown(sums.cashFen),
]

/** Each meal of the day; where something was taken back, also what that leaves. */
function periods({ byPeriod, total }: DayReport): Markup {
  const rows: TableRow[] = byPeriod.map(({ mealPeriod, sold }) => ({
    cells: [`${MEAL_WORDS[mealPeriod]} 售出`, ...sumsCells(sold)],
  }))
  for (const { mealPeriod, voided } of byPeriod)
    if (voided.meals > 0)
      rows.push({ kind: 'less', cells: [`${MEAL_WORDS[mealPeriod]} 作废`, ...sumsCells(voided)] })
  if (total.voided.meals > 0)
    rows.push(
      { cells: ['全天售出', ...sumsCells(total.sold)] },
      { kind: 'less', cells: ['全天作废', ...sumsCells(total.voided)] },
    )
  rows.push({ kind: 'sum', cells: ['全天净额', ...sumsCells(total.net)] })
  const columns = named('餐段', '份数', '原价', '优惠', '补贴', '卡付', '现金')
  return html`<section>
    <h2>餐段（元）</h2>
    ${table(columns, rows)}
  </section>`
}

function funders({ byFunder, total }: DayReport): Markup {
  const rows: TableRow[] = byFunder.map(({ name, claimedFen, voidedFen, netFen, providerFen }) => ({
    cells: [name.zh, ...[claimedFen, voidedFen, netFen, providerFen].map(yuanShown)],
  }))
  const providerFen = byFunder.reduce((sum, funder) => sum + funder.providerFen, 0)
  const sums = [total.sold.subsidyFen, total.voided.subsidyFen, total.net.subsidyFen, providerFen]
  rows.push({ kind: 'sum', cells: ['合计', ...sums.map(yuanShown)] })
  return html`<section>
    <h2>资金方（元）</h2>
    ${table(named('资金方', '补贴', '作废退回', '补贴净额', '付给食堂'), rows)}
  </section>`
}

const BARS_SHOWN = 8

function charts({ byDish, total: { net } }: DayReport): Markup {
  const paid = [
    { name: '补贴', amountFen: net.subsidyFen },
    { name: '卡付', amountFen: net.walletFen },
    { name: '现金', amountFen: net.cashFen },
    { name: '优惠', amountFen: net.discountFen },
  ]
  const sold = byDish
    .map(({ name, amountFen, voidedFen }) => ({ name: name.zh, amountFen: amountFen - voidedFen }))
    .slice(0, BARS_SHOWN)
  return html`<section class="pair">
    <div class="chart">
      <h2>餐费谁付（元）</h2>
      ${barChart(paid)}
    </div>
    <div class="chart">
      <h2>卖得最多的菜（元）</h2>
      ${barChart(sold)}
    </div>
  </section>`
}

function dishes({ byDish }: DayReport): Markup {
  const cells = (
    name: string,
    of: (pick: (dish: (typeof byDish)[number]) => number) => number,
  ): readonly string[] => [
    name,
    String(of(({ count }) => count)),
    kilogramText(of(({ netMg }) => netMg)),
    yuanShown(of(({ amountFen }) => amountFen)),
    String(of(({ voidedCount }) => voidedCount)),
    kilogramText(of(({ voidedMg }) => voidedMg)),
    yuanShown(of(({ voidedFen }) => voidedFen)),
    yuanShown(of(({ amountFen, voidedFen }) => amountFen - voidedFen)),
  ]
  const rows: TableRow[] = byDish.map((dish) => ({ cells: cells(dish.name.zh, (pick) => pick(dish)) }))
  const total = cells('合计', (pick) => byDish.reduce((sum, dish) => sum + pick(dish), 0))
  const columns = named('菜品', '份数', '重量', '金额', '作废份数', '作废重量', '作废金额', '净额')
  return html`<section>
    <h2>菜品（千克，元）</h2>
    ${table(columns, [...rows, { kind: 'sum', cells: total }])}
  </section>`
}

/** Left out where everything that left a pan was sold. */
function notSold({ notSold: rows }: DayReport): Markup | string {
  if (rows.length === 0) return ''
  const total = NOT_SOLD_PARTS.map((part) => gramText(rows.reduce((sum, row) => sum + row[part], 0)))
  return html`<section>
    <h2>自选菜台没卖的（克）</h2>
    ${table(named('菜台 · 菜品', ...NOT_SOLD_PARTS.map((part) => NOT_SOLD_WORDS[part])), [
      ...rows.map((row) => ({
        cells: [`${row.bayId} · ${row.name.zh}`, ...NOT_SOLD_PARTS.map((part) => gramText(row[part]))],
      })),
      { kind: 'sum', cells: ['合计', ...total] },
    ])}
  </section>`
}

function voids({ report, timeZone }: DayPaper): Markup | string {
  if (report.voids.length === 0) return ''
  const rows: TableRow[] = report.voids.map((voided) => ({
    cells: [
      `${wallText(voided.atMs, timeZone).slice(11, 16)} ${REASON_WORDS[voided.reason]}${voided.whole ? '' : '（部分）'}`,
      voided.note,
      voided.soldOn,
      yuanShown(voided.priceFen),
      yuanShown(voided.subsidyFen),
      yuanShown(voided.walletFen),
      yuanShown(voided.cashFen),
      voided.approvedByName,
    ],
  }))
  const columns = [
    ...named('时间与原因'),
    ...named('说明'),
    ...named('原营业日', '原价', '补贴', '卡付', '现金'),
    ...named('批准'),
  ]
  return html`<section>
    <h2>作废明细（元）</h2>
    ${table(columns, rows)}
  </section>`
}

function wallets({ topUps, refunds, corrections, grants, walletLiability, deposits }: DayReport): Markup {
  const rows: TableRow[] = topUps.map((topUp) => ({
    cells: [
      SOURCE_WORDS[topUp.source],
      `${topUp.count} 笔`,
      yuanShown(topUp.amountFen),
      `${topUp.reversedCount} 笔`,
      yuanShown(topUp.reversedFen),
    ],
  }))
  const moved: TableRow[] = refunds.map(({ method, count, amountFen }) => ({
    cells: [`退还余额 ${SOURCE_WORDS[method]}`, `${count} 笔`, yuanShown(-amountFen)],
  }))
  if (corrections.count > 0) {
    const { count, addedFen, takenFen } = corrections
    moved.push({ cells: ['更正余额', `${count} 笔`, yuanShown(addedFen - takenFen)] })
  }
  const granted: TableRow[] = grants.map((grant) => ({
    cells: [
      grant.name.zh,
      yuanShown(grant.givenFen),
      yuanShown(grant.spentFen - grant.returnedFen),
      yuanShown(grant.expiredFen),
      yuanShown(grant.leftFen),
    ],
  }))
  const liability: TableRow[] = [
    { cells: ['日初', yuanShown(walletLiability.beforeFen)] },
    { kind: 'sum', cells: ['日末', yuanShown(walletLiability.afterFen)] },
  ]
  return html`<div>
    <h2>充值（元）</h2>
    ${table(named('来源', '笔数', '金额', '撤回', '金额'), rows)}
    ${
      moved.length === 0
        ? ''
        : html`<h2 style="margin-top:3mm">退还和更正（元）</h2>
            ${table(named('长者余额', '笔数', '金额'), moved)}`
    }
    ${
      grants.length === 0
        ? ''
        : html`<h2 style="margin-top:3mm">助餐金（元）</h2>
            ${table(named('资金', '发放', '用去', '到期', '结余'), granted)}`
    }
    <h2 style="margin-top:3mm">长者卡内余额（元）</h2>
    ${table(named('全部长者', '余额'), liability)} ${depositsOf(deposits)}
  </div>`
}

/** Left out in a canteen that takes none. */
function depositsOf(deposits: DayReport['deposits']): Markup {
  const { takenCount, takenFen, returnedCount, returnedFen, beforeFen, afterFen } = deposits
  if (beforeFen === 0 && afterFen === 0 && takenCount === 0) return html``
  return html`<h2 style="margin-top:3mm">卡押金（元）</h2>
    ${table(named('项目', '金额'), [
      { cells: ['日初', yuanShown(beforeFen)] },
      { cells: [`收 ${takenCount} 张`, yuanShown(takenFen)] },
      { cells: [`退 ${returnedCount} 张`, yuanShown(returnedFen === 0 ? 0 : -returnedFen)] },
      { kind: 'sum', cells: ['日末', yuanShown(afterFen)] },
    ])}`
}

function drawer({ drawer: reckoning }: DayReport): Markup {
  const { givenBackFen } = reckoning
  const rows: TableRow[] = (['floatFen', 'salesFen', 'topUpsFen', 'depositsFen', 'movedFen'] as const).map(
    (part) => ({
      cells: [DRAWER_WORDS[part], yuanShown(reckoning[part])],
    }),
  )
  rows.push({
    cells: [DRAWER_WORDS.givenBackFen, yuanShown(givenBackFen === 0 ? 0 : -givenBackFen)],
  })
  rows.push({ kind: 'sum', cells: [DRAWER_WORDS.expectedFen, yuanShown(reckoning.expectedFen)] })
  return html`<div>
    <h2>钱箱（元）</h2>
    ${table(named('自上次清点', '金额'), rows)}
  </div>`
}

function close({ report: { close: closed, businessDate }, timeZone }: DayPaper): Markup {
  if (closed === null)
    return html`<section>
      <h2>日结</h2>
      <p class="note">这一天还没有日结，以上数字可能还会变。</p>
    </section>`
  const amounts = [
    yuanShown(closed.expectedFen),
    yuanShown(closed.countedFen),
    yuanShown(closed.differenceFen),
    yuanShown(closed.floatFen),
    yuanShown(closed.countedFen - closed.floatFen),
  ]
  const columns = named('日结人', '应有现金', '实点现金', '差额', '留作备用金', '交存')
  const along =
    closed.closedDate === businessDate ? '' : `这一天没有单独清点，随 ${closed.closedDate} 一起日结。`
  return html`<section>
    <h2>日结（元）</h2>
    ${table(columns, [{ cells: [closed.closedByName, ...amounts] }])}
    <p class="note">
      ${wallText(closed.atMs, timeZone)}${closed.explanation === '' ? '' : `　差额说明：${closed.explanation}`}　${along}
    </p>
  </section>`
}

const signatures = ({ report: { head }, madeAtMs, timeZone }: DayPaper): Markup =>
  html`${SIGNATURES}
    <p class="proof">
      当日最后一笔 ${head.seq}，校验值 <code>${head.hash}</code><br />制表时间 ${wallText(madeAtMs, timeZone)}
    </p>`
