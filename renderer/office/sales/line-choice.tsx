import { Button, InputNumber } from 'antd'
import { Circle, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SaleExplained } from '../../../shared/contract/sales.ts'
import type { LinePart } from '../../../shared/domain/ledger/part-reversal.ts'
import { inWords, type Language } from '../../i18n/language.ts'
import { gramsText, yuanText } from '../../ui/format.ts'

interface LineChoiceProps {
  readonly sale: SaleExplained
  readonly language: Language
  readonly chosen: readonly LinePart[]
  readonly onChoose: (chosen: readonly LinePart[]) => void
}

/** One line of the sale; its place there is its name. */
interface Line {
  readonly lineNo: number
  readonly sold: SaleExplained['lines'][number]
  /** How many of it did not go back yet. */
  readonly left: number
}

const linesOf = ({ lines, left }: SaleExplained): readonly Line[] =>
  lines.map((sold, lineNo) => ({ lineNo, sold, left: left[lineNo] ?? 0 }))

/** Everything that is left of the sale: what a void takes back. */
export const allLeft = (sale: SaleExplained): readonly LinePart[] =>
  linesOf(sale).flatMap(({ lineNo, left }) => (left > 0 ? [{ lineNo, quantity: left }] : []))

/** Which lines go back, and how many of a counted one; lines that went back already cannot be chosen. */
export function LineChoice({ sale, language, chosen, onChoose }: LineChoiceProps) {
  const { t } = useTranslation()
  const choose = (lineNo: number, quantity: number) =>
    onChoose(
      [...chosen.filter((line) => line.lineNo !== lineNo), { lineNo, quantity }]
        .filter((line) => line.quantity > 0)
        .toSorted((one, other) => one.lineNo - other.lineNo),
    )
  return (
    <fieldset className="void-lines">
      <legend>{t('salesList.dialog.lines')}</legend>
      {linesOf(sale).map((line) => (
        <ChoosableLine
          key={line.lineNo}
          line={line}
          language={language}
          quantity={chosen.find(({ lineNo }) => lineNo === line.lineNo)?.quantity ?? 0}
          onQuantity={(quantity) => choose(line.lineNo, quantity)}
        />
      ))}
    </fieldset>
  )
}

interface ChoosableLineProps {
  readonly line: Line
  readonly language: Language
  /** How many of it go back; none while it is not chosen. */
  readonly quantity: number
  readonly onQuantity: (quantity: number) => void
}

function ChoosableLine({ line, language, quantity, onQuantity }: ChoosableLineProps) {
  const { t } = useTranslation()
  const { lineNo, sold, left } = line
  const picked = quantity > 0
  const Shape = picked ? CircleCheck : Circle
  return (
    <div className="void-line" data-line={lineNo}>
      <Button
        size="large"
        icon={<Shape aria-hidden="true" />}
        aria-pressed={picked}
        disabled={left === 0}
        onClick={() => onQuantity(picked ? 0 : left)}
      >
        <span className="void-line-name">{inWords(sold.name, language)}</span>
        <span>
          {sold.kind === 'weighed'
            ? t('common.grams', { grams: gramsText(sold.netMg) })
            : t('common.portions', { count: sold.quantity })}
        </span>
        <span>{yuanText(sold.amountFen)}</span>
        {left === 0 && <span>{t('salesList.dialog.gone')}</span>}
      </Button>
      {left > 1 && (
        <InputNumber
          size="large"
          min={0}
          max={left}
          precision={0}
          aria-label={t('salesList.dialog.howMany')}
          value={quantity}
          onChange={(wanted) => onQuantity(wanted ?? 0)}
        />
      )}
    </div>
  )
}
