import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COUNTER_SCALE } from '../../../tests/fixtures/scale-profile.ts'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { yaohuaFrame } from '../../trial/wires/frames.ts'
import { asciiBytes, hexOf } from './protocols/bytes.ts'
import { SCALE_PROTOCOLS } from './protocols/index.ts'
import { crc8 } from './protocols/scales/hx711.ts'
import type { Refusal } from './protocols/scale-frames.ts'
import { ScaleReadings } from './scale-readings.ts'
import type { ScaleConfig } from '../deps.ts'

const PERIOD_MS = 12.5

interface Listening {
  readonly scale: ScaleReadings
  readonly readings: ScaleReading[]
  readonly refusals: Refusal[]
}

function listen(
  protocol: ScaleConfig['protocol'] = 'yaohua-stx12',
  unit: 'kg' | 'g' = 'kg',
  more: { readonly alwaysNet?: boolean } = {},
): Listening {
  const readings: ScaleReading[] = []
  const refusals: Refusal[] = []
  const scale = new ScaleReadings(
    SCALE_PROTOCOLS[protocol],
    { profile: COUNTER_SCALE, unit, ...more },
    { reading: (reading) => readings.push(reading), refused: (refusal) => refusals.push(refusal) },
  )
  return { scale, readings, refusals }
}

/** Frames in grams, one each period from `fromMs` on; answers the time of the last. */
function send({ scale }: Listening, fromMs: number, grams: readonly number[]): number {
  for (const [index, weight] of grams.entries())
    scale.take(yaohuaFrame(weight, 3), fromMs + index * PERIOD_MS)
  return fromMs + (grams.length - 1) * PERIOD_MS
}
const repeated = (grams: number, count: number): number[] => Array.from({ length: count }, () => grams)
const states = (readings: readonly ScaleReading[]): string[] => {
  const changes: string[] = []
  for (const { state } of readings) if (changes.at(-1) !== state) changes.push(state)
  return changes
}

describe('stability', () => {
  test('DV-10 equal readings become ok after 600 ms, not a frame sooner', () => {
    const listening = listen()
    const frames = 600 / PERIOD_MS
    send(listening, 0, repeated(500, frames))
    expect(states(listening.readings)).toEqual(['unstable'])
    send(listening, 600, [500])
    expect(listening.readings.at(-1)).toEqual({
      state: 'ok',
      weightMg: 500_000,
      rawHex: hexOf(yaohuaFrame(500, 3)),
    })
  })

  test('DV-10 on a slow line five readings are needed, however long they take', () => {
    const listening = listen()
    for (const atMs of [0, 200, 400, 600]) listening.scale.take(yaohuaFrame(500, 3), atMs)
    expect(states(listening.readings)).toEqual(['unstable'])
    listening.scale.take(yaohuaFrame(500, 3), 750)
    expect(states(listening.readings)).toEqual(['unstable', 'ok'])
  })

  test('DV-10 one division of flicker is stable, a creep beyond it starts anew', () => {
    const flicker = listen()
    send(
      flicker,
      0,
      Array.from({ length: 60 }, (_, index) => 500 + (index % 2) * 5),
    )
    expect(states(flicker.readings)).toEqual(['unstable', 'ok'])
    const creep = listen()
    send(
      creep,
      0,
      Array.from({ length: 200 }, (_, index) => 500 + Math.floor(index / 20) * 5),
    )
    expect(states(creep.readings)).toEqual(['unstable'])
  })

  test('DV-10 a burst that was held up is not stable by its number alone', () => {
    const { scale, readings } = listen()
    scale.take(Buffer.concat(repeated(500, 400).map((grams) => yaohuaFrame(grams, 3))), 1000)
    expect(states(readings)).toEqual(['unstable'])
  })

  test('DV-10 silence in between starts anew', () => {
    const listening = listen()
    send(listening, 0, repeated(500, 60))
    listening.scale.take(yaohuaFrame(500, 3), 5000)
    expect(listening.readings.at(-1)?.state).toBe('unstable')
  })

  test('DV-10 the flag of the protocol is believed', () => {
    const { scale, readings } = listen('mt-sics')
    scale.take(asciiBytes('S D      0.360 kg\r\n'), 0)
    scale.take(asciiBytes('S S      0.365 kg\r\n'), 100)
    expect(readings).toMatchObject([
      { state: 'unstable', weightMg: 360_000 },
      { state: 'ok', weightMg: 365_000 },
    ])
  })
})

describe('states', () => {
  test('DV-1 beyond Max + 9 e is overload and carries no weight, up to it is weight', () => {
    const listening = listen()
    send(listening, 0, [15_045])
    send(listening, 20, [15_050])
    expect(listening.readings.map(({ state }) => state)).toEqual(['unstable', 'overload'])
    expect(listening.readings[1]).not.toHaveProperty('weightMg')
    send(listening, 40, [-15_050])
    expect(listening.readings.at(-1)).toMatchObject({ state: 'overload' })
  })

  test('DV-1 a flagged overload and underload carry no weight', () => {
    const { scale, readings } = listen('mt-sics')
    scale.take(asciiBytes('S +\r\nS -\r\n'), 0)
    expect(readings).toEqual([
      { state: 'overload', rawHex: '53202B0D0A' },
      { state: 'underload', rawHex: '53202D0D0A' },
    ])
  })

  describe('MT-12 a weight that is marked as net is no weight', () => {
    const NET = {
      'st-gs-18': 'ST,NT,+  0.755kg\r\n',
      'st-gs-21': 'ST,NT,+  0.755   kg\r\n',
      'cas-22': 'ST,NT,1\xc2,   0.755 kg\r\n',
      'yaohua-a12-wn': 'wn000.755kg\r\n',
      'toledo-8217': '\x0200.755N\r',
      'gram-z3-pc0': '\x02\x62   0.755kg\r\x03',
      'adam-cpwplus': 'ASNN/W+ 0.755 kg\r\n',
      hx711: 'W,1,302000,755,ST*',
    } as const
    test.each(Object.keys(NET) as (keyof typeof NET)[])('%s', (protocol) => {
      const said = NET[protocol]
      const check = hexOf(Uint8Array.of(crc8(said.slice(0, -1))))
      const bytes = asciiBytes(protocol === 'hx711' ? `${said}${check}\n` : said)
      const { scale, readings } = listen(protocol, SCALE_PROTOCOLS[protocol].usualUnit)
      for (const atMs of [0, 200, 400, 600, 800]) scale.take(bytes, atMs)
      expect(states(readings)).toEqual(['tared'])
      expect(readings.at(-1)).not.toHaveProperty('weightMg')
    })
  })

  test('MT-12 a scale that is configured to mark every weight as net weighs', () => {
    const { scale, readings } = listen('yaohua-a12-wn', 'kg', { alwaysNet: true })
    for (const atMs of [0, 200, 400, 600, 800]) scale.take(asciiBytes('wn000.755kg\r\n'), atMs)
    expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 755_000 })
  })

  test('MT-12 behind a net weight the gross one has to come to rest anew', () => {
    const { scale, readings } = listen('st-gs-18')
    for (const [index, mark] of ['GS', 'GS', 'NT', 'GS', 'GS'].entries())
      scale.take(asciiBytes(`ST,${mark},+  0.755kg\r\n`), index * 100)
    expect(states(readings)).toEqual(['unstable', 'ok', 'tared', 'unstable', 'ok'])
  })

  test('DV-1 negative keeps its sign, negative zero is zero', () => {
    const listening = listen()
    send(listening, 0, [-20])
    expect(listening.readings).toMatchObject([{ state: 'negative', weightMg: -20_000 }])
    const zero = listen()
    const frame = yaohuaFrame(0, 3)
    frame.set(asciiBytes('-'), 1)
    frame.set(asciiBytes('1E'), 9)
    zero.scale.take(frame, 0)
    expect(zero.readings).toEqual([{ state: 'unstable', weightMg: 0, rawHex: hexOf(frame) }])
  })

  test('DV-1 silence and loss are states without weight, each said once', () => {
    const listening = listen()
    send(listening, 0, repeated(500, 60))
    listening.readings.length = 0
    listening.scale.stale()
    listening.scale.stale()
    listening.scale.disconnected()
    listening.scale.disconnected()
    expect(listening.readings).toEqual([{ state: 'stale' }, { state: 'disconnected' }])
  })

  test('DV-1 an answer without weight says nothing and does not keep the old weight fresh', () => {
    const { scale, readings } = listen('mt-sics')
    scale.take(asciiBytes('S S      0.360 kg\r\n'), 0)
    scale.take(asciiBytes('S I\r\n'), 100)
    expect(readings).toHaveLength(1)
    expect(scale.saidAtMs).toBe(0)
  })

  test('DV-9 the decimals come with the frame, the unit from the configuration', () => {
    for (const [decimals, unit, weightMg] of [
      [3, 'kg', 1_234_000],
      [2, 'kg', 12_340_000],
      [0, 'g', 1_234_000],
      [1, 'g', 123_400],
      [3, 'g', 1_234],
    ] as const) {
      const { scale, readings } = listen('yaohua-stx12', unit)
      scale.take(yaohuaFrame(1234, decimals), 0)
      expect(readings).toMatchObject([{ weightMg }])
    }
  })

  test('DV-9 a tenth of a milligram is refused', () => {
    const { scale, readings, refusals } = listen('yaohua-stx12', 'g')
    scale.take(yaohuaFrame(1234, 4), 0)
    expect(readings).toEqual([])
    expect(refusals).toEqual([{ reason: 'not-exact' }])
  })

  test('DV-9 a unit that is left out while the weight moves is the one the scale named, not the configured one', () => {
    const { scale, readings } = listen('sartorius-sbi-16', 'g')
    scale.take(asciiBytes('+    0.755 kg \r\n'), 0)
    scale.take(asciiBytes('+    0.760    \r\n'), 100)
    expect(readings.map((reading) => 'weightMg' in reading && reading.weightMg)).toEqual([755_000, 760_000])
  })

  test('DV-9 a weight in pounds is no reading', () => {
    const { scale, readings, refusals } = listen('mt-sics')
    scale.take(asciiBytes('S S      1.234 lb\r\n'), 0)
    expect(readings).toEqual([])
    expect(refusals).toEqual([{ reason: 'foreign-unit', unit: 'lb' }])
  })
})

describe('coalescing', () => {
  test('DV-4 of ten thousand old frames and a new one only the new one is delivered', () => {
    const { scale, readings } = listen()
    scale.take(yaohuaFrame(300, 3), 0)
    readings.length = 0
    scale.take(Buffer.concat([...repeated(300, 10_000), 755].map((grams) => yaohuaFrame(grams, 3))), 20)
    expect(readings).toMatchObject([{ state: 'unstable', weightMg: 755_000 }])
  })

  test('DV-4 every change of state inside a chunk is delivered', () => {
    const { scale, readings } = listen()
    scale.take(Buffer.concat([500, -5, 20_000, 0, 5].map((grams) => yaohuaFrame(grams, 3))), 0)
    expect(readings.map(({ state }) => state)).toEqual([
      'unstable',
      'negative',
      'overload',
      'unstable',
      'unstable',
    ])
    expect(readings.at(-1)).toMatchObject({ weightMg: 5_000 })
  })

  test('DV-2 the last reading and the order of states do not depend on the split', () => {
    const frames = fc.array(fc.integer({ min: -200, max: 20_000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(frames, fc.array(fc.nat(600), { maxLength: 30 }), (grams, cuts) => {
        const stream = Buffer.concat(grams.map((weight) => yaohuaFrame(weight, 3)))
        const whole = listen()
        whole.scale.take(stream, 0)
        const parts = listen()
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
        for (const [index, from] of places.entries())
          parts.scale.take(stream.subarray(from, places[index + 1]), 0)
        expect(parts.readings.at(-1)).toEqual(whole.readings.at(-1))
        expect(states(parts.readings)).toEqual(states(whole.readings))
      }),
    )
  })
})

describe('a protocol without a checksum', () => {
  const answer = (kilograms: string, stable = true): Uint8Array =>
    asciiBytes(`S ${stable ? 'S' : 'D'}      ${kilograms} kg\r\n`)

  test('DV-14 a weight counts when it was said twice', () => {
    const { scale, readings } = listen('mt-sics')
    scale.take(answer('0.382'), 0)
    expect(readings.at(-1)).toMatchObject({ state: 'unstable', weightMg: 382_000 })
    scale.take(answer('0.382'), 100)
    expect(readings.at(-1)).toMatchObject({ state: 'ok', weightMg: 382_000 })
  })

  test('DV-10 a line without a flag, of a scale that usually has one, is stable by time alone', () => {
    const { scale, readings } = listen('cas-22')
    for (const atMs of [0, 100, 200, 300, 400, 500]) scale.take(asciiBytes('   0.382\r\n'), atMs)
    expect(states(readings)).toEqual(['unstable'])
    scale.take(asciiBytes('   0.382\r\n'), 600)
    expect(states(readings)).toEqual(['unstable', 'ok'])
  })

  test('DV-14 a digit that broke on the way is never a stable weight', () => {
    const { scale, readings } = listen('mt-sics')
    for (const [index, kilograms] of ['0.382', '0.382', '0.482', '0.382', '0.382'].entries())
      scale.take(answer(kilograms), index * 100)
    const stable = readings.filter(({ state }) => state === 'ok')
    expect(stable.map((reading) => 'weightMg' in reading && reading.weightMg)).toEqual([382_000, 382_000])
  })

  test('DV-10 DV-14 a moving weight is not stable, however often it is said', () => {
    const { scale, readings } = listen('mt-sics')
    for (const atMs of [0, 100, 200, 300]) scale.take(answer('0.382', false), atMs)
    expect(states(readings)).toEqual(['unstable'])
  })
})
