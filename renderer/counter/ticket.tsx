import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import { Amount } from '../ui/amount.tsx'
import type { TicketFigure } from './message.ts'
import { Scene } from './scene.tsx'

interface TicketProps {
  readonly view: CounterView
  readonly figure: TicketFigure
}

/** The meal ticket: the amount of this moment, large, always in the same place. */
export function Ticket({ view, figure }: TicketProps) {
  const { t } = useTranslation()
  const isPaid = view.phase === 'paid'
  return (
    <aside className={`ticket ${isPaid ? 'ticket-paid' : ''}`} aria-label={t('counter.label.ticket')}>
      <p className="ticket-label">{t(`counter.label.${figure.label}`)}</p>
      <p className="ticket-amount" data-role="price">
        <Amount fen={figure.amountFen} size="hero" />
      </p>
      <div className="ticket-tear" />
      <div className="ticket-foot">
        <Scene view={view} />
        {isPaid && <p className="ticket-enjoy">{t('counter.label.enjoy')}</p>}
      </div>
    </aside>
  )
}

/** While there is no amount yet: the same paper, with the picture of the moment. */
export const PictureSheet = ({ view }: { readonly view: CounterView }) => (
  <aside className="ticket ticket-picture">
    <Scene view={view} />
  </aside>
)
