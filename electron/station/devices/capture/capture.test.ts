import { describe, expect, test } from 'vitest'
import { VirtualTimers } from '../../../../tests/fixtures/virtual-timers.ts'
import { CAPTURE_PATH, CaptureBus } from './capture-bus.ts'
import { CaptureError, captureHead, chunkText, heardIn, parseCapture } from './capture.ts'

const LINE = { baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 1 } as const
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const POLLED = `# canteen capture 1
# line 9600 8N1
0 > 5349
20 5320
25 532D
100 > 5349
130 4553
`

describe('a capture', () => {
  test('DV-18 what was written is read again, with line, times and directions', () => {
    const chunks = [
      { atMs: 0, sent: true, bytes: bytes('57') },
      { atMs: 31, sent: false, bytes: bytes('0231') },
      { atMs: 31, sent: false, bytes: bytes('0D') },
    ]
    const text = captureHead(LINE, ['port /dev/ttyS0']) + chunks.map(chunkText).join('')
    expect(text).toBe('# canteen capture 1\n# line 1200 7E1\n# port /dev/ttyS0\n0 > 57\n31 0231\n31 0D\n')
    expect(parseCapture(text)).toEqual({ line: LINE, chunks })
    expect(heardIn(parseCapture(text))).toEqual(Buffer.from('02310D', 'hex'))
  })

  test('DV-18 the bare bytes kept for support are played as a line delivers them', () => {
    const { chunks } = parseCapture('022B'.repeat(20))
    expect(chunks.map(({ atMs, bytes: { length } }) => [atMs, length])).toEqual([
      [0, 16],
      [17, 16],
      [33, 8],
    ])
  })

  for (const text of [
    '',
    'abc',
    '# canteen capture 1\n0 0',
    '# canteen capture 1\n5 00\n4 00',
    '# canteen capture 1\n# line fast',
  ])
    test(`DV-18 ${JSON.stringify(text)} is refused in words`, () => {
      expect(() => parseCapture(text)).toThrow(CaptureError)
    })

  test('DV-18 what the device said by itself comes at its times, as often as the port is opened', async () => {
    const timers = new VirtualTimers()
    const bus = new CaptureBus(parseCapture('# canteen capture 1\n10 01\n500 02\n'), timers)
    for (let opening = 0; opening < 2; opening += 1) {
      const heard: [number, string][] = []
      const startMs = timers.monotonicMs()
      const port = await bus.open(CAPTURE_PATH, LINE, {
        onData: (piece) => heard.push([timers.monotonicMs() - startMs, Buffer.from(piece).toString('hex')]),
        onLost: () => undefined,
      })
      await timers.advance(1000)
      expect(heard).toEqual([
        [10, '01'],
        [500, '02'],
      ])
      await port.close()
    }
    await bus.played
    expect(timers.waiting).toBe(0)
  })

  test('DV-18 a scale that was asked answers each request in turn, as long after it as it did then', async () => {
    const timers = new VirtualTimers()
    const bus = new CaptureBus(parseCapture(POLLED), timers)
    const heard: [number, string][] = []
    const port = await bus.open(CAPTURE_PATH, LINE, {
      onData: (piece) => heard.push([timers.monotonicMs(), Buffer.from(piece).toString('hex')]),
      onLost: () => undefined,
    })
    await timers.advance(1000)
    expect(heard).toEqual([])
    port.write(bytes('5349'))
    await timers.advance(100)
    port.write(bytes('5349'))
    await timers.advance(100)
    expect(heard).toEqual([
      [1020, '5320'],
      [1025, '532d'],
      [1130, '4553'],
    ])
    await bus.played
  })
})
