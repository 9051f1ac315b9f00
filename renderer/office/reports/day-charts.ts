import type { EChartsCoreOption } from 'echarts/core'
import type { DayInBrief, DayReport } from '../../../shared/contract/reports.ts'
import { inWords, type Language } from '../../i18n/language.ts'

/** What the charts of a day show. Figures come from the report; nothing is added up here but for the height of a bar. */

const MOST_DISHES = 10

/** Letters of an axis: not smaller than anything else in the office. */
const READABLE = { axisLabel: { fontSize: 15 }, nameTextStyle: { fontSize: 15 } }

/** Fen as yuan for an axis: a picture may round, the table beside it does not. */
const yuan = (fen: number): number => fen / 100

export interface ChartWords {
  readonly meals: string
  readonly yuan: string
  readonly period: Readonly<Record<DayReport['byPeriod'][number]['mealPeriod'], string>>
  readonly wallet: string
  readonly cash: string
}

/** Meals by time of day. */
export function periodsChart(report: DayReport, words: ChartWords): EChartsCoreOption {
  return {
    xAxis: {
      ...READABLE,
      type: 'category',
      data: report.byPeriod.map(({ mealPeriod }) => words.period[mealPeriod]),
    },
    yAxis: { ...READABLE, type: 'value', name: words.meals, minInterval: 1 },
    series: [
      {
        type: 'bar',
        barMaxWidth: 64,
        label: { show: true, position: 'top' },
        data: report.byPeriod.map(({ net }) => net.meals),
      },
    ],
  }
}

/** Who paid for the meals: each funder, the cards, the drawer. */
export function paymentsChart(report: DayReport, words: ChartWords, language: Language): EChartsCoreOption {
  const parts = [
    ...report.byFunder.map((funder) => ({ name: inWords(funder.name, language), fen: funder.netFen })),
    { name: words.wallet, fen: report.total.net.walletFen },
    { name: words.cash, fen: report.total.net.cashFen },
  ].filter(({ fen }) => fen !== 0)
  return {
    xAxis: { ...READABLE, type: 'value', name: words.yuan },
    yAxis: { ...READABLE, type: 'category', inverse: true, data: parts.map(({ name }) => name) },
    series: [
      {
        type: 'bar',
        barMaxWidth: 28,
        label: {
          show: true,
          position: 'right',
          formatter: ({ value }: { value: number }) => value.toFixed(2),
        },
        data: parts.map(({ fen }) => yuan(fen)),
      },
    ],
  }
}

/** The dishes sold most, by count. */
export function dishesChart(report: DayReport, words: ChartWords, language: Language): EChartsCoreOption {
  const best = report.byDish
    .map((dish) => ({ name: inWords(dish.name, language), count: dish.count - dish.voidedCount }))
    .toSorted((one, other) => other.count - one.count)
    .slice(0, MOST_DISHES)
  return {
    xAxis: { ...READABLE, type: 'value', name: words.meals, minInterval: 1 },
    yAxis: { ...READABLE, type: 'category', inverse: true, data: best.map(({ name }) => name) },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        label: { show: true, position: 'right' },
        data: best.map(({ count }) => count),
      },
    ],
  }
}

/** Meals and full price of the last days. */
export function daysChart(days: readonly DayInBrief[], words: ChartWords): EChartsCoreOption {
  return {
    legend: { data: [words.meals, words.yuan], top: 0 },
    xAxis: { ...READABLE, type: 'category', data: days.map(({ businessDate }) => businessDate.slice(5)) },
    yAxis: [
      { ...READABLE, type: 'value', minInterval: 1 },
      { ...READABLE, type: 'value', splitLine: { show: false } },
    ],
    series: [
      { name: words.meals, type: 'bar', barMaxWidth: 22, data: days.map(({ net }) => net.meals) },
      { name: words.yuan, type: 'line', yAxisIndex: 1, data: days.map(({ net }) => yuan(net.priceFen)) },
    ],
  }
}
