import { useQuery } from '@tanstack/react-query'
import { station } from '../../stores/office.ts'
import { useSettings } from '../../stores/settings.ts'
import { Asked } from '../shell/asked.tsx'
import { HealthView } from './health-view.tsx'

/** Follows the station's own view of its health. */
export default function HealthPage() {
  const language = useSettings(({ officeLanguage }) => officeLanguage)
  const health = useQuery(station.health.watch.experimental_liveOptions({}))
  return <Asked query={health}>{(page) => <HealthView page={page} language={language} />}</Asked>
}
