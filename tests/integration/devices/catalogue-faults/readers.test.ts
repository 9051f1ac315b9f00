import { describe, expect, test } from 'vitest'
import { openIdReader, openReader } from '../../../../electron/station/devices/devices.ts'
import type { DeviceHandle } from '../../../../electron/station/devices/open-device.ts'
import { cardFrame } from '../../../../electron/trial/wires/frames.ts'
import {
  idCardText,
  SDT_NO_CARD,
  sdtCard,
  sdtFrame,
  type IdCardFields,
} from '../../../../electron/trial/wires/id-card-answers.ts'
import type { IdCard } from '../../../../shared/domain/id-card.ts'
import type { CardEvent } from '../../../../shared/domain/scale.ts'
import { decoded, singly } from '../../../fixtures/decoded.ts'
import { FOREIGNER, HOLDER } from '../../../fixtures/id-cards.ts'
import { KeptLog, MemoryBus } from '../../../fixtures/memory-bus.ts'
import { VirtualTimers } from '../../../fixtures/virtual-timers.ts'

/** The catalogue of faults that were seen in the field, by its numbers: those of card and ID readers. */

const PORT = '/dev/ttyUSB0'
const CARD = '62E3086CED'

/** A reader's language in virtual time; `answer` is what the chip says to a request. */
async function reader(
  protocol: 'em4100-rdm6300' | 'pn532-hsu',
  answer: (request: Uint8Array) => readonly Uint8Array[] = () => [],
) {
  const [bus, timers] = [new MemoryBus(), new VirtualTimers()]
  const events: CardEvent[] = []
  bus.plug({ path: PORT }, (request) => {
    for (const [index, part] of answer(request).entries())
      timers.after(5 + 7 * index, () => bus.send(PORT, part))
  })
  const device = openReader(
    { bus, timers, log: new KeptLog() },
    { protocol, port: { path: PORT } },
    { onCard: (event) => events.push(event) },
  )
  await timers.advance(200)
  return { bus, timers, events, device }
}

const cards = (events: readonly CardEvent[]): CardEvent[] => events.filter(({ kind }) => kind !== 'connected')

describe('fault 10, EM4100', () => {
  test('DV-7 ghosts with a good check, and all-zero and all-F however often, are never a card', async () => {
    const { bus, timers, events } = await reader('em4100-rdm6300')
    for (const ghost of [
      '000000078F',
      '00F00000F0',
      '4FFB388FFF',
      '0000000000',
      '0000000000',
      'FFFFFFFFFF',
      'FFFFFFFFFF',
    ]) {
      bus.send(PORT, cardFrame(ghost))
      await timers.advance(70)
    }
    await timers.advance(1000)
    expect(cards(events)).toEqual([])
  })

  test('DV-7 double frames are one card, and one that is left lying for ten minutes is one event', async () => {
    const { bus, timers, events } = await reader('em4100-rdm6300')
    for (let atMs = 0; atMs < 600_000; atMs += 65) {
      bus.send(PORT, cardFrame(CARD))
      bus.send(PORT, cardFrame(CARD))
      await timers.advance(65)
    }
    expect(cards(events)).toMatchObject([{ kind: 'present', uid: CARD }])
    await timers.advance(1000)
    expect(cards(events).slice(1)).toEqual([{ kind: 'removed', uid: CARD }])
  })

  test('DV-7 a number of 2³¹ and more is whole', () => {
    expect(decoded('em4100-rdm6300', cardFrame('01C8F00800'))).toMatchObject([
      { kind: 'card', uid: '01C8F00800', dec10: '3371173888' },
    ])
  })
})

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const ACK = bytes('0000FF00FF00')
const UID = '24D34F59'
/** An answer to InListPassiveTarget about one card. */
function target(uid: string): Uint8Array {
  const body = Buffer.from(
    `D54B010100040804${uid}`.replace('0804', `08${(uid.length / 2).toString(16).padStart(2, '0')}`),
    'hex',
  )
  const sum = -body.reduce((total, byte) => total + byte, 0) & 0xff
  return Uint8Array.of(0, 0, 0xff, body.length, -body.length & 0xff, ...body, sum, 0)
}
const isListing = (request: Uint8Array): boolean => Buffer.from(request).includes('D44A', 0, 'hex')

describe('fault 11, PN532', () => {
  test('DV-7 an acknowledgement alone is no answer: the round is given up and asked anew', async () => {
    const { timers, events, device } = await reader('pn532-hsu', () => [ACK])
    await timers.advance(4000)
    expect(cards(events)).toEqual([])
    expect(device.status().counters.timeouts).toBeGreaterThan(3)
    await device.close()
  })

  test('DV-3 garbage before the preamble, and an answer in pieces, are one card', async () => {
    const said = target(UID)
    const { timers, events, device } = await reader('pn532-hsu', (request) =>
      isListing(request)
        ? [ACK, bytes('7F 00 81 00'), said.subarray(0, 4), said.subarray(4, 9), said.subarray(9)]
        : [ACK],
    )
    await timers.advance(3000)
    expect(cards(events)).toMatchObject([{ kind: 'present', uid: UID }])
    expect(decoded('pn532-hsu', ...singly(said))).toMatchObject([{ kind: 'card', uid: UID }])
    await device.close()
  })

  test('DV-7 no card is an answer, and takes the card away', async () => {
    const none = bytes('00 00 FF 03 FD D5 4B 00 E0 00')
    let lies = true
    const { timers, events, device } = await reader('pn532-hsu', (request) =>
      isListing(request) ? [ACK, lies ? target(UID) : none] : [ACK],
    )
    await timers.advance(2000)
    lies = false
    await timers.advance(2000)
    expect(cards(events)).toMatchObject([
      { kind: 'present', uid: UID },
      { kind: 'removed', uid: UID },
    ])
    expect(device.status().counters.refused).toBe(0)
    await device.close()
  })

  test('DV-7 a number that is drawn anew for each tap is no member’s, one of seven bytes is', async () => {
    let uid = '08A1B2C3'
    const { timers, events, device } = await reader('pn532-hsu', (request) =>
      isListing(request) ? [ACK, target(uid)] : [ACK],
    )
    await timers.advance(2000)
    expect(cards(events)).toEqual([])
    uid = '04A1B2C3D4E5F6'
    await timers.advance(1000)
    expect(cards(events)).toMatchObject([{ kind: 'present', uid }])
    await device.close()
  })
})

const told = (...parts: readonly Uint8Array[]) => decoded('sdt-idcard', ...parts)
const holder = (...others: IdCardFields): Uint8Array => Uint8Array.from(sdtCard([...HOLDER, ...others]))

describe('fault 12, ID card', () => {
  test('DV-2 the head split in the middle, and single bytes, are one card', () => {
    const card = holder()
    for (const parts of [
      [card.subarray(0, 3), card.subarray(3)],
      [card.subarray(0, 6), card.subarray(6)],
      singly(card),
    ])
      expect(told(...parts)).toMatchObject([{ kind: 'idcard', name: '王秀英' }])
  })

  test('DV-8 a wrong check gives no card, not even a part of one', () => {
    const card = holder()
    const broken = Uint8Array.from(card)
    broken[200] = (broken[200] ?? 0) ^ 0x01
    expect(told(broken)).toEqual([{ kind: 'error', error: 'checksum' }])
    expect(told(broken, card).filter(({ kind }) => kind === 'idcard')).toHaveLength(1)
  })

  test('DV-11 hours of "no card": asked all the while, nothing told, logged, refused or kept', async () => {
    const [bus, timers, log] = [new MemoryBus(), new VirtualTimers(), new KeptLog()]
    bus.plug({ path: PORT }, () => timers.after(10, () => bus.send(PORT, SDT_NO_CARD)))
    const seen: IdCard[] = []
    const device: DeviceHandle = openIdReader(
      { bus, timers, log },
      { protocol: 'sdt-idcard', port: { path: PORT } },
      { onIdCard: (card) => seen.push(card) },
    )
    await timers.advance(3 * 3_600_000)
    // Into the pause between two rounds.
    await timers.advance(200)
    expect(device.status().counters.frames).toBeGreaterThan(20_000)
    expect(device.status().counters).toMatchObject({ timeouts: 0, refused: 0, opens: 1 })
    expect(seen).toEqual([])
    expect(log.lines).toHaveLength(1)
    expect(device.rawTail()).toBe('')
    await device.close()
    expect(timers.waiting).toBe(0)
  })

  test('ME-8 a card that is lifted while it is read (41) is no card; laid again it is one', async () => {
    const [bus, timers] = [new MemoryBus(), new VirtualTimers()]
    let lifted = true
    const frame = (...body: number[]): Uint8Array => Uint8Array.from(sdtFrame(...body))
    const answers: Readonly<Record<string, () => Uint8Array>> = {
      '2001': () => frame(0, 0, 0x9f, 0, 0, 0, 0),
      '2002': () => frame(0, 0, 0x90, ...Array<number>(8).fill(0)),
      '3001': () => (lifted ? frame(0, 0, 0x41) : holder()),
    }
    bus.plug({ path: PORT }, (request) => {
      const answer = answers[Buffer.from(request.subarray(7, 9)).toString('hex')]
      if (answer !== undefined) timers.after(20, () => bus.send(PORT, answer()))
    })
    const seen: IdCard[] = []
    const device = openIdReader(
      { bus, timers, log: new KeptLog() },
      { protocol: 'sdt-idcard', port: { path: PORT } },
      { onIdCard: (card) => seen.push(card) },
    )
    await timers.advance(2000)
    expect(seen).toEqual([])
    lifted = false
    await timers.advance(1000)
    expect(seen[0]).toMatchObject({ name: '王秀英' })
    await device.close()
  })

  test('ME-4 长期 and rare characters stay what they are; a foreigner’s card of type I is read by its own fields', () => {
    expect(told(holder([0, '𬱖䶮㛃       ']))).toMatchObject([{ name: '𬱖䶮㛃', validTo: '长期' }])
    expect(idCardText(FOREIGNER)).toHaveLength(256)
    expect(told(Uint8Array.from(sdtCard(FOREIGNER)))).toMatchObject([
      { kind: 'idcard', type: 'foreigner', name: 'DOE, JANE', chineseName: '简', nation: 'CAN' },
    ])
  })
})
