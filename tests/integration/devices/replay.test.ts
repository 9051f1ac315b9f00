import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { devices } from '../../../electron/commands/devices.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { yaohuaFrame } from '../../../electron/trial/wires/frames.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { layWire, testFolder, timers } from './table.ts'

async function run(
  ...args: string[]
): Promise<{ code: number; out: Record<string, unknown>[]; err: string }> {
  const out: Record<string, unknown>[] = []
  const err: string[] = []
  const code = await devices.run(args, {
    out: { write: (line) => out.push(JSON.parse(line) as Record<string, unknown>) },
    err: { write: (line) => err.push(line) },
  })
  return { code, out, err: err.join('\n') }
}

describe.concurrent('canteen devices record and replay', () => {
  test('DV-18 a recorded plate is weighed again by a whole station, which shows it on its screen', async (context) => {
    const wire = layWire(context, 'scale')
    const scale = new SimulatedScale({
      timers,
      wire,
      protocol: 'yaohua-stx12',
      ...COUNTER_SCALE,
      noise: () => 0.5,
    })
    context.onTestFinished(() => scale.close())
    await scale.plug()
    timers.after(700, () => scale.setLoad(milligrams(520_000)))
    const file = join(testFolder(context), 'plate.capture')
    const recorded = await run('record', wire.stationPath, '--out', file, '--seconds', '3')
    expect(recorded).toMatchObject({ code: 0, out: [{ file, port: wire.stationPath }] })
    expect(readFileSync(file, 'utf8')).toMatch(/^# canteen capture 1\n# line 9600 8N1\n/)
    const { code, out } = await run('replay', file)
    expect(code).toBe(0)
    const readings = out.filter((line) => 'reading' in line)
    const screens = out.filter((line) => 'screen' in line)
    expect(readings).toContainEqual(
      expect.objectContaining({
        reading: expect.objectContaining({ state: 'ok', weightMg: 520_000 }) as unknown,
      }),
    )
    expect(readings.at(-1)).toMatchObject({ reading: { state: 'stale' } })
    expect(screens).toContainEqual(
      expect.objectContaining({
        screen: expect.objectContaining({
          weighing: expect.objectContaining({ stable: true }) as unknown,
        }) as unknown,
      }),
    )
    expect(screens.at(-1)).toMatchObject({ screen: { scale: { state: 'stale', grossMg: null } } })
  })

  test('DV-18 the bytes kept for support play as they are, faster when told to', async (context) => {
    const file = join(testFolder(context), 'ring.txt')
    const frame = Buffer.from(yaohuaFrame(1250, 3)).toString('hex')
    writeFileSync(file, frame.repeat(170))
    const startedMs = timers.monotonicMs()
    const { code, out } = await run('replay', file, '--speed', '4')
    expect(timers.monotonicMs() - startedMs).toBeLessThan(3500)
    expect(code).toBe(0)
    expect(out).toContainEqual(
      expect.objectContaining({ reading: expect.objectContaining({ weightMg: 1_250_000 }) as unknown }),
    )
  })

  test('DV-18 a file that is no capture, and bytes that nobody understands, are told in words', async (context) => {
    const file = join(testFolder(context), 'notes.txt')
    writeFileSync(file, 'buy milk')
    expect(await run('replay', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('neither') as unknown,
    })
    writeFileSync(file, '00'.repeat(100))
    expect(await run('replay', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--protocol') as unknown,
    })
  })
})
