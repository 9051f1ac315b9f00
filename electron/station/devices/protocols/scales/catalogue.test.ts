import { describe, expect, test } from 'vitest'
import { asciiBytes } from '../bytes.ts'
import { decoded, type Told } from '../../../../../tests/fixtures/decoded.ts'

/** Frames that the makers' manuals describe beside those of the sample file: by protocol, what is sent and what it says. */
const OVERLOAD = { kind: 'error', error: 'overload', overload: true }
const UNDERLOAD = { kind: 'error', error: 'underload', underload: true }
const CHECKSUM = { kind: 'error', error: 'checksum' }
const weight = (grams: number, more: Told = {}): Told => ({ kind: 'weight', grams, ...more })

const FRAMES: Readonly<Record<string, readonly (readonly [sent: string, says: Told])[]>> = {
  'yaohua-eq-forward': [
    ['=00012345', weight(12_345_000)],
    ['=+012.345', weight(12_345)],
    ['=-000.000', weight(0, { decimals: 3 })],
    ['=1234.567', weight(1_234_567)],
  ],
  'yaohua-eq-reversed': [
    ['=5432100-', weight(-12_345_000)],
    ['=000.0000', weight(0)],
    ['=054.3210=054.3210', weight(123_450)],
    ['=00.100-=00.100-', weight(-1000, { negative: true })],
  ],
  'yaohua-a12e-15': [
    ['         OL23\r\n', OVERLOAD],
    ['         LO23\r\n', UNDERLOAD],
    ['WG0012.50kg34\r\n', weight(12_500, { net: false })],
    ['WG004.139kg3d\r\n', weight(4139)],
    ['WG004.139kg3E\r\n', CHECKSUM],
    ['WN       kg35\r\n', { kind: 'status', net: true }],
  ],
  'yaohua-a12-wn': [
    ['wt000.350kg\r\n', { kind: 'tare', grams: 350, unit: 'kg' }],
    ['wn-003.17kg\r\n', weight(-3170, { net: true, negative: true })],
    ['ww000.000lb\r\n', { kind: 'weight', value: 0, unit: 'lb' }],
  ],
  'yaohua-cmd': [
    ['\x02AB-000500318\x03', weight(-500, { net: false, address: 'A' })],
    ['\x02CD+00123421A\x03', weight(12_340, { net: true, address: 'C' })],
    ['\x02AC+00050031F\x03', { kind: 'tare', grams: 500 }],
    ['\x02AB+00123431E\x03', CHECKSUM],
    ['\x02AB04\x03', CHECKSUM],
    ['\x02AE04\x03', { kind: 'command', command: 'E', direction: 'host' }],
  ],
  'cas-22': [
    ['OL,GS,1\x84,         kg\r\n', OVERLOAD],
    ['OL,GS,1\x84,  -99999 kg\r\n', UNDERLOAD],
    ['ST,NT,2\xc2,   1.250 lb\r\n', { kind: 'weight', value: 1.25, unit: 'lb', net: true, deviceId: 2 }],
    ['ST,GS,1\xd4,   1.250 kg\r\n', weight(1250, { stable: false, hold: true })],
    ['ST,GS,1\xc4,         kg\r\n', { kind: 'status', stable: true }],
    ['  13.500\r\n', weight(13_500)],
    ['- 13.500\r\n', weight(-13_500)],
  ],
  'st-gs-18': [
    ['ST,NT,+  1.234kg\r\n', weight(1234, { stable: true, net: true })],
    ['ST,GS,+   0.75kg\r\n', weight(750)],
    ['ST,GS,   245.6 g\r\n', weight(245.6, { unit: 'g' })],
    ['ST,GS,+  12.345t\r\n', weight(12_345_000, { unit: 't' })],
    ['ST,GS,+0002.50lb\r\n', { kind: 'weight', value: 2.5, unit: 'lb' }],
    ['st,gs,+011.120KG\r\n', weight(11_120, { unit: 'kg' })],
    ['ST,TR,+000.350kg\r\n', { kind: 'tare', grams: 350, stable: true }],
    ['UL,GS,+        kg\r\n', UNDERLOAD],
    ['OL,NT,-999999kg\r\n', UNDERLOAD],
    ['ST,GS,        kg\r\n', { kind: 'status', stable: true }],
    ['ST,GS,   1.234,kg\r\n', weight(1234)],
    ['ST,1,   1.234kg,   0.000kg\r\n', weight(1234, { stable: true, net: false, tareGrams: 0 })],
    ['US,1,  -0.234kg,PT 0.500kg\r\n', weight(-234, { stable: false, net: true, tareGrams: 500 })],
    ['ST,GS  0.000kg\r\n', weight(0, { stable: true })],
    ['ST,G    1.500kg\r\n', weight(1500, { net: false })],
    ['ST,GS,+  2.50\xbd\xef\r\n', { kind: 'weight', value: 2.5, unit: '斤' }],
    ['ST,GS,+  2.50斤\r\n', { kind: 'weight', value: 2.5, unit: '斤' }],
    ['OK\r\n', { kind: 'ack' }],
    ['ERR04\r\n', { kind: 'error', error: 'err04' }],
  ],
  'st-gs-21': [
    ['ST,GS,+123.456   g\r\n', weight(123.456, { unit: 'g', stable: true, net: false })],
    ['US,NT,-  12.345  kg\r\n', weight(-12_345, { stable: false, net: true, negative: true })],
    ['ST,TR,+  0.500  kg\r\n', { kind: 'tare', grams: 500 }],
  ],
  'and-standard': [
    ['US,+0005.593 kg\r\n', weight(5593, { stable: false })],
    ['QT,+00012345 PC\r\n', { kind: 'count', count: 12_345 }],
    ['ST,+00012345  g\r\n', weight(12_345)],
    ['EC,E1\r\n', { kind: 'error', error: 'undefined', code: 'E1' }],
    ['\x06\r\n', { kind: 'ack' }],
  ],
  'ohaus-line': [
    ['    -192.21 g\r\n', weight(-192.21, { negative: true, stable: true })],
    ['      1.250 kg ?\r\n', weight(1250, { stable: false })],
    ['        253 PCS\r\n', { kind: 'count', count: 253 }],
    ['-   1.250    kg?NET\r\n', weight(-1250, { stable: false, net: true })],
    ['    1.250 kg    G  \r\n', weight(1250, { stable: true, net: false })],
    ['ES\r\n', { kind: 'error', error: 'syntax' }],
  ],
  'kern-18': [
    ['       0.665 g  \r\n', weight(0.665, { unit: 'g', stable: true })],
    [' -     1.234 kg \r\n', weight(-1234, { negative: true })],
    ['M      1.234 lb \r\n', { kind: 'weight', value: 1.234, unit: 'lb' }],
    ['          25 pcs\r\n', { kind: 'count', count: 25 }],
  ],
  'gg-14': [
    ['-  29.182 g \r\n', weight(-29.182, { unit: 'g', negative: true })],
    ['    1.250 kg\r\n', weight(1250, { unit: 'kg' })],
  ],
  'sartorius-sbi-16': [
    ['-      12.5 kg \r\n', weight(-12_500, { stable: true, negative: true })],
    ['      High    \r\n', OVERLOAD],
    ['       L      \r\n', UNDERLOAD],
    ['     Err 54   \r\n', { kind: 'error', error: 'err54' }],
    ['N     +    123.4 g  \r\n', weight(123.4, { net: true, stable: true })],
    ['G     -   0.1250 kg \r\n', weight(-125, { net: false, negative: true })],
    ['T     +    123.4 g  \r\n', { kind: 'tare', grams: 123.4 }],
    ['N     +    123.4    \r\n', weight(123.4, { stable: false, unit: null })],
    ['Stat        High    \r\n', OVERLOAD],
    ['Stat                \r\n', { kind: 'status' }],
  ],
  'adam-cpwplus': [
    ['ASNN/W- 1.75 kg\r\n', weight(-1750, { net: true, negative: true })],
    ['ASNT/W+ 0.50 kg\r\n', { kind: 'tare', grams: 500 }],
    ['ASNG/W+ 3.86 lb\r\n', { kind: 'weight', value: 3.86, unit: 'lb', net: false }],
  ],
}

/** Latin1, but for a Chinese unit, which comes as UTF-8. */
const bytesOf = (sent: string): Uint8Array =>
  sent.includes('斤') ? Uint8Array.from(Buffer.from(sent)) : asciiBytes(sent)

describe.each(Object.entries(FRAMES))('DV-2 %s', (protocol, frames) => {
  test.each(frames)('DV-1 reads %j', (sent, says) => {
    expect(decoded(protocol, bytesOf(sent)).at(-1)).toMatchObject(says)
  })

  test.each(frames)('DV-3 without its end, %j says nothing of its own', (sent, says) => {
    const whole = bytesOf(sent)
    for (let length = 1; length < whole.length; length += 1) {
      const said = decoded(protocol, whole.subarray(0, length), whole)
      expect(said.at(-1)).toMatchObject(says)
      for (const what of said.filter(({ kind }) => kind === 'weight')) expect(what).toMatchObject(says)
    }
  })
})

/** Lines with something missing or wrong in them: nothing may be read from any. */
const NO_FRAMES: readonly (readonly [protocol: string, sent: string])[] = [
  ['yaohua-eq-forward', '=00.3.000'],
  ['yaohua-eq-forward', '=0003.0'],
  ['yaohua-eq-forward', '=00-3.000'],
  ['yaohua-eq-reversed', '=054.321'],
  ['yaohua-eq-reversed', '=054.321=054.322'],
  ['yaohua-eq-reversed', '=054.32-0'],
  ['yaohua-a12-wn', 'wn01.171kg\r\n'],
  ['yaohua-a12-wn', 'n001.171kg\r\n'],
  ['cas-22', 'ST,GS,11,000013.5 kg\r\n'],
  ['cas-22', '13.500\r\n'],
  ['st-gs-18', 'ST,GS,+011.1\r\n'],
  ['st-gs-18', 'T,GS,+011.120kg\r\n'],
  ['st-gs-18', 'ST,GS,+01 .120kg\r\n'],
  ['and-standard', 'ST,+0123.4  g\r\n'],
  ['and-standard', 'T,+00123.4  g\r\n'],
  ['ohaus-line', '     92.21 g\r\n'],
  ['ohaus-line', '192.21 g\r\n'],
  ['kern-18', '      0.665 g  \r\n'],
  ['kern-18', '29.186 g  \r\n'],
  ['gg-14', '  29.182 g \r\n'],
  ['sartorius-sbi-16', '    123.4 g  \r\n'],
  ['adam-cpwplus', 'W+ 1.75 kg\r\n'],
]

test.each(NO_FRAMES)('DV-1 DV-3 %s: %j is no frame', (protocol, sent) => {
  expect(decoded(protocol, asciiBytes(sent))).toEqual([])
})
