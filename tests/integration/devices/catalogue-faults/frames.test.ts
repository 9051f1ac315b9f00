import { describe, expect, test } from 'vitest'
import { asciiBytes } from '../../../../electron/station/devices/protocols/bytes.ts'
import { xorOf } from '../../../../electron/station/devices/protocols/grammar.ts'
import { crc16 } from '../../../../electron/station/devices/protocols/modbus/crc16.ts'
import { isReader, isScale, SCALE_PROTOCOLS } from '../../../../electron/station/devices/protocols/index.ts'
import { ScaleReadings } from '../../../../electron/station/devices/scale-readings.ts'
import { SCALE_VOICES } from '../../../../electron/trial/wires/voices/index.ts'
import type { Shown } from '../../../../electron/trial/wires/voices/voice.ts'
import type { ScaleReading } from '../../../../shared/domain/scale.ts'
import { milligrams } from '../../../../shared/domain/units.ts'
import { decoded, singly, type Told } from '../../../fixtures/decoded.ts'
import { COUNTER_SCALE } from '../../../fixtures/scale-profile.ts'
import vectors from '../../../fixtures/vectors.json' with { type: 'json' }

/** The catalogue of faults that were seen in the field, by its numbers: those that stand in the frames themselves. */

interface Sample {
  readonly protocol: string
  readonly bytes: Uint8Array
  readonly says: Told
}

/** A sample frame of each language that says a weight or a card. */
const SAMPLES: readonly Sample[] = [...new Set(vectors.map(({ protocol }) => protocol))]
  .filter((protocol) => isScale(protocol) || isReader(protocol))
  .flatMap((protocol) => {
    const vector = vectors.find(
      (each) => each.protocol === protocol && ['weight', 'card'].includes(each.expect.kind) && 'hex' in each,
    )
    if (vector?.hex === undefined) return []
    return [{ protocol, bytes: Uint8Array.from(Buffer.from(vector.hex, 'hex')), says: vector.expect }]
  })

/** A frame of `os2` with its check. */
function os2(fields: string): string {
  const bytes = asciiBytes(fields)
  return `\x01\x02${fields}${String.fromCharCode(xorOf(bytes, 0, bytes.length))}\x03\x04`
}

const isValue = ({ kind }: Told): boolean => kind === 'weight' || kind === 'card'
/** Which weight or card it is; the rest of a frame may say more. */
const valueOf = ({ grams, value, uid }: Told): unknown => grams ?? value ?? uid

function readings(protocol: string, parts: readonly string[], unit: 'kg' | 'g' = 'kg'): ScaleReading[] {
  if (!isScale(protocol)) throw new TypeError(protocol)
  const told: ScaleReading[] = []
  const scale = new ScaleReadings(
    SCALE_PROTOCOLS[protocol],
    { profile: COUNTER_SCALE, unit },
    { reading: (reading) => told.push(reading), refused: () => undefined },
  )
  for (const [index, part] of parts.entries()) scale.take(asciiBytes(part), index * 150)
  return told
}

describe('fault 1', () => {
  test.each(SAMPLES)(
    'DV-2 DV-3 $protocol: in single bytes, two frames in one chunk, from its middle on, without its end',
    ({ protocol, bytes, says }) => {
      const whole = decoded(protocol, bytes)
      expect(decoded(protocol, ...singly(bytes))).toEqual(whole)
      const twice = decoded(protocol, Buffer.concat([bytes, bytes])).filter(isValue)
      expect(twice).toHaveLength(isScale(protocol) ? 2 * whole.filter(isValue).length : 1)
      const half = Math.floor(bytes.length / 2)
      for (const torn of [
        [bytes.subarray(half), bytes],
        [bytes, bytes.subarray(0, half)],
      ]) {
        const values = decoded(protocol, ...torn).filter(isValue)
        expect(new Set(values.map(valueOf))).toEqual(new Set([valueOf(says)]))
      }
    },
  )
})

/** The languages whose frames carry check digits and a beginning of their own. */
const CHECKED: ReadonlySet<string> = new Set([
  'dibal-98',
  'em4100-rdm6300',
  'id12',
  'idteck-sr30',
  'os2',
  'pn532-hsu',
  'quio-fe',
  'sl025m',
  'toledo-continuous',
  'yaohua-a12e-15',
  'yaohua-cmd',
  'yaohua-stx12',
  'yhy521x',
  'yhy523u',
])

describe('fault 2', () => {
  test.each(SAMPLES.filter(({ protocol }) => CHECKED.has(protocol)))(
    'DV-8 $protocol: whichever bit is wrong, no other weight or card is told, and the next good frame is read',
    ({ protocol, bytes, says }) => {
      let checksums = 0
      for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
        const broken = Uint8Array.from(bytes)
        broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const said = decoded(protocol, broken, bytes)
        if (said.some(({ error }) => error === 'checksum')) checksums += 1
        expect(new Set(said.filter(isValue).map(valueOf))).toEqual(new Set([valueOf(says)]))
      }
      expect(checksums).toBeGreaterThan(0)
    },
  )
})

const shown = (more: Partial<Shown>): Shown => ({
  weightMg: milligrams(1_234_000),
  stable: true,
  net: false,
  range: 'in',
  busy: false,
  ...more,
})

/** What asks each language that waits for it. */
const ASKS: Readonly<Record<string, string>> = {
  'avery-fx120': '\x11',
  os2: '\x11',
  'modbus-rtu': '\x01\x03\x00\x00\x00\x03\x05\xcb',
}

/** The frame of a simulated scale that shows this. */
function frameOf(protocol: string, more: Partial<Shown>): Uint8Array {
  if (!isScale(protocol)) throw new TypeError(protocol)
  const voice = SCALE_VOICES[protocol]
  if (voice.kind === 'talks') return voice.frame(shown(more))
  const asks = ASKS[protocol]
  const ask = asks === undefined ? SCALE_PROTOCOLS[protocol].poll?.ask : asciiBytes(asks)
  const answer = ask === undefined ? null : voice.answer(ask, shown(more), { zero: () => undefined })
  if (answer === null) throw new Error(`${protocol} does not answer`)
  return answer
}

/** Languages without a sign: below zero they say that there is no weight, or nothing. */
const UNSIGNED: ReadonlySet<string> = new Set([
  'avery-fx120',
  'cas-ecr-2',
  'dahua-acs',
  'dibal-98',
  'elicom',
  'nci',
  'toledo-8217',
])
/** Read by its register map, not by the listener on the line. */
const SPEAKERS = Object.keys(SCALE_VOICES).filter((name) => name !== 'modbus-rtu')

test('DV-8 DV-14 fault 2, elicom: four bytes without a beginning may be cut wrongly once, and are no stable weight then', () => {
  const good = '\x00\x23\x10\x33'
  const told = readings('elicom', [good, good, good, '\x00\x23\x10\x13', good, good, good, good, good, good])
  expect(told.filter(({ state }) => state === 'ok')).toEqual(
    told.filter((reading) => reading.state === 'ok' && reading.weightMg === 2_310_000),
  )
  expect(told.at(-1)?.state).toBe('ok')
})

describe('fault 5', () => {
  const BELOW = { weightMg: milligrams(-1_234_000) }
  test.each(SPEAKERS.filter((name) => !UNSIGNED.has(name)))(
    'DV-1 %s: below zero keeps its sign',
    (protocol) => {
      expect(decoded(protocol, frameOf(protocol, BELOW)).at(-1)).toMatchObject({
        kind: 'weight',
        grams: -1234,
        negative: true,
      })
    },
  )

  test.each([...UNSIGNED])('DV-1 %s: below zero, without a sign, is no weight of something', (protocol) => {
    expect(decoded(protocol, frameOf(protocol, BELOW)).at(-1)?.['grams'] ?? 0).toBe(0)
  })

  test.each([
    ['yaohua-stx12', '\x02-00000031E\x03'],
    ['yaohua-eq-forward', '=-000.000'],
    ['yaohua-eq-reversed', '=000.0000'],
    ['mt-sics', 'S S     -0.000 kg\r\n'],
    ['st-gs-18', 'ST,GS,-  0.000kg\r\n'],
    ['and-standard', 'ST,-0000.000 kg\r\n'],
    ['os2', os2('S-00.000kg')],
  ])('DV-1 %s: −0.000 is zero', (protocol, frame) => {
    const [said] = decoded(protocol, asciiBytes(frame))
    expect(said).toMatchObject({ kind: 'weight', grams: 0 })
    expect(Object.is(said?.['grams'], 0)).toBe(true)
    expect(said).not.toHaveProperty('negative')
  })

  test.each([
    ['yaohua-a12-wn', 'wt000.350kg\r\n'],
    ['st-gs-18', 'ST,TR,+  0.350kg\r\n'],
    ['adam-cpwplus', 'ASNT/W+ 0.35 kg\r\n'],
    ['sartorius-sbi-16', 'T     +    0.350 kg \r\n'],
  ])('DV-1 %s: a tare line is not a weight', (protocol, line) => {
    expect(decoded(protocol, asciiBytes(line))).toMatchObject([{ kind: 'tare', grams: 350 }])
    expect(readings(protocol, [line, line, line, line])).toEqual([])
  })

  test.each([
    'cas-22',
    'gram-z3-pc0',
    'hx711',
    'st-gs-18',
    'st-gs-21',
    'toledo-8217',
    'toledo-continuous',
    'yaohua-a12-wn',
    'yaohua-a12e-15',
  ])('MT-12 %s: net and gross are told apart', (protocol) => {
    for (const net of [false, true])
      expect(decoded(protocol, frameOf(protocol, { net }))).toMatchObject([{ kind: 'weight', net }])
  })
})

/** Of too much these have no word: the digits go on, and Max + 9 e decides. */
const NO_WORD: ReadonlySet<string> = new Set([
  'adam-cpwplus',
  'avery-fx120',
  'dahua-acs',
  'elicom',
  'epelsa',
  'gg-14',
  'gg-14-asked',
  'kern-18',
  'ohaus-line',
  'yaohua-a12-wn',
  'yaohua-c602',
  'yaohua-cmd',
  'yaohua-eq-forward',
  'yaohua-eq-reversed',
  'yaohua-price-27',
  'yaohua-stx12',
])

describe('fault 6', () => {
  test.each(SPEAKERS.filter((name) => !NO_WORD.has(name)))(
    'DV-1 %s: too much and too little are no weight',
    (protocol) => {
      for (const range of ['over', 'under'] as const) {
        const said = decoded(protocol, frameOf(protocol, { range, weightMg: milligrams(20_000_000) }))
        expect(said.filter(isValue)).toEqual([])
      }
    },
  )

  test.each([
    ['st-gs-18', 'OL,GS,+999999kg\r\n', 'overload'],
    ['st-gs-18', 'UL,GS,-000.120kg\r\n', 'underload'],
    ['st-gs-21', 'OL,GS,+            \r\n', 'overload'],
    ['st-gs-21', 'OL,GS,-            \r\n', 'underload'],
    ['cas-22', 'OL,GS,1\x84,  15.150 kg\r\n', 'overload'],
    ['and-standard', 'OL,+999999.9  g\r\n', 'overload'],
    ['and-standard', 'OL,-9999.999 lb\r\n', 'underload'],
    ['yaohua-a12e-15', '         OL23\r\n', 'overload'],
    ['yaohua-a12e-15', '         LO23\r\n', 'underload'],
    ['toledo-continuous', '\x02\x2d\x34\x20      000000\r', 'overload'],
    ['toledo-continuous', '\x02\x2d\x30\x20      000000\r', 'overload'],
    ['toledo-8217', '\x02?B\r', 'overload'],
    ['toledo-8217', '\x02?C\r', 'overload'],
    ['toledo-8217', '\x02?D\r', 'underload'],
    ['nci', '\n^^^^^^KG\r\nS00\r\x03', 'overload'],
    ['nci', '\n______KG\r\nS00\r\x03', 'underload'],
    ['sartorius-sbi-16', '      High    \r\n', 'overload'],
    // Where a price scale shows 00.000 in overload, its status still says that this is no zero.
    ['os2', os2('F 00.000kg'), 'overload'],
  ])('DV-1 %s: %j is told as what it is, whatever its digits', (protocol, frame, error) => {
    expect(decoded(protocol, asciiBytes(frame))).toMatchObject([{ kind: 'error', error }])
    expect(readings(protocol, [frame, frame]).map(({ state }) => state)).not.toContain('ok')
  })

  test.each([
    [0x7f4f_464c, 'overload'],
    [0x7f4f_4646, 'off'],
    [0x7f45_5252, 'device_fault'],
  ])('DV-1 modbus-rtu: General Measure’s text %i in place of a weight is %s', (text, error) => {
    const reply = [1, 3, 4, text >>> 24, (text >> 16) & 0xff, (text >> 8) & 0xff, text & 0xff]
    const crc = crc16(Uint8Array.from(reply), 0, reply.length)
    expect(decoded('modbus-rtu', Uint8Array.of(...reply, crc & 0xff, crc >> 8))).toMatchObject([
      { kind: 'error', error },
    ])
  })
})

describe('fault 7', () => {
  test('DV-2 toledo-8217: seven bits with parity, read on a port of eight, say the same and that it is so', () => {
    const parity = (byte: number): number =>
      byte.toString(2).replaceAll('0', '').length % 2 === 0 ? byte : byte | 0x80
    const sent = asciiBytes('\x0201.250\r').map(parity)
    expect(decoded('toledo-8217', sent)).toMatchObject([{ kind: 'weight', grams: 1250, parityBit: true }])
    expect(decoded('toledo-8217', asciiBytes('\x02?D\r').map(parity))).toMatchObject([{ error: 'underload' }])
  })

  test('DV-3 cas-22: a lamp byte that a text driver has turned into three others is no frame', () => {
    const frame = asciiBytes('ST,GS,1\xc4,000013.5 kg\r\n')
    expect(decoded('cas-22', frame)).toMatchObject([{ kind: 'weight', grams: 13_500 }])
    const asText = Buffer.from(Buffer.from(frame).toString('utf8'), 'utf8')
    expect(asText.includes(Buffer.from('EFBFBD', 'hex'))).toBe(true)
    expect(decoded('cas-22', asText)).toEqual([])
    expect(decoded('cas-22', asText, frame)).toMatchObject([{ kind: 'weight', grams: 13_500 }])
  })
})

describe('fault 8', () => {
  test('DV-9 the two "=" formats are what the configuration says, because their bytes are alike', () => {
    const frame = asciiBytes('=000.3000')
    expect(decoded('yaohua-eq-forward', frame)).toMatchObject([{ grams: 300 }])
    expect(decoded('yaohua-eq-reversed', frame)).toMatchObject([{ grams: 3000 }])
  })

  test('DV-3 a reversed frame that lost its end, and with it its high digits, is not read as less', () => {
    const whole = '=054.3210'
    for (let length = 1; length < whole.length; length += 1) {
      const said = decoded('yaohua-eq-reversed', asciiBytes(whole.slice(0, length) + whole.repeat(2)))
      expect(new Set(said.map(({ grams }) => grams))).toEqual(new Set([123_450]))
    }
    // Not even over and over: the eight-byte form has to be whole, too.
    expect(decoded('yaohua-eq-reversed', asciiBytes('=054.3'.repeat(20)))).toEqual([])
  })
})

describe('fault 9', () => {
  test.each(['\x02?@\r', '\x02?P\r', '\x02?A\r'])(
    'DV-1 toledo-8217: a status without a weight (%j) is neither zero nor the last weight',
    (status) => {
      const weight = '\x0201.250\r'
      const told = readings('toledo-8217', [weight, weight, status, status, status])
      expect(told).toHaveLength(2)
      expect(told.at(-1)).toMatchObject({ state: 'ok', weightMg: 1_250_000 })
      expect(decoded('toledo-8217', asciiBytes(status))).toMatchObject([{ kind: 'status' }])
      // Nor does it keep the old weight fresh: what follows it has to come to rest anew.
      expect(readings('toledo-8217', [weight, status, weight]).map(({ state }) => state)).toEqual([
        'unstable',
        'unstable',
      ])
    },
  )
})

describe('fault 14', () => {
  const IN_UNITS: readonly (readonly [protocol: string, lb: string, grams: string])[] = [
    ['mt-sics', 'S S      2.500 lb\r\n', 'S S      755.0 g\r\n'],
    ['st-gs-18', 'ST,GS,+  2.50lb\r\n', 'ST,GS,+ 755.0 g\r\n'],
    ['and-standard', 'ST,+0002.500 lb\r\n', 'ST,+000755.0  g\r\n'],
    ['cas-22', 'ST,GS,1\xc4,   2.500 lb\r\n', 'ST,GS,1\xc4,   755.0  g\r\n'],
    ['kern-18', '        2.500 lb \r\n', '        755.0 g  \r\n'],
    ['ohaus-line', '      2.500 lb\r\n', '      755.0 g\r\n'],
    ['sartorius-sbi-16', '+    2.500 lb \r\n', '+    755.0 g  \r\n'],
    ['adam-cpwplus', 'ASNG/W+ 2.50 lb\r\n', 'ASNG/W+ 755 g\r\n'],
  ]
  test.each(IN_UNITS)(
    'DV-9 %s: pounds are refused and grams converted though kg is configured',
    (protocol, lb, grams) => {
      expect(readings(protocol, [lb, lb, lb])).toEqual([])
      expect(readings(protocol, Array<string>(6).fill(grams)).at(-1)).toMatchObject({
        state: 'ok',
        weightMg: 755_000,
      })
    },
  )

  test.each(['st-gs-18', 'mt-sics'])('DV-9 %s: 斤 is refused in either encoding', (protocol) => {
    for (const jin of ['\xbd\xef', Buffer.from('斤').toString('latin1')]) {
      const line = protocol === 'mt-sics' ? `S S      1.510 ${jin}\r\n` : `ST,GS,+  1.51${jin}\r\n`
      expect(readings(protocol, [line, line, line])).toEqual([])
    }
  })
})
