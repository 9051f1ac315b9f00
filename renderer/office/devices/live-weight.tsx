import { useTranslation } from 'react-i18next'
import type { ScaleState } from '../../../shared/domain/scale.ts'
import { useStation } from '../../stores/station.ts'

const MG_PER_KG = 1_000_000

/** What the counter hears from its scale at this moment. */
export function LiveWeight() {
  const { t } = useTranslation()
  const scale = useStation(({ view }) => view?.scale ?? null)
  if (scale === null) return null
  const { state, grossMg } = scale
  return (
    <output className="device-live" data-state={state}>
      <strong>{grossMg === null ? '—' : `${(grossMg / MG_PER_KG).toFixed(3)} kg`}</strong>
      <span>{t(`devices.state.${state satisfies ScaleState}`)}</span>
    </output>
  )
}
