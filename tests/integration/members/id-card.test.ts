import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import {
  SDT_FOUND,
  SDT_NO_CARD,
  SDT_SELECTED,
  sdtCard,
} from '../../../electron/trial/wires/id-card-answers.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { HOLDER } from '../../fixtures/id-cards.ts'
import { openWindow, signedIn } from '../../fixtures/signed-in.ts'
import { formOf } from './people.ts'

const PORT = '/dev/id-reader'
const NUMBER = '11010119430512000X'
const stations: CounterStation[] = []

afterEach(async () => {
  for (const station of stations.splice(0)) await station.stop()
})

/** A station whose ID reader has a card on it while `lies` says so. */
async function idDesk() {
  const field = { lies: false }
  const counter = new CounterStation({ idReader: { protocol: 'sdt-idcard', port: { path: PORT } } })
  stations.push(counter)
  const answers: Readonly<Record<string, () => Uint8Array>> = {
    '200122': () => (field.lies ? SDT_FOUND : SDT_NO_CARD),
    '200221': () => SDT_SELECTED,
    '300132': () => sdtCard(HOLDER),
  }
  counter.bus.plug({ path: PORT }, (request) => {
    const answer = answers[Buffer.from(request).toString('hex').slice(14)]?.()
    if (answer !== undefined) counter.bus.send(PORT, answer)
  })
  await counter.timers.advance(6000)
  return { counter, field, ...(await signedIn(counter.station, 'cashier')) }
}

describe('the ID card in the register form', () => {
  test('ME-8 it is handed once to whoever is signed in, with what registering needs and no more', async () => {
    const { counter, field, client } = await idDesk()
    expect(await client.members.readIdCard()).toEqual({ kind: 'waiting' })
    field.lies = true
    await counter.timers.advance(1000)
    field.lies = false
    await expect(openWindow(counter.station).client.members.readIdCard()).rejects.toMatchObject({
      code: 'SIGN_IN_REQUIRED',
    })
    expect(await client.members.readIdCard()).toEqual({
      kind: 'card',
      fullName: '王秀英',
      bornOn: '1943-05-12',
      idNumber: NUMBER,
      validTo: null,
    })
    expect(await client.members.readIdCard()).toEqual({ kind: 'waiting' })
    const person = formOf({ fullName: '王秀英', idNumber: NUMBER, bornOn: null })
    await client.members.register({ memberId: uuidv7(), person })
  })

  test('ME-8 after a minute it is forgotten; a reader that is pulled out is named', async () => {
    const { counter, field, client } = await idDesk()
    field.lies = true
    await counter.timers.advance(1000)
    field.lies = false
    await counter.timers.advance(61_000)
    expect(await client.members.readIdCard()).toEqual({ kind: 'waiting' })
    counter.bus.pull(PORT)
    await counter.timers.advance(1000)
    expect(await client.members.readIdCard()).toEqual({ kind: 'disconnected' })
  })

  test('ME-8 the audit notes the reading; neither log nor book nor any file has a word of the card', async () => {
    const { counter, field, client } = await idDesk()
    field.lies = true
    await counter.timers.advance(1000)
    await client.members.readIdCard()
    const entries = counter.book.read((file) => [...file.journal.all()])
    expect(entries.filter((entry) => JSON.stringify(entry).includes('id-card-read'))).toHaveLength(1)
    const files = readdirSync(counter.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    const everything = Buffer.concat([...files, Buffer.from(JSON.stringify(counter.log.lines))])
    for (const secret of [NUMBER, '王秀英', '测试路'])
      for (const encoding of ['utf8', 'utf16le'] as const)
        expect(everything.includes(Buffer.from(secret, encoding))).toBe(false)
    const hex = Buffer.from(NUMBER, 'utf16le').toString('hex')
    expect(everything.toString('latin1').toLowerCase()).not.toContain(hex)
  })

  test('ME-8 a counter without an ID reader says so', async () => {
    const counter = new CounterStation()
    stations.push(counter)
    const { client } = await signedIn(counter.station, 'cashier')
    expect(await client.members.readIdCard()).toEqual({ kind: 'no-reader' })
  })
})
