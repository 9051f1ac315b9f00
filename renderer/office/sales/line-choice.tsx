import { Button, InputNumber } from 'antd'
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

/** Everything that is left of the sale: what a void takes back. */
export const allLeft = ({ left }: SaleExplained): readonly LinePart[] =>
  left.flatMap((quantity, lineNo) => (quantity > 0 ? [{ lineNo, quantity }] : []))

/** Which lines go back, and how many of a counted one; lines that went back already cannot be chosen. */
export function LineChoice({ sale, language, chosen, onChoose }: LineChoiceProps) {
  const { t } = useTranslation()
  const quantityOf = (lineNo: number) => chosen.find((line) => line.lineNo === lineNo)?.quantity ?? 0
  const choose = (lineNo: number, quantity: number) =>
    onChoose(
      [...chosen.filter((line) => line.lineNo !== lineNo), { lineNo, quantity }]
        .filter((line) => line.quantity > 0)
        .toSorted((one, other) => one.lineNo - other.lineNo),
    )
  return (
    <fieldset className="void-lines">
      <legend>{t('salesList.dialog.lines')}</legend>
      {sale.lines.map((line, lineNo) => {
        const left = sale.left[lineNo] ?? 0
        const picked = quantityOf(lineNo) > 0
        const amount =
          line.kind === 'weighed'
            ? t('common.grams', { grams: gramsText(line.netMg) })
            : t('common.portions', { count: line.quantity })
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a line's place in the sale is its name
          <div key={lineNo} className="void-line" data-line={lineNo}>
            <Button
              size="large"
              aria-pressed={picked}
              disabled={left === 0}
              onClick={() => choose(lineNo, picked ? 0 : left)}
            >
              {`${picked ? '✓' : '○'} ${inWords(line.name, language)} ${amount} ${yuanText(line.amountFen)}`}
              {left === 0 && ` · ${t('salesList.dialog.gone')}`}
            </Button>
            {left > 1 && (
              <InputNumber
                size="large"
                min={0}
                max={left}
                precision={0}
                aria-label={t('salesList.dialog.howMany')}
                value={quantityOf(lineNo)}
                onChange={(quantity) => choose(lineNo, quantity ?? 0)}
              />
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
