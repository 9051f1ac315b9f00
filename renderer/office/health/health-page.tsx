import { useQuery } from '@tanstack/react-query'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { HealthView } from './health-view.tsx'

/** Follows the station's own view of its health. */
export default function HealthPage() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const { data } = useQuery(station.health.watch.experimental_liveOptions({}))
  return <HealthView page={data ?? null} language={language} />
}
