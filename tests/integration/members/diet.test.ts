import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { formOf } from './people.ts'

const stations: CounterStation[] = []
afterEach(async () => {
  for (const station of stations.splice(0)) await station.stop()
})

test('CK-24 what she may not eat is known at the tap, stays over changes, and stands in no entry', async () => {
  const counter = new CounterStation()
  stations.push(counter)
  const { client } = await signedIn(counter.station, 'manager')
  const { book } = counter
  const memberId = uuidv7()
  const rules = { allergens: ['peanut' as const], diets: ['low-sugar' as const] }
  await client.members.register({ memberId, person: formOf(rules) })
  await client.members.issueCard({ memberId, uid: '00000000D7' })
  expect(book.lookUpCard('00000000D7', TODAY)).toMatchObject({ member: { eating: rules } })
  expect(await client.members.get({ memberId })).toMatchObject(rules)

  await client.members.change({ memberId, person: formOf({ formOfAddress: '林依姆' }) })
  expect(book.lookUpCard('00000000D7', TODAY)).toMatchObject({ member: { eating: rules } })
  const texts = book.read((file) => [...file.journal.all()].map(({ bodyText }) => bodyText))
  expect(texts.filter((text) => text.includes('peanut') || text.includes('low-sugar'))).toEqual([])

  await client.members.change({ memberId, person: formOf({ allergens: [], diets: [] }) })
  expect(book.lookUpCard('00000000D7', TODAY)).not.toHaveProperty('member.eating')
  const unknown = { ...formOf(), allergens: ['stones'] } as unknown as ReturnType<typeof formOf>
  await expect(client.members.change({ memberId, person: unknown })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
})
