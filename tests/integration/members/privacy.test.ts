import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { formOf, idNumberOf } from './people.ts'

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })
}

test('LG-16 of somebody who was registered, found, fed and erased nothing stands readable in book, log or journal', async () => {
  const counter = new CounterStation()
  const { client } = await signedIn(counter.station, 'manager')
  const memberId = uuidv7()
  const idNumber = idNumberOf('1937-07-07', '461')
  const planted = ['慕容桂馥', '慕容伯伯', '13977778888', '77778888', idNumber, '1937-07-07', '19370707']
  const payer = { payerId: uuidv7(), name: '慕容代付', relation: '侄女儿', phone: '13966667777' }
  planted.push(payer.name, payer.relation, payer.phone)
  const person = formOf({ fullName: '慕容桂馥', idNumber, bornOn: null, phone: '13977778888' })
  await client.members.register({ memberId, person })
  await client.members.issueCard({ memberId, uid: 'BB00000001' })
  const topUpId = uuidv7()
  await client.members.addPayer({ memberId, ...payer })
  const { receipt } = await client.members.topUp({
    topUpId,
    memberId,
    amountFen: 3_000,
    payerId: payer.payerId,
  })
  expect(receipt.markup).toContain(payer.name)
  for (const text of planted) await client.members.search({ text, limit: 10 })
  expect((await client.members.search({ text: 'mrgf', limit: 1 })).found[0]?.formOfAddress).toBe('慕容伯伯')
  await client.members.showIdNumber({ memberId })
  await client.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '退' })
  const again = { memberId: uuidv7(), person: { ...person, fullName: '慕容另' } }
  await expect(client.members.register(again)).rejects.toMatchObject({ code: 'ID_NUMBER_TAKEN' })

  const nowhere = (): void => {
    const files = filesUnder(counter.folder)
    expect(files.length).toBeGreaterThan(1)
    for (const path of files) {
      const bytes = readFileSync(path)
      for (const secret of planted) expect(bytes.includes(secret), `${secret} in ${path}`).toBe(false)
    }
    const log = JSON.stringify(counter.log)
    for (const secret of planted) expect(log.includes(secret), `${secret} in the log`).toBe(false)
  }
  nowhere()
  counter.book.checkpoint()
  nowhere()
  counter.book.erasePerson(memberId)
  await counter.stop()
  nowhere()
})
