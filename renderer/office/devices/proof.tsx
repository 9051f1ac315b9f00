import { useTranslation } from 'react-i18next'
import type { Candidate } from '../../../shared/contract/found-device.ts'

/** What a device seems to be, and why, in a cook's words. */
export function Proof({ candidate }: { readonly candidate: Candidate }) {
  const { t } = useTranslation()
  const { kind, title, grade, evidence } = candidate
  const { values, checked, explainedPercent: percent, contradictions, last } = evidence
  return (
    <div className="device-proof">
      <strong className="device-title">
        {t(`devices.kind.${kind}`)} · {title}
      </strong>
      <span className="device-grade" data-grade={grade}>
        {t(`devices.grade.${grade}`)}
      </span>
      <p>{t(checked ? 'devices.proof.checked' : 'devices.proof.unchecked', { count: values, percent })}</p>
      {last !== null && <p>{t('devices.proof.now', { value: valueWords(last) })}</p>}
      {contradictions.map((one) => (
        <p key={one.kind} className="device-against">
          {t(`devices.contradiction.${one.kind}`, { ...one })}
        </p>
      ))}
    </div>
  )
}

/** A weight with its decimals as the device sent it, the number of a card, or that of an ID-card reader itself. */
function valueWords(last: Readonly<Record<string, unknown>>): string {
  const { grams, value, unit, decimals, uid, samId } = last
  if (typeof uid === 'string') return uid
  if (typeof samId === 'string') return samId
  if (typeof grams === 'number' && typeof decimals === 'number' && unit === 'kg')
    return `${(grams / 1000).toFixed(Math.max(0, decimals))} kg`
  if (typeof grams === 'number') return `${grams} g`
  return typeof value === 'number' && typeof unit === 'string' ? `${value} ${unit}` : '—'
}
