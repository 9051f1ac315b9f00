import type { HealthItem } from '../../../shared/contract/health.ts'
import type { StationHealth } from '../../../shared/contract/station.ts'
import type { BAY_HEALTH } from '../../../shared/domain/bay-health.ts'
import type { ScaleState } from '../../../shared/domain/scale.ts'
import type { HealthFacts } from './facts.ts'

type Code = keyof typeof BAY_HEALTH

const MINUTE_MS = 60_000

const item = (light: HealthItem['light'], code: Code, values: HealthItem['values'] = {}): HealthItem => ({
  subject: 'bays',
  light,
  code,
  values,
})

const LOCKED = {
  'scale-verification-expired': 'bay-verification-over',
  'scale-check-failed': 'bay-check-failed',
  'scale-check-due': 'bay-check-required',
} as const satisfies Record<string, Code>

/** A scale that says one of these has a weight, or is about to. A pan that was taken off leaves it below zero. */
const WEIGHS: ReadonlySet<ScaleState> = new Set(['ok', 'unstable', 'negative'])

/** Each bay, the exit and the trays that are not paid yet; none in a canteen without bays (SPEC BY-16). */
export function bayLines({ bays, nowMs }: Pick<HealthFacts, 'bays' | 'nowMs'>): readonly HealthItem[] {
  if (bays === null) return []
  const exit = bays.exitReaderConnected === false ? [item('bad', 'exit-reader-away')] : []
  return [...bays.stations.flatMap(linesOfBay), ...exit, ...linesOfTrays(bays.trays, nowMs)]
}

type Stations = NonNullable<StationHealth['bays']>['stations']

function linesOfBay({ bayId: bay, state, readerConnected, verifiedUntil, lock, advice }: Stations[number]) {
  const lines: HealthItem[] = []
  const values = { bay, verifiedUntil }
  if (state === null || state === 'stale' || state === 'disconnected')
    lines.push(item('bad', 'bay-scale-away', { bay }))
  else if (!WEIGHS.has(state)) lines.push(item('attention', 'bay-scale-needs-a-look', { bay }))
  if (!readerConnected) lines.push(item('bad', 'bay-reader-away', { bay }))
  if (lock !== null) lines.push(item(lock === 'scale-check-due' ? 'attention' : 'bad', LOCKED[lock], values))
  for (const each of advice)
    lines.push(item(each === 'verification-expired' ? 'bad' : 'attention', `bay-${each}`, values))
  return lines.length > 0 ? lines : [item('good', 'bay-good', values)]
}

function linesOfTrays(
  trays: NonNullable<StationHealth['bays']>['trays'],
  nowMs: number,
): readonly HealthItem[] {
  const { open, stopped, oldestLastAtMs } = trays
  if (oldestLastAtMs === null) return []
  const minutes = Math.max(0, Math.floor((nowMs - oldestLastAtMs) / MINUTE_MS))
  return stopped > 0
    ? [item('attention', 'trays-stopped', { stopped, minutes })]
    : [item('good', 'trays-open', { open, minutes })]
}
