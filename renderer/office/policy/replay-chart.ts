import type { EChartsCoreOption } from 'echarts/core'
import type { NamedReplay } from '../../../shared/contract/policy.ts'
import { inWords, type Language } from '../../i18n/language.ts'

export interface ReplayChartWords {
  readonly before: string
  readonly after: string
  readonly selfPay: string
}

const READABLE = { axisLabel: { fontSize: 15 }, nameTextStyle: { fontSize: 15 } }

/** Fen as yuan for an axis: a picture may round, the table beside it does not. */
const yuan = (fen: number): number => fen / 100

/** Who pays for the meals, as it was and under the draft: a pair of bars for each funder and for the seniors. */
export function replayChart(
  { funders, selfPay }: NamedReplay,
  language: Language,
  words: ReplayChartWords,
): EChartsCoreOption {
  const payers = [
    ...funders.map(({ name, ...sums }) => ({ name: inWords(name, language), ...sums })),
    { name: words.selfPay, ...selfPay },
  ]
  const bars = (name: string, values: readonly number[]) => ({
    name,
    type: 'bar',
    barMaxWidth: 22,
    label: {
      show: true,
      position: 'right',
      fontSize: 15,
      formatter: ({ value }: { value: number }) => value.toFixed(2),
    },
    data: values.map(yuan),
  })
  return {
    legend: { data: [words.before, words.after], top: 0, textStyle: { fontSize: 15 } },
    xAxis: { ...READABLE, type: 'value' },
    yAxis: { ...READABLE, type: 'category', inverse: true, data: payers.map(({ name }) => name) },
    series: [
      bars(
        words.before,
        payers.map(({ beforeFen }) => beforeFen),
      ),
      bars(
        words.after,
        payers.map(({ afterFen }) => afterFen),
      ),
    ],
  }
}
