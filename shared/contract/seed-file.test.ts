import { expect, test } from 'vitest'
import { parseSeedFile } from './seed-file.ts'

const FILE = {
  menu: {
    id: 'lunch',
    version: 1,
    weighing: { kind: 'fixed-dish', dishId: 'fish' },
    dishes: [
      {
        id: 'fish',
        name: { zh: '鱼块', en: 'Fish' },
        pricing: { kind: 'weight', price: { per: '500g', fen: 1880 } },
        tags: [],
        priceVersion: 1,
        emoji: '鱼',
      },
    ],
    plates: [{ id: 'plate', name: { zh: '盘', en: 'Plate' }, tareMg: 260_000 }],
    defaultPlateId: 'plate',
  },
  members: [
    {
      memberId: 'm-1',
      fullName: '林秀英',
      formOfAddress: '林依姆',
      bornOn: '1954-03-08',
      categories: ['hukou-city'],
      householdArea: '35/3501',
      residenceArea: '35/3501',
      cardUid: '2C00A1B201',
      openingFen: 8900,
    },
  ],
}

test('ST-4 a seed file gives the menu and the people, names apart from the facts', () => {
  const outcome = parseSeedFile(JSON.stringify(FILE))
  if (outcome.kind === 'refused') throw new Error(outcome.problems.join())
  expect(outcome.file.menu.dishes[0]?.pricing).toEqual({ kind: 'weight', price: { per: '500g', fen: 1880 } })
  expect(outcome.file.members).toEqual([
    {
      memberId: 'm-1',
      person: { fullName: '林秀英', formOfAddress: '林依姆' },
      facts: {
        bornOn: '1954-03-08',
        categories: ['hukou-city'],
        householdArea: '35/3501',
        residenceArea: '35/3501',
      },
      cardUid: '2C00A1B201',
      openingFen: 8900,
    },
  ])
})

const [member] = FILE.members
test.each([
  ['two members of one card', { ...FILE, members: [member, { ...member, memberId: 'm-2' }] }, /cardUid/],
  ['a price in half fen', { ...FILE, members: [{ ...member, openingFen: 0.5 }] }, /members\.0\.openingFen/],
  ['a plate nobody has', { ...FILE, menu: { ...FILE.menu, defaultPlateId: 'tray' } }, /defaultPlateId/],
  ['a field nobody knows', { ...FILE, price: 1 }, /price/],
])('ST-4 %s is refused with its place', (_, file, place) => {
  const outcome = parseSeedFile(JSON.stringify(file))
  expect(outcome.kind === 'refused' ? outcome.problems.join('\n') : 'taken').toMatch(place)
})
