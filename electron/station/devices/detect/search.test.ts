import { describe, expect, test } from 'vitest'
import type { PortFinding } from '../../../../shared/contract/found-device.ts'
import { milligrams } from '../../../../shared/domain/units.ts'
import { SpeakingBus, type SpeakingDevice } from '../../../../tests/fixtures/speaking-bus.ts'
import { VirtualTimers } from '../../../../tests/fixtures/virtual-timers.ts'
import { cardFrame, mtSicsWeight, yaohuaFrame } from '../../../trial/wires/frames.ts'
import type { LineSettings } from '../../deps.ts'
import { asciiBytes } from '../protocols/bytes.ts'
import { searchPort } from './search.ts'

const line = (baudRate: number, form = '8N1'): LineSettings => ({
  baudRate,
  dataBits: form.startsWith('7') ? 7 : 8,
  parity: form.includes('E') ? 'even' : 'none',
  stopBits: 1,
})

/** A Yaohua sends its frames back to back: as many as the line carries in a tenth of a second. */
const yaohua = (baudRate: number, digits = 1250): SpeakingDevice => {
  const frames = Math.max(1, Math.floor(baudRate / 10 / 12 / 10))
  return {
    line: line(baudRate),
    says: {
      everyMs: 100,
      frame: () => Buffer.concat(Array.from({ length: frames }, () => yaohuaFrame(digits, 3))),
    },
  }
}

const sics = (settings = line(9600)): SpeakingDevice => ({
  line: settings,
  says: null,
  answers: (request) =>
    Buffer.from(request).toString('latin1').trim() === 'SI'
      ? mtSicsWeight(true, milligrams(1_250_000))
      : null,
})

const silent: SpeakingDevice = { line: line(9600), says: null }

/** Looks on all ports at once, on time that passes by itself. */
async function look(
  devices: Readonly<Record<string, SpeakingDevice>>,
  options: { readonly ask?: boolean } = {},
): Promise<{ readonly findings: PortFinding[]; readonly bus: SpeakingBus }> {
  const timers = new VirtualTimers()
  const bus = new SpeakingBus(timers, devices)
  let over = false
  const looking = Promise.all(
    Object.keys(devices).map((path) => searchPort({ bus, timers }, path, { ask: options.ask ?? false })),
  ).finally(() => {
    over = true
  })
  const isOver = (): boolean => over
  while (!isOver()) await timers.advance(50)
  return { findings: await looking, bus }
}

async function finding(device: SpeakingDevice, ask = false): Promise<PortFinding> {
  const { findings } = await look({ port: device }, { ask })
  const [found] = findings
  if (found === undefined) throw new Error('no finding')
  return found
}

describe('searchPort', () => {
  for (const baudRate of [600, 1200, 2400, 4800, 9600, 19_200])
    test(`DV-17 a Yaohua at ${baudRate} is found at its speed within 10 s, though every speed gives bytes`, async () => {
      const found = await finding(yaohua(baudRate))
      expect(found).toMatchObject({
        outcome: 'found',
        candidates: [
          {
            protocol: 'yaohua-stx12',
            line: { baudRate, dataBits: 8, parity: 'none' },
            grade: 'certain',
            asked: false,
            evidence: { checked: true, contradictions: [], last: { grams: 1250 } },
          },
        ],
      })
      expect(found.tookMs).toBeLessThan(10_000)
    })

  test('DV-17 a card that lies on a reader gives the reader, and both names of its language', async () => {
    const reader: SpeakingDevice = {
      line: line(9600),
      says: { everyMs: 65, frame: () => cardFrame('01001293D8') },
    }
    const found = await finding(reader)
    expect(found).toMatchObject({
      outcome: 'found',
      candidates: [{ kind: 'reader', protocol: 'em4100-rdm6300', evidence: { last: { uid: '01001293D8' } } }],
    })
    expect(found.candidates[0]?.alsoCalled).toContain('id12')
    expect(found.tookMs).toBeLessThan(2000)
  })

  test('DV-17 several ports are searched at once: the time is that of the slowest', async () => {
    const { findings } = await look({ left: yaohua(9600), right: yaohua(1200), empty: silent })
    expect(findings.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'silent'])
    expect(Math.max(...findings.map(({ tookMs }) => tookMs))).toBeLessThan(15_000)
  })

  test('DV-16 nothing is written to a port unless told to, and then one language at a time', async () => {
    const quiet = await look({ port: sics() })
    expect(quiet.bus.written).toEqual([])
    expect(quiet.findings).toMatchObject([{ outcome: 'silent', candidates: [], heard: null }])
    const asked = await look({ port: sics() }, { ask: true })
    expect(asked.findings).toMatchObject([
      {
        outcome: 'found',
        candidates: [
          { protocol: 'mt-sics', asked: true, grade: 'likely', evidence: { last: { grams: 1250 } } },
        ],
      },
    ])
    expect(asked.bus.openPorts).toBe(0)
  })

  test.each([line(2400, '7E1'), line(4800), line(9600, '7E1'), line(2400)])(
    'DV-16 a scale that waits to be asked is found with another setting than its usual one: %j',
    async (settings) => {
      const found = await finding(sics(settings), true)
      expect(found).toMatchObject({
        outcome: 'found',
        candidates: [{ protocol: 'mt-sics', line: settings, evidence: { last: { grams: 1250 } } }],
      })
    },
  )

  test('DV-16 a device that talks by itself is never written to, understood or not', async () => {
    const noise: SpeakingDevice = {
      line: line(9600),
      says: { everyMs: 100, frame: () => Uint8Array.from({ length: 20 }, (_, index) => 0x80 + index) },
    }
    const { findings, bus } = await look({ scale: yaohua(9600), noise }, { ask: true })
    expect(findings.map(({ outcome }) => outcome)).toEqual(['found', 'unknown'])
    expect(findings[1]?.heard?.tailHex).toContain('808182')
    expect(bus.written).toEqual([])
  })

  test('DV-16 a device that sends back what it gets has said nothing', async () => {
    const found = await finding({ line: line(9600), says: null, answers: (request) => request }, true)
    expect(found.candidates).toEqual([])
  })

  test('DV-15 a scale that shows pounds is named, with the unit that speaks against it', async () => {
    const pounds: SpeakingDevice = {
      line: line(9600),
      says: { everyMs: 100, frame: () => asciiBytes('S S       2.76 lb\r\n') },
    }
    const found = await finding(pounds)
    const best = found.candidates.find(({ protocol }) => protocol === 'mt-sics')
    expect(best?.evidence.contradictions).toContainEqual({ kind: 'foreign-unit', unit: 'lb' })
  })

  test('DV-15 a port that cannot be opened is a finding with the reason, not an error', async () => {
    const timers = new VirtualTimers()
    const found = await searchPort({ bus: new SpeakingBus(timers, {}), timers }, 'gone', { ask: false })
    expect(found).toMatchObject({ outcome: 'unavailable', reason: 'cannot open gone' })
  })
})
