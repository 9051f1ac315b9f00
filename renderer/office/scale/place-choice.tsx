import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

interface PlaceChoiceProps {
  readonly bayIds: readonly string[]
  /** Null is the counter. */
  readonly place: string | null
  readonly onPlace: (place: string | null) => void
}

const COUNTER = ''

/** Which scale the page is about: the counter's, or that of a bay. */
export function PlaceChoice({ bayIds, place, onPlace }: PlaceChoiceProps) {
  const { t } = useTranslation()
  return (
    <Select
      size="large"
      className="scale-place"
      aria-label={t('scale.place.label')}
      data-choice="place"
      value={place ?? COUNTER}
      options={[
        { value: COUNTER, label: t('scale.place.counter') },
        ...bayIds.map((bayId) => ({ value: bayId, label: t('scale.place.bay', { bay: bayId }) })),
      ]}
      onChange={(chosen) => onPlace(chosen === COUNTER ? null : chosen)}
    />
  )
}
