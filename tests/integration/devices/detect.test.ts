import { describe, expect, test } from 'vitest'
import { devices } from '../../../electron/commands/devices.ts'
import { SimulatedIdReader } from '../../../electron/trial/wires/simulated-id-reader.ts'
import { SimulatedReader } from '../../../electron/trial/wires/simulated-reader.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { HOLDER } from '../../fixtures/id-cards.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { layWire, timers } from './table.ts'

interface Printed {
  readonly findings: readonly {
    readonly path: string
    readonly outcome: string
    readonly tookMs: number
    readonly candidates: readonly Readonly<Record<string, unknown>>[]
  }[]
}

async function detect(...args: string[]): Promise<{ code: number; printed: Printed; err: string[] }> {
  const out: string[] = []
  const err: string[] = []
  const code = await devices.run(['detect', ...args], {
    out: { write: (line) => out.push(line) },
    err: { write: (line) => err.push(line) },
  })
  return { code, printed: JSON.parse(out.join('\n')) as Printed, err }
}

describe.concurrent('canteen devices detect', () => {
  test('DV-17 a scale and a reader that talk by themselves are found side by side, each within 10 s', async (context) => {
    const left = layWire(context, 'scale')
    const right = layWire(context, 'reader')
    const scale = new SimulatedScale({
      timers,
      wire: left,
      protocol: 'yaohua-stx12',
      ...COUNTER_SCALE,
      noise: () => 0.5,
    })
    const reader = new SimulatedReader({ timers, wire: right })
    context.onTestFinished(() => scale.close())
    context.onTestFinished(() => reader.close())
    await scale.plug()
    await reader.plug()
    scale.setLoad(milligrams(500_000))
    reader.tap('01001293D8', 9000)
    const { code, printed, err } = await detect('--port', left.stationPath, '--port', right.stationPath)
    expect(code).toBe(0)
    expect(printed.findings).toMatchObject([
      {
        path: left.stationPath,
        outcome: 'found',
        candidates: [
          {
            protocol: 'yaohua-stx12',
            grade: 'certain',
            evidence: { checked: true },
            canteenJson: {
              scale: { protocol: 'yaohua-stx12', port: { path: left.stationPath }, unit: 'kg' },
            },
          },
        ],
      },
      { outcome: 'found', candidates: [{ protocol: 'em4100-rdm6300', grade: 'certain' }] },
    ])
    for (const { tookMs } of printed.findings) expect(tookMs).toBeLessThan(10_000)
    expect(err.join('\n')).toContain('listening at 9600 8N1')
  })

  test('DV-16 a scale that waits to be asked is found with --ask alone', async (context) => {
    const wire = layWire(context, 'polled')
    const scale = new SimulatedScale({
      timers,
      wire,
      protocol: 'mt-sics',
      ...COUNTER_SCALE,
      noise: () => 0.5,
    })
    context.onTestFinished(() => scale.close())
    await scale.plug()
    const { code, printed, err } = await detect('--port', wire.stationPath, '--ask', '--json')
    expect(code).toBe(0)
    expect(err).toEqual([])
    expect(printed.findings[0]).toMatchObject({
      outcome: 'found',
      candidates: [{ protocol: 'mt-sics', asked: true }],
    })
  })

  test('DV-16 ME-8 a reader of identity cards is found with --ask alone, by its own number: the card on it is never read', async (context) => {
    const wire = layWire(context, 'id-reader')
    const reader = new SimulatedIdReader({ timers, wire })
    context.onTestFinished(() => reader.unplug())
    await reader.plug()
    reader.lay(HOLDER)
    expect((await detect('--port', wire.stationPath)).printed.findings[0]).toMatchObject({
      outcome: 'silent',
    })
    expect(reader.asked).toEqual([])
    const { code, printed, err } = await detect('--port', wire.stationPath, '--ask')
    expect(code).toBe(0)
    expect(printed.findings[0]).toMatchObject({
      outcome: 'found',
      candidates: [
        {
          kind: 'id-reader',
          protocol: 'sdt-idcard',
          grade: 'certain',
          asked: true,
          evidence: { checked: true, last: { samId: '0102030405060708090A0B0C0D0E0F10' } },
          canteenJson: { idReader: { protocol: 'sdt-idcard', port: { path: wire.stationPath } } },
        },
      ],
    })
    expect(new Set(reader.asked)).toEqual(new Set(['sam_id']))
    expect(JSON.stringify([printed, err])).not.toMatch(/王秀英|11010119430512000X/)
  }, 60_000)

  test('DV-15 a port that is not there ends with 3 and says so in words', async () => {
    const { code, printed, err } = await detect('--port', '/dev/there-is-none')
    expect(code).toBe(3)
    expect(printed.findings[0]).toMatchObject({ outcome: 'unavailable' })
    expect(err.join('\n')).toContain('cannot be opened')
  })
})
