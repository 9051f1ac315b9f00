import { useTranslation } from 'react-i18next'
import './amount.css'
import { writtenAmount, yuanText } from './format.ts'

type AmountSize = 'hero' | 'large' | 'line'

/** An amount of money: the yuan much larger than the fen, the unit beside it. */
export function Amount({ fen, size }: { readonly fen: number; readonly size: AmountSize }) {
  const { t } = useTranslation()
  const { sign, yuan, fen: rest } = writtenAmount(fen)
  return (
    <span
      className={`amount amount-${size}`}
      data-digits={Math.min(yuan.length + sign.length, 5)}
      data-fen={fen}
      aria-label={`${yuanText(fen)} ${t('common.yuanSpoken')}`}
    >
      <span className="amount-yuan">
        {sign}
        {yuan}
      </span>
      <span className="amount-fen">.{rest}</span>
      <span className="amount-unit">{t('common.yuanMark')}</span>
    </span>
  )
}
