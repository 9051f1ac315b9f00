import type { Claims, ClaimSums, FunderClaim } from '../../../shared/contract/claims.ts'
import { wallText, yuanShown } from '../reports/amounts.ts'
import { barChart } from '../reports/charts.ts'
import { html, type Markup } from '../reports/markup.ts'
import { named, SIGNATURES, table, tile, type TableRow } from '../reports/page-parts.ts'
import { PAGE_STYLE } from '../reports/page-style.ts'
import { printedPage } from '../reports/printed-page.ts'
import type { ClaimsPaper } from './claims-paper.ts'
import { PERIOD_WORDS, periodWords } from './claims-words.ts'

/** The claim as a document to print on A4, sign and hand in: whole in itself, without a script. */
export function claimsPage({ claims, timeZone, madeAtMs, trial }: ClaimsPaper): string {
  const { canteenName, from, to, openDates, total } = claims
  return printedPage(
    `${canteenName} 补贴申领 ${from} 至 ${to}`,
    PAGE_STYLE,
    html`<header>
        <div>
          <h1>${canteenName} 补贴申领</h1>
          <p>${periodWords(claims)} · 窗口 ${claims.stationId}</p>
        </div>
        <div class="${openDates.length === 0 ? 'mark' : 'mark open'}">
          ${openDates.length === 0 ? '已全部日结' : `${openDates.length} 天尚未日结`}
        </div>
      </header>
      ${trial ? html`<p class="trial">试用数据，不作凭证</p>` : ''}
      <div class="tiles">
        ${[
          tile('应申领', yuanShown(claims.toClaimFen), '元'),
          tile('补贴', yuanShown(total.subsidyFen), '元'),
          tile('付给食堂', yuanShown(total.providerFen), '元'),
          tile('助餐金', yuanShown(total.grantsFen), '元'),
          tile('垫付合计', yuanShown(total.totalFen), '元'),
        ]}
      </div>
      ${byFunder(claims)} ${byDay(claims)} ${SIGNATURES}
      <p class="proof">制表时间 ${wallText(madeAtMs, timeZone)}</p>`,
  )
}

const sumCells = ({ subsidyFen, providerFen, grantsFen, totalFen }: ClaimSums): readonly string[] =>
  [subsidyFen, providerFen, grantsFen, totalFen].map(yuanShown)

function byFunder({ funders, total, toClaimFen, period }: Claims): Markup {
  const rows: TableRow[] = funders.map((funder) => ({
    cells: [
      funder.name.zh,
      ...sumCells(funder),
      funder.settlement === null ? '—' : yuanShown(funder.settlement.advanceFen),
      funder.toClaimFen === null ? '—' : yuanShown(funder.toClaimFen),
      dueWords(funder),
    ],
  }))
  rows.push({
    kind: 'sum',
    cells: ['合计', ...sumCells(total), '', yuanShown(toClaimFen), ''],
  })
  const columns = named('资金方', '补贴', '付给食堂', '助餐金', '合计', '预拨', '应申领', '最迟申领')
  return html`<section>
      <h2>资金方（元）</h2>
      ${table(columns, rows)} ${funders.map((funder) => note(funder, period))}
    </section>
    ${
      funders.length < 2
        ? ''
        : html`<section class="pair">
            <div class="chart">
              <h2>为谁垫付（元）</h2>
              ${barChart(funders.map(({ name, totalFen }) => ({ name: name.zh, amountFen: totalFen })))}
            </div>
          </section>`
    }`
}

const dueWords = ({ settlement }: FunderClaim): string => settlement?.dueOn ?? ''

/** What the row of a funder does not say: that its advance was not used up, or that it is claimed by other periods. */
function note({ name, claimedBy, settlement }: FunderClaim, period: Claims['period']): Markup {
  if (settlement !== null && settlement.owedBackFen > 0)
    return html`<p class="note">
      ${name.zh}：预拨没有用完，应退回 ${yuanShown(settlement.owedBackFen)} 元。
    </p>`
  if (claimedBy !== null && claimedBy !== period)
    return html`<p class="note">${name.zh} ${PERIOD_WORDS[claimedBy]}申领，不在这一期申领。</p>`
  return html``
}

function byDay({ days, funders, total }: Claims): Markup {
  const names = new Map(funders.map(({ funderId, name }) => [funderId, name.zh]))
  const rows: TableRow[] = days.map((day) => ({
    cells: [`${day.businessDate}　${names.get(day.funderId) ?? day.funderId}`, ...sumCells(day)],
  }))
  rows.push({ kind: 'sum', cells: ['合计', ...sumCells(total)] })
  return html`<section>
    <h2>每天（元）</h2>
    ${table(named('营业日和资金方', '补贴', '付给食堂', '助餐金', '合计'), rows)}
  </section>`
}
