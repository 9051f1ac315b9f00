import { Story } from '../story.ts'
import type { RecordedDisk } from './disk.ts'
import type { DiskRecord } from './recording.ts'

/** A recording that is gone through once, from the disk and the story that it began with. */
export interface Retelling {
  readonly records: readonly DiskRecord[]
  readonly disk: RecordedDisk
  readonly story: Story
}

/**
 * Goes through a recording and stops right after the record of each cut.
 *
 * @param cuts indexes of records, ascending
 * @param atCut is given the number of the cut, the index of its record, and what the world knows by then
 */
export function atCuts(
  { records, disk, story }: Retelling,
  cuts: readonly number[],
  atCut: (state: number, index: number, known: Story) => void,
): void {
  let state = 0
  for (const [index, record] of records.entries()) {
    disk.apply(record)
    if (record.kind === 'told') story.hear(record.text)
    for (; cuts[state] === index; state += 1) atCut(state, index, story.continued())
  }
}

/** The recording from its beginning to its end. */
export function retold(records: readonly DiskRecord[], disk: RecordedDisk): Story {
  const story = new Story()
  atCuts({ records, disk, story }, [], () => undefined)
  return story
}
