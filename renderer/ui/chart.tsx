import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type EChartsCoreOption } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([
  BarChart,
  LineChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  AriaComponent,
  LabelLayout,
  CanvasRenderer,
])

interface ChartProps {
  readonly option: EChartsCoreOption
  /** What the chart says in words, for those who cannot see it and for the heading. */
  readonly label: string
  readonly height: number
}

/** A picture of figures; the figures themselves stand in a table beside it. */
export function Chart({ option, label, height }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof init> | null>(null)
  useEffect(() => {
    const { current } = place
    if (current === null) return undefined
    const drawn = init(current, null, { renderer: 'canvas', height })
    chart.current = drawn
    const follow = new ResizeObserver(() => drawn.resize())
    follow.observe(current)
    return () => {
      follow.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [height])
  useEffect(() => {
    chart.current?.setOption({ ...quiet(), ...option }, { notMerge: true })
  }, [option])
  return <div ref={place} role="img" aria-label={label} className="picture" data-chart={label} />
}

/** Colours and letters as everywhere else; a tooltip that is drawn, because the page allows no style of its own. */
function quiet(): EChartsCoreOption {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    animation: false,
    textStyle: { fontFamily: token('--font'), color: token('--ink'), fontSize: 15 },
    color: [
      token('--art-bamboo'),
      token('--art-persimmon'),
      token('--art-amber'),
      token('--art-celadon'),
      token('--art-wood'),
    ],
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    grid: { left: 8, right: 56, top: 32, bottom: 8, containLabel: true },
    aria: { enabled: true },
  }
}
