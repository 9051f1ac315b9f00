import { useTranslation } from 'react-i18next'
import type { HealthLight } from '../../../shared/contract/health.ts'
import './health.css'

const SIGN: Readonly<Record<HealthLight, string>> = { good: '✓', attention: '!', bad: '×' }

/** A sign and a word beside the colour. */
export function HealthLamp({ light }: { readonly light: HealthLight }) {
  const { t } = useTranslation()
  return (
    <span className="lamp" data-light={light} aria-label={t(`health.light.${light}`)} role="img">
      {SIGN[light]}
    </span>
  )
}
