import { mkdtempSync } from 'node:fs'
import { expect, test } from 'vitest'
import { seededRandom } from '../../fixtures/random.ts'
import { cutDayCloses, dayCloseFaults, killDayCloses } from '../../proof/day-close/campaign.ts'
import { examineEvenings } from '../../proof/day-close/examine.ts'
import { Evenings, FIRST_DATE } from '../../proof/day-close/plan.ts'
import { memoryFolder } from '../../proof/memory-folder.ts'

const MINUTES = 60_000

test(
  'LG-26 120 states after a power cut: each day is closed once or not at all, and asked again closes once',
  async () => {
    const figures = await cutDayCloses('every-run', 120)
    console.log(
      `day close, power cut: ${figures.examined} states, ${figures.thereAfterAll} in flight there, ${figures.notThere} not`,
    )
    expect(dayCloseFaults(figures)).toEqual([])
  },
  3 * MINUTES,
)

test(
  'LG-26 LG-21 25 kills while days are closed: no day twice, none that was acknowledged lost',
  async () => {
    const figures = await killDayCloses('every-run', 25)
    console.log(
      `day close, kill: ${figures.examined} kills, ${figures.thereAfterAll} in flight there, ${figures.notThere} not`,
    )
    expect(figures.faults).toEqual([])
  },
  3 * MINUTES,
)

test('LG-26 a close that was acknowledged and is not in the book is seen', () => {
  const known = new Evenings()
  known.hear(`{"closing":"${FIRST_DATE}"}\n{"closed":"${FIRST_DATE}","headHash":"00"}\n`)
  const { faults } = examineEvenings(mkdtempSync(memoryFolder('day-close-')), known, seededRandom('seen'))
  expect(faults.join()).toContain(`the close of ${FIRST_DATE} is not what was acknowledged`)
})
