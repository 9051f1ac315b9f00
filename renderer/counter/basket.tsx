import { useTranslation } from 'react-i18next'
import type { ViewLine } from '../../shared/domain/checkout/view.ts'
import { inWords, type Language } from '../i18n/language.ts'
import { Amount } from '../ui/amount.tsx'
import { DishArt } from '../ui/art/dish-art.tsx'
import { gramsText } from '../ui/format.ts'

/** Up to so many lines are drawn large, with their pictures. */
const ROOMY = 4
/** Heights in units of the layout: what there is, one line, and each further row that a long name needs. */
const HEIGHT = { room: 446, line: 49, more: 35 }
/** Width of one row's name: a Chinese character counts two, a letter one. */
const NAME_WIDTH = 20

const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1.1), 0)

const heightOf = (line: ViewLine, language: Language): number =>
  HEIGHT.line + (Math.ceil(widthOf(inWords(line.name, language)) / NAME_WIDTH) - 1) * HEIGHT.more

/**
 * The newest lines that fit, in their order. What is left out is counted, never silently dropped; the amount on the ticket
 * is for all of them.
 */
export function linesThatFit(lines: readonly ViewLine[], language: Language): readonly ViewLine[] {
  const all = lines.reduce((sum, line) => sum + heightOf(line, language), 0)
  if (all <= HEIGHT.room) return lines
  let room = HEIGHT.room - HEIGHT.line
  const shown: ViewLine[] = []
  for (const line of lines.toReversed()) {
    room -= heightOf(line, language)
    if (room < 0) break
    shown.unshift(line)
  }
  return shown
}

/** What lies in the basket, line by line. */
export function Basket({
  lines,
  language,
}: {
  readonly lines: readonly ViewLine[]
  readonly language: Language
}) {
  const { t } = useTranslation()
  const shown = linesThatFit(lines, language)
  const hidden = lines.length - shown.length
  const isRoomy = lines.length <= ROOMY
  return (
    <ul className={isRoomy ? 'basket basket-roomy' : 'basket'}>
      {hidden > 0 && <li className="basket-more">{t('counter.morePlates', { count: hidden })}</li>}
      {shown.map((line) => (
        <li key={line.lineNo} className="basket-line">
          {isRoomy && <DishArt name={line.name} tags={[]} />}
          <span className="basket-name">{inWords(line.name, language)}</span>
          <span className="basket-measure">{measureOf(line, t)}</span>
          <Amount fen={line.amountFen} size="line" />
        </li>
      ))}
    </ul>
  )
}

function measureOf(line: ViewLine, t: ReturnType<typeof useTranslation>['t']): string {
  if (line.netMg !== null) return t('common.grams', { grams: gramsText(line.netMg) })
  return line.quantity === null ? '' : t('common.portions', { count: line.quantity })
}
