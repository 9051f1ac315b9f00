import type { Random } from '../../fixtures/random.ts'
import { Story } from '../story.ts'
import type { DiskRecord } from './recording.ts'

/** Where in the seller's work the power fails. */
export const CUT_PLACES = [
  'opening',
  'before-commit',
  'after-commit',
  'after-answer',
  'checkpoint',
  'reopening',
  'closing',
] as const
export type CutPlace = (typeof CUT_PLACES)[number]

function placeOf(story: Story, syncedSinceBegin: boolean): CutPlace {
  switch (story.during?.kind) {
    case 'open':
    case 'set-up':
      return 'opening'
    case 'sale':
    case 'top-up':
      return syncedSinceBegin ? 'after-commit' : 'before-commit'
    case 'checkpoint':
      return 'checkpoint'
    case 'reopen':
      return 'reopening'
    case 'close':
      return 'closing'
    case undefined:
      return 'after-answer'
  }
}

/** For each record the place of a cut right after it. */
export function placesIn(records: readonly DiskRecord[]): CutPlace[] {
  const story = new Story()
  let synced = false
  return records.map((record) => {
    if (record.kind === 'told') {
      story.hear(record.text)
      synced = false
    } else if (record.kind === 'sync') synced = true
    return placeOf(story, synced)
  })
}

/**
 * Chooses where to cut: half of the cuts anywhere, the other half spread evenly over the places, so that the short
 * ones (between commit and answer, in a checkpoint) are met as often as the long.
 *
 * @returns indexes of records, ascending; the power fails right after each.
 */
export function chooseCuts(records: readonly DiskRecord[], count: number, random: Random): number[] {
  const indexesOf = new Map<CutPlace, number[]>()
  placesIn(records).forEach((place, index) => {
    const known = indexesOf.get(place)
    if (known) known.push(index)
    else indexesOf.set(place, [index])
  })
  const places = [...indexesOf.values()]
  const cuts = Array.from({ length: count }, () =>
    random.chance(0.5) ? random.integer(0, records.length - 1) : random.pick(random.pick(places)),
  )
  return cuts.toSorted((a, b) => a - b)
}
