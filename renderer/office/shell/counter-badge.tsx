import { useTranslation } from 'react-i18next'
import { COUNTER_HASH, goTo } from '../../stores/place.ts'
import { useStation } from '../../stores/station.ts'
import { yuanText } from '../../ui/format.ts'
import { Sign, type SignKind } from '../../ui/sign.tsx'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'

/** What goes on at the counter while its screen is not in front: quiet, so that the cook notices and nobody jumps. */
export function CounterBadge() {
  const { t } = useTranslation()
  const view = useStation((station) => station.view)
  if (view === null || view.phase === 'idle') return null
  const { totalFen } = view
  return (
    <button type="button" className="bar-badge" data-badge={view.phase} onClick={() => goTo(COUNTER_HASH)}>
      <Sign kind={signOf(view)} />
      <strong>{t(`office.phase.${view.phase}`)}</strong>
      {totalFen > 0 && <span>{t('shell.badgeTotal', { amount: yuanText(totalFen) })}</span>}
    </button>
  )
}

function signOf({ phase }: CounterView): SignKind {
  switch (phase) {
    case 'paid':
      return 'good'
    case 'trouble':
    case 'insufficient':
      return 'stop'
    case 'ready':
      return 'act-card'
    default:
      return 'wait'
  }
}
