import { yuanShown } from './amounts.ts'
import { html, type Markup } from './markup.ts'

export interface Bar {
  readonly name: string
  readonly amountFen: number
}

/** About as many units as half a page has points, so that a unit of type is a point. */
const WIDTH = 260
const ROW = 17
const NAME_WIDTH = 76
const VALUE_WIDTH = 52
const COLOURS = ['#8a4b2a', '#c98a3d', '#4f7a5b', '#4a6a8a', '#8c5a7a', '#a2a03f', '#6d5f55', '#b3624f']

/** One bar a line, longest as wide as the page allows; colour says nothing that the words do not. */
export function barChart(bars: readonly Bar[]): Markup {
  const longest = Math.max(1, ...bars.map(({ amountFen }) => Math.abs(amountFen)))
  const room = WIDTH - NAME_WIDTH - VALUE_WIDTH
  const rows = bars.map(({ name, amountFen }, index) => {
    const y = index * ROW
    const width = Math.max(1, Math.round((Math.abs(amountFen) * room) / longest))
    const colour = COLOURS[index % COLOURS.length] ?? ''
    return html`<text x="${NAME_WIDTH - 5}" y="${y + 12}" text-anchor="end">${shortened(name)}</text>
      <rect x="${NAME_WIDTH}" y="${y + 3}" width="${width}" height="${ROW - 6}" rx="2" fill="${colour}" />
      <text x="${NAME_WIDTH + width + 4}" y="${y + 12}">${yuanShown(amountFen)}</text>`
  })
  return html`<svg viewBox="0 0 ${WIDTH} ${bars.length * ROW}" font-size="8.5" fill="#2b2420">${rows}</svg>`
}

const LONGEST_NAME = 8

const shortened = (name: string): string => {
  const letters = Array.from(name)
  return letters.length <= LONGEST_NAME ? name : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`
}
