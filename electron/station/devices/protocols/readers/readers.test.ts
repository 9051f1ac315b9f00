import { describe, expect, test } from 'vitest'
import { DECODERS } from '../decoders.ts'
import { cardsOf } from '../card-frames.ts'
import { Framer } from '../framer.ts'
import { pn532Hsu } from './pn532-hsu.ts'

/** Frames by the catalogue's rules that are not among the sample frames. */
type Told = Readonly<Record<string, unknown>>

function told(protocol: string, ...parts: readonly (readonly number[])[]): Told[] {
  const heard: Told[] = []
  const decoder = DECODERS.get(protocol)?.((said) => heard.push(said))
  decoder?.push(Uint8Array.from(parts.flat()))
  decoder?.end()
  return heard
}

const text = (line: string): number[] => [...Buffer.from(line, 'latin1')]
const hex = (digits: string): number[] => [...Buffer.from(digits.replaceAll(' ', ''), 'hex')]
const xor = (bytes: readonly number[]): number => bytes.reduce((check, byte) => check ^ byte, 0)
const negative = (bytes: readonly number[]): number => -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff

describe('PN532', () => {
  const frame = (...body: readonly number[]): number[] => [
    0x00,
    0x00,
    0xff,
    body.length,
    negative([body.length]),
    ...body,
    negative(body),
    0x00,
  ]
  const extended = (...body: readonly number[]): number[] => {
    const size = [body.length >> 8, body.length & 0xff]
    return [0x00, 0x00, 0xff, 0xff, 0xff, ...size, negative(size), ...body, negative(body), 0x00]
  }
  const target = (uid: readonly number[], sak = 0x08): number[] => [1, 0x00, 0x04, sak, uid.length, ...uid]
  const A = [0x24, 0xd3, 0x4f, 0x59]
  const TEN = [0x04, 1, 2, 3, 4, 5, 6, 7, 8, 9]

  test('DV-7 UIDs of four, seven and ten bytes; one that begins with 08 is random and no card of anybody', () => {
    expect(told('pn532-hsu', frame(0xd5, 0x4b, 1, ...target(TEN)))).toMatchObject([
      { kind: 'card', uid: '04010203040506070809' },
    ])
    const random = frame(0xd5, 0x4b, 1, ...target([0x08, 1, 2, 3]))
    expect(told('pn532-hsu', random)).toMatchObject([{ kind: 'card', uid: '08010203', random: true }])
    expect(
      told('pn532-hsu', frame(0xd5, 0x4b, 1, ...target([0x08, 1, 2, 3, 4, 5, 6])))[0],
    ).not.toHaveProperty('random')
    const cards: string[] = []
    new Framer(pn532Hsu.grammar, (said) => cards.push(...cardsOf(said))).push(Uint8Array.from(random))
    expect(cards).toEqual([])
    expect(told('pn532-hsu', frame(0xd5, 0x4b, 1, ...target([0x88, 4, 1, 2])))).toMatchObject([
      { kind: 'error', error: 'half_uid' },
    ])
  })

  test('DV-3 extended frames, a card with its ATS, two cards, none', () => {
    expect(told('pn532-hsu', extended(0xd5, 0x4b, 1, ...target(A)))).toMatchObject([
      { kind: 'card', uid: '24D34F59' },
    ])
    const withAts = [...target(A, 0x28), 0x05, 0x78, 0x80, 0x70, 0x02]
    expect(told('pn532-hsu', frame(0xd5, 0x4b, 2, ...withAts, ...target(TEN)))).toMatchObject([
      { kind: 'card', uid: '24D34F59', sak: '28', others: ['04010203040506070809'] },
    ])
    expect(told('pn532-hsu', frame(0xd5, 0x4b, 0))).toMatchObject([
      { kind: 'response', command: 'InListPassiveTarget', targets: 0 },
    ])
    const long = Array.from({ length: 260 }, (_, index) => index & 0xff)
    expect(told('pn532-hsu', extended(0xd5, 0x41, 0x00, ...long))).toMatchObject([
      { kind: 'response', command: 'InDataExchange', ok: true },
    ])
  })

  test('DV-8 a wrong length check, and frames that were cut, give no card', () => {
    const whole = frame(0xd5, 0x4b, 1, ...target(A))
    expect(told('pn532-hsu', whole.with(4, 0x00))).toMatchObject([{ error: 'checksum' }])
    for (let kept = 0; kept < whole.length; kept += 1)
      expect(told('pn532-hsu', whole.slice(0, kept)).filter(({ kind }) => kind === 'card')).toEqual([])
    expect(told('pn532-hsu', whole.slice(0, 9), whole).slice(-1)).toMatchObject([
      { kind: 'card', uid: '24D34F59' },
    ])
  })
})

describe('YHY523U', () => {
  const frame = (node: number, code: number, ...data: readonly number[]): number[] => {
    const body = [node & 0xff, node >> 8, code & 0xff, code >> 8, ...data]
    const stuffed = [...body, xor(body)].flatMap((byte) => (byte === 0xaa ? [byte, 0x00] : [byte]))
    return [0xaa, 0xbb, body.length + 1, 0x00, ...stuffed]
  }

  test('DV-3 stuffed bytes in the UID and in the check, UIDs of four and seven bytes', () => {
    expect(told('yhy523u', frame(0x1234, 0x0202, 0, 0xaa, 0xbb, 0xaa, 0x01))).toMatchObject([
      { kind: 'card', uid: 'AABBAA01' },
    ])
    // 34 ^ 12 ^ 02 ^ 02 ^ 00 = 26; 26 ^ 8C = AA.
    const stuffedCheck = frame(0x1234, 0x0202, 0, 0x8c, 0x00, 0x01, 0x01)
    expect(stuffedCheck.slice(-2)).toEqual([0xaa, 0x00])
    expect(told('yhy523u', stuffedCheck)).toMatchObject([{ kind: 'card', uid: '8C000101' }])
    expect(told('yhy523u', stuffedCheck.slice(0, -1), stuffedCheck)).toHaveLength(1)
    expect(told('yhy523u', frame(0, 0x0202, 0, 4, 1, 2, 3, 4, 5, 6))).toMatchObject([
      { uid: '04010203040506' },
    ])
  })

  test('DV-8 each status has its name, and a wrong check is one also where the status is not 0', () => {
    const names = new Map([
      [10, 'general'],
      [11, 'undefined_command'],
      [12, 'parameter'],
      [13, 'no_card'],
      [20, 'request_failed'],
      [21, 'reset_failed'],
      [22, 'authentication_failed'],
      [23, 'read_failed'],
      [24, 'write_failed'],
    ])
    for (const [status, error] of names)
      expect(told('yhy523u', frame(0x1234, 0x0201, status))).toMatchObject([{ kind: 'error', error, status }])
    const failed = frame(0x1234, 0x0201, 20)
    expect(told('yhy523u', [...failed.slice(0, -1), 0x00])).toMatchObject([{ error: 'checksum' }])
    expect(told('yhy523u', frame(0xffff, 0x0208, 20))).toMatchObject([{ kind: 'command', command: 'read' }])
  })
})

describe('the other families', () => {
  test('DV-3 YHY521X: failures by their command, a block without its check', () => {
    expect(told('yhy521x', hex('AABB 02 F3 F1'))).toEqual([{ kind: 'error', error: 'power_down' }])
    const block = [0x12, 0x51, ...hex('5EC0E07A05 88040047513556611028 08')]
    expect(told('yhy521x', [0xaa, 0xbb, ...block, xor(block)])).toEqual([
      { kind: 'error', error: 'uid_check' },
    ])
  })

  test('DV-3 AA … BB: a card, none, several', () => {
    const frame = (...body: readonly number[]): number[] => {
      const framed = [0x00, body.length, ...body]
      return [0xaa, ...framed, xor(framed), 0xbb]
    }
    expect(told('aa-bb-station', frame(0, 0, 0x24, 0xd3, 0x4f, 0x59))).toMatchObject([
      { kind: 'card', uid: '24D34F59' },
    ])
    expect(told('aa-bb-station', frame(1, 0x83))).toMatchObject([{ kind: 'error', error: 'no_card' }])
    expect(told('aa-bb-station', frame(0, 1, 1, 2, 3, 4))).toMatchObject([{ error: 'several_cards' }])
    expect(told('aa-bb-station', [...frame(0, 0, 1, 2, 3, 4).slice(0, -2), 0xee, 0xbb])).toEqual([
      { kind: 'error', error: 'checksum' },
    ])
  })

  test('DV-3 09 … 0D: answers with data, wrong checks', () => {
    expect(told('stx09', hex('09 00 04 11223344 44 0D'))).toMatchObject([
      { kind: 'response', data: '11223344' },
    ])
    expect(told('stx09', hex('09 01 50 51 0D'))).toEqual([{ kind: 'error', error: 'checksum' }])
    expect(told('stx09', hex('09 01 50 09 01 50 50 0D'))).toMatchObject([
      { kind: 'command', command: 'reset' },
    ])
  })

  test('DV-3 Quio: seven bytes of UID, other failures, a wrong check', () => {
    const frame = (...data: readonly number[]): number[] => {
      const body = [data.length + 1, ...data]
      return [0xfe, ...body, xor(body)]
    }
    expect(told('quio-fe', frame(3, 1, 4, 1, 2, 3, 4, 5, 6))).toMatchObject([{ uid: '04010203040506' }])
    expect(told('quio-fe', frame(0xe1))).toMatchObject([{ kind: 'error', error: 'failed', code: 'E1' }])
    expect(told('quio-fe', [...frame(0xe2).slice(0, -1), 0])).toEqual([{ kind: 'error', error: 'checksum' }])
  })

  test('DV-8 a line of digits whose beginning was lost is no card, a number too great neither', () => {
    expect(told('ascii-uid-hex', text('4112233445566\r\n'))).toEqual([
      { kind: 'error', error: 'no_card_number' },
    ])
    expect(told('ascii-uid-hex', text('04112233445566\r\n'))).toMatchObject([{ uid: '04112233445566' }])
    expect(told('wiegand-serial-dec10', text('9999999999\r\n'))).toEqual([
      { kind: 'error', error: 'no_card_number' },
    ])
    expect(told('wiegand-serial-dec10', text('3808980205\r\n'))).toMatchObject([
      { uid: 'E3086CED', dec10: '3808980205' },
    ])
  })

  test('DV-8 Idteck: eight digits, a wrong check', () => {
    const body = [0x02, ...text('1293D800'), 0x03]
    expect(told('idteck-sr30', [...body, xor(body)])).toMatchObject([{ kind: 'card', uid: '1293D800' }])
    expect(told('idteck-sr30', [...body, xor(body) ^ 1])).toEqual([{ kind: 'error', error: 'checksum' }])
  })

  test('DV-3 Wiegand bits: 34 of them, one wrong parity, bits cut short', () => {
    const number = (0xe3086ced).toString(2)
    const ones = (bits: string): number => bits.replaceAll('0', '').length
    const even = ones(number.slice(0, 16)) % 2
    const odd = 1 - (ones(number.slice(16)) % 2)
    expect(told('wiegand26-bits', text(`${even}${number}${odd}\n`))).toMatchObject([
      { kind: 'card', uid: 'E3086CED', parity: 'ok' },
    ])
    expect(told('wiegand26-bits', text('10001001010010011110110001'))).toMatchObject([
      { kind: 'error', error: 'parity', inverted: false },
    ])
    expect(told('wiegand26-bits', text('11110110101101100001001110'))).toMatchObject([{ inverted: true }])
    expect(told('wiegand26-bits', text('0000100101001001111011000'))).toEqual([])
  })
})
