import type { EChartsCoreOption } from 'echarts/core'
import type { Claims } from '../../../shared/contract/claims.ts'
import { inWords, type Language } from '../../i18n/language.ts'

/** Letters of an axis: not smaller than anything else in the office. */
const READABLE = { axisLabel: { fontSize: 15 }, nameTextStyle: { fontSize: 15 } }

/** What each funder owes for each day, one above the other. A picture may round, the table beside it does not. */
export function claimDaysChart(
  { days, funders }: Claims,
  language: Language,
  unit: string,
): EChartsCoreOption {
  const dates = [...new Set(days.map(({ businessDate }) => businessDate))]
  const owed = new Map(days.map((day) => [`${day.businessDate} ${day.funderId}`, day.totalFen]))
  return {
    legend: { top: 0 },
    xAxis: { ...READABLE, type: 'category', data: dates.map((date) => date.slice(5)) },
    yAxis: { ...READABLE, type: 'value', name: unit },
    series: funders.map(({ funderId, name }) => ({
      name: inWords(name, language),
      type: 'bar',
      stack: 'owed',
      barMaxWidth: 32,
      data: dates.map((date) => (owed.get(`${date} ${funderId}`) ?? 0) / 100),
    })),
  }
}
