import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import { ZERO_FEN } from '../../shared/domain/units.ts'
import { inWords, type Language } from '../i18n/language.ts'
import { yuanText } from '../ui/format.ts'
import { Amount } from '../ui/amount.tsx'

type Label =
  'price' | 'discount' | 'subsidy' | 'toPay' | 'grant' | 'wallet' | 'cash' | 'balance' | 'grantBalance'

interface Row {
  readonly label: Label
  readonly fen: number
}

/**
 * How the amount on the ticket came about, in the order in which it is reckoned. Before there is a plate a tapped card asks
 * for its balance and nothing else.
 */
export function reckoningOf(view: CounterView): readonly Row[] {
  const { quote, payment, member } = view
  if (view.phase === 'awaiting-plate' && member !== null) return balancesOf(member)
  if (quote === null) return []
  const rows: Row[] = [{ label: 'price', fen: quote.priceFen }]
  if (quote.discountFen !== 0) rows.push({ label: 'discount', fen: -quote.discountFen })
  if (quote.subsidyFen !== 0) rows.push({ label: 'subsidy', fen: -quote.subsidyFen })
  if (view.phase === 'insufficient') rows.push({ label: 'toPay', fen: quote.selfPayFen })
  const grantFen = payment?.grantsFen ?? 0
  if (payment !== null && (payment.cashFen > 0 || grantFen > 0)) {
    const ownFen = payment.walletFen - grantFen
    if (grantFen > 0) rows.push({ label: 'grant', fen: grantFen })
    if (ownFen > 0) rows.push({ label: 'wallet', fen: ownFen })
    if (payment.cashFen > 0) rows.push({ label: 'cash', fen: payment.cashFen })
  }
  const balance = view.phase === 'paid' ? (payment?.balanceAfterFen ?? null) : (member?.balanceFen ?? null)
  if (balance !== null) rows.push({ label: 'balance', fen: balance })
  return rows
}

const balancesOf = ({
  balanceFen,
  grantsFen = ZERO_FEN,
}: NonNullable<CounterView['member']>): readonly Row[] =>
  grantsFen === 0
    ? [{ label: 'balance', fen: balanceFen }]
    : [
        { label: 'grantBalance', fen: grantsFen },
        { label: 'balance', fen: balanceFen },
      ]

/** Whose money the subsidy is: of one payer the name, of several each one's part. */
export function payersText({ quote }: CounterView, language: Language): string {
  const payers = quote?.payers ?? []
  const parts = payers.map(({ name, amountFen }) =>
    payers.length === 1 ? inWords(name, language) : `${inWords(name, language)} ${yuanText(amountFen)}`,
  )
  return parts.join(language === 'zh-CN' ? '、' : ', ')
}

export function Reckoning({ view, language }: { readonly view: CounterView; readonly language: Language }) {
  const { t } = useTranslation()
  return (
    <dl className="reckoning">
      {reckoningOf(view).map((row) => (
        <div key={row.label} className={`reckoning-row reckoning-${row.label}`}>
          <dt>
            {t(`counter.label.${row.label}`)}
            {row.label === 'subsidy' && <small className="reckoning-why">{payersText(view, language)}</small>}
          </dt>
          <dd>
            <Amount fen={row.fen} size="large" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
