import type { EChartsCoreOption } from 'echarts/core'
import type { ScaleCheck } from '../../../shared/contract/metrology.ts'

/** Letters of an axis: not smaller than anything else in the office. */
const READABLE = { axisLabel: { fontSize: 15 }, nameTextStyle: { fontSize: 15 } }

/** Milligrams as grams for an axis: a picture may round, the table beside it does not. */
const grams = (milligrams: number): number => milligrams / 1000

export interface DriftWords {
  readonly off: string
  readonly allowed: string
}

/** The error of each check, oldest first, and the band that is permissible around zero (SPEC MT-5). */
export function driftChart(checks: readonly ScaleCheck[], words: DriftWords): EChartsCoreOption {
  const oldestFirst = checks.toReversed()
  const widest = Math.max(...checks.map((check) => Math.max(Math.abs(check.errorMg), check.permissibleMg)))
  const edge = Math.ceil(grams(widest) * 1.5)
  const band = { type: 'line', stack: 'allowed', stackStrategy: 'all', symbol: 'none', silent: true }
  const unseen = { lineStyle: { opacity: 0 }, tooltip: { show: false } }
  return {
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: {
      ...READABLE,
      type: 'category',
      boundaryGap: oldestFirst.length < 2,
      data: oldestFirst.map(({ businessDate }) => businessDate.slice(5)),
    },
    yAxis: { ...READABLE, type: 'value', name: words.off, minInterval: 1, min: -edge, max: edge },
    series: [
      { ...band, ...unseen, data: oldestFirst.map(({ permissibleMg }) => -grams(permissibleMg)) },
      {
        ...band,
        ...unseen,
        name: words.allowed,
        areaStyle: { color: '#a9c4b1', opacity: 0.45 },
        data: oldestFirst.map(({ permissibleMg }) => 2 * grams(permissibleMg)),
      },
      {
        type: 'line',
        name: words.off,
        symbolSize: 10,
        color: '#1f4d30',
        lineStyle: { width: 2 },
        data: oldestFirst.map(({ errorMg, verdict }) =>
          verdict === 'good'
            ? { value: grams(errorMg), symbol: 'circle' }
            : { value: grams(errorMg), symbol: 'diamond', symbolSize: 16, itemStyle: { color: '#c23b2e' } },
        ),
      },
    ],
  }
}
