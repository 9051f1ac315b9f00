import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hexOf } from './bytes.ts'
import {
  ASK_PAPER,
  bold,
  CHINESE_OFF,
  CHINESE_ON,
  cut,
  decodeEscPos,
  drawn,
  DRAWER_KICK,
  GLYPH_BYTES,
  INIT,
  paperAnswer,
  size,
  textBytes,
} from './escpos.ts'
import { decodeLed8, DISPLAY_CLEAR, DISPLAY_INIT, led8Lamp, led8Text } from './led8.ts'
import { vfdLine, vfdRow } from './vfd.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const host = { kind: 'command', direction: 'host' }

describe('what a receipt printer is sent', () => {
  test('PT-1 commands are the catalogue’s bytes, and text is GB18030 with its rare characters whole', () => {
    const line = Buffer.concat([INIT, CHINESE_ON, textBytes('老年食堂\n'), CHINESE_OFF, cut(0)])
    expect(hexOf(line)).toBe('1B401C26C0CFC4EACAB3CCC30A1C2E1D564200')
    expect(hexOf(size(2, 2))).toBe('1D2111')
    expect(hexOf(bold(true))).toBe('1B4501')
    expect(hexOf(ASK_PAPER)).toBe('100404')
    expect(hexOf(textBytes('䶮㛃𠮷'))).toBe('FE9F8230B7319534B235')
    for (const rare of ['䶮', '㛃', '𠮷'])
      expect(decodeEscPos(textBytes(rare))).toEqual([{ kind: 'print', text: rare }])
  })

  test('PT-2 the drawer’s pulse has both its times', () => {
    expect(hexOf(DRAWER_KICK)).toBe('1B700019FA')
    expect(decodeEscPos(DRAWER_KICK)).toEqual([{ ...host, command: 'drawer' }])
  })

  test('PT-1 a drawn character stands in the line and is read back as a picture', () => {
    const image = drawn(new Uint8Array(GLYPH_BYTES).fill(0xff))
    expect(hexOf(image, 0, 5)).toBe('1B2A211800')
    expect(decodeEscPos(Buffer.concat([textBytes('a'), image, textBytes('b')]))).toEqual([
      { kind: 'print', text: 'a' },
      { ...host, command: 'image' },
      { kind: 'print', text: 'b' },
    ])
  })

  test('PT-3 an answer about paper is told from handshakes and noise', () => {
    expect([0x12, 0x1e, 0x72, 0x7e].map(paperAnswer)).toEqual(['paper', 'paper', 'no-paper', 'no-paper'])
    expect([0x11, 0x13, 0x00, 0xff, 0x41].map(paperAnswer)).toEqual([null, null, null, null, null])
  })

  test.each([
    '1B40',
    '1C26',
    '1C2E',
    '1D5600',
    '1D5601',
    '1D564203',
    '1B700019FA',
    '1B6101',
    '100404',
    '1D2111',
  ])('PT-1 %s is one command of the host', (hex) => {
    expect(decodeEscPos(bytes(hex))).toMatchObject([host])
  })

  test('PT-1 a printed line is read back between its commands, whatever stands before it', () => {
    const line = '1B401C26C0CFC4EACAB3CCC30A1C2E1D564200'
    const things = decodeEscPos(bytes(line))
    expect(things).toEqual([
      { ...host, command: 'init' },
      { ...host, command: 'chinese_on' },
      { kind: 'print', text: '老年食堂\n' },
      { ...host, command: 'chinese_off' },
      { ...host, command: 'cut' },
    ])
    for (const garbage of ['00', '0102030405', 'FF', '41421B1B', '1D', '0C7F'])
      expect(decodeEscPos(bytes(garbage + line))).toEqual(expect.arrayContaining(things.slice(2)))
  })

  test('PT-1 what is cut off or unknown is told, and passed by', () => {
    expect(decodeEscPos(bytes('1B'))).toEqual([{ kind: 'error', error: 'incomplete', hex: '1B' }])
    expect(decodeEscPos(bytes('1B7000'))).toEqual([{ kind: 'error', error: 'incomplete', hex: '1B7000' }])
    expect(decodeEscPos(bytes('1B2A21'))).toMatchObject([{ error: 'incomplete' }])
    expect(decodeEscPos(bytes('1B0141'))).toEqual([
      { kind: 'error', error: 'unknown_command', hex: '1B' },
      { kind: 'error', error: 'encoding', hex: '01' },
      { kind: 'print', text: 'A' },
    ])
  })
})

describe('what a customer display is sent', () => {
  test('PT-2 every number and every line ends with a carriage return', () => {
    expect(hexOf(led8Text('12500'))).toBe('1B514131323530300D')
    expect(hexOf(led8Text('12.50'))).toBe('1B514131322E35300D')
    expect(hexOf(led8Text('1234567.89'))).toBe('1B51412D2D2D2D2D2D2D2D0D')
    expect(hexOf(vfdLine(1, 'TOTAL'))).toBe(`1B5141544F54414C${'20'.repeat(15)}0D`)
    expect(hexOf(vfdLine(2, '合计 12.50 and much too long'))).toBe(
      `1B5142${Buffer.from('?? 12.50 and much to').toString('hex').toUpperCase()}0D`,
    )
    expect(vfdRow('TO PAY', '9.80')).toBe('TO PAY          9.80')
    expect([hexOf(DISPLAY_INIT), hexOf(DISPLAY_CLEAR), hexOf(led8Lamp('total'))]).toEqual([
      '1B40',
      '0C',
      '1B7332',
    ])
  })

  test('PT-4 numbers, lines and lamps are read back', () => {
    expect(decodeLed8(bytes('1B40'))).toEqual([{ ...host, command: 'init' }])
    expect(decodeLed8(bytes('0C'))).toEqual([{ ...host, command: 'clear' }])
    expect(decodeLed8(bytes('1B7332'))).toEqual([{ ...host, command: 'lamp_total' }])
    expect(decodeLed8(bytes('1B514131323530300D'))).toEqual([{ kind: 'display', text: '12500' }])
    expect(decodeLed8(bytes('1B514131322E35300D'))).toEqual([{ kind: 'display', text: '12.50' }])
    expect(decodeLed8(vfdLine(2, 'x'))).toEqual([{ kind: 'display', text: 'x'.padEnd(20), line: 2 }])
    expect(decodeLed8(bytes('FF411B73331B5141390D'))).toEqual([
      { kind: 'error', error: 'unknown_command', hex: 'FF' },
      { kind: 'error', error: 'unknown_command', hex: '41' },
      { ...host, command: 'lamp_paid' },
      { kind: 'display', text: '9' },
    ])
  })

  test('PT-2 a number without its end is not shown', () => {
    expect(decodeLed8(bytes('1B51413132'))).toEqual([
      { kind: 'error', error: 'incomplete', hex: '1B51413132' },
    ])
    expect(decodeLed8(bytes('1B514131321B5141390D'))).toEqual([
      { kind: 'error', error: 'incomplete', hex: '1B51413132' },
      { kind: 'display', text: '9' },
    ])
  })
})

test('PT-1 no bytes at all are more than can be read, and each is dealt with once', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.array(fc.constantFrom(0x1b, 0x1d, 0x1c, 0x10, 0x02, 0x40, 0x2a, 0x28, 0x51, 0x41, 0x0d, 0x81, 0x30), {
      maxLength: 200,
    }),
  )
  fc.assert(
    fc.property(noise, (raw) => {
      const sent = Uint8Array.from(raw)
      expect(decodeEscPos(sent).length).toBeLessThanOrEqual(sent.length)
      expect(decodeLed8(sent).length).toBeLessThanOrEqual(sent.length)
    }),
    { seed: 9, numRuns: 2_000 },
  )
})
