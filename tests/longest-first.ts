import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes long, in that order: begun last, one of these would run alone at the end. */
const LONG = [
  'tests/e2e/office',
  'tests/e2e/lunch',
  'tests/simulation/',
  'tests/integration/screens/',
  'tests/integration/hosts/',
  'tests/integration/sync/kill',
  'tests/integration/durability/',
  'tests/integration/backup/cut',
  'tests/integration/station/',
  'tests/integration/server/',
  'tests/integration/sync/',
  'tests/integration/model/',
]

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = LONG.findIndex((folder) => moduleId.includes(folder))
  return rank === -1 ? LONG.length : rank
}

/** The order of a run: a checkout that was never tested does not know yet which files take long. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => rankOf(one) - rankOf(other)))
  }
}
