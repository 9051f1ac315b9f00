import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { devices } from '../../../electron/commands/devices.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { SimulatedIdReader } from '../../../electron/trial/wires/simulated-id-reader.ts'
import { SimulatedReader } from '../../../electron/trial/wires/simulated-reader.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { takeTypingReader, writeCanteenFile } from '../../fixtures/canteen-file.ts'
import { HOLDER } from '../../fixtures/id-cards.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { layWire, testFolder, timers } from './table.ts'

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = []
  const err: string[] = []
  const code = await devices.run(args, {
    out: { write: (line) => out.push(line) },
    err: { write: (line) => err.push(line) },
  })
  return { code, out, err }
}

const parsed = (lines: readonly string[]): Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>)

describe.concurrent('canteen devices', () => {
  test('DV-6 lists ports and protocols as JSON', async () => {
    const { code, out } = await run()
    expect(code).toBe(0)
    const listed = parsed([out.join('\n')])[0]
    expect(listed?.['protocols']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'yaohua-stx12', kind: 'scale', polledEveryMs: null }),
        expect.objectContaining({ name: 'mt-sics', kind: 'scale', polledEveryMs: 100 }),
        expect.objectContaining({ name: 'em4100-rdm6300', kind: 'reader' }),
        expect.objectContaining({ name: 'sdt-idcard', kind: 'id-reader' }),
      ]),
    )
    expect(Array.isArray(listed?.['ports'])).toBe(true)
  })

  for (const protocol of ['yaohua-stx12', 'mt-sics'] as const)
    test(`DV-12 watch prints a line for each reading of ${protocol}, then counters and the last bytes`, async (context) => {
      const wire = layWire(context, 'scale')
      const simulated = new SimulatedScale({ timers, wire, protocol, ...COUNTER_SCALE, noise: () => 0.5 })
      context.onTestFinished(() => simulated.close())
      await simulated.plug()
      simulated.setLoad(milligrams(500_000))
      const { code, out, err } = await run(
        'watch',
        '--port',
        wire.stationPath,
        '--protocol',
        protocol,
        '--seconds',
        '2',
      )
      expect(code).toBe(0)
      expect(parsed(out).at(-1)).toMatchObject({ state: 'ok', weightMg: 500_000 })
      expect(parsed(err).at(-1)).toMatchObject({ protocol, port: wire.stationPath })
      expect(String(parsed(err).at(-1)?.['rawTail'])).toContain(
        '302E353030'.slice(protocol === 'mt-sics' ? 0 : 10),
      )
    })

  test('DV-7 watch prints a card with the numbers that stand on it', async (context) => {
    const wire = layWire(context, 'reader')
    const simulated = new SimulatedReader({ timers, wire })
    context.onTestFinished(() => simulated.close())
    await simulated.plug()
    const watching = run(
      'watch',
      '--port',
      wire.stationPath,
      '--protocol',
      'em4100-rdm6300',
      '--seconds',
      '3',
    )
    timers.after(800, () => simulated.tap('01001293D8', 400))
    const { code, out } = await watching
    expect(code).toBe(0)
    expect(parsed(out)).toMatchObject([
      { kind: 'connected' },
      { kind: 'present', uid: '01001293D8', printed: { dec10: '0001217496', wiegand: '018,37848' } },
      { kind: 'removed', uid: '01001293D8' },
    ])
  })

  test('ME-8 watch opens an ID reader and prints a card masked; not a byte of it is kept or told', async (context) => {
    const wire = layWire(context, 'id-reader')
    const simulated = new SimulatedIdReader({ timers, wire })
    context.onTestFinished(() => simulated.unplug())
    await simulated.plug()
    const watching = run('watch', '--port', wire.stationPath, '--protocol', 'sdt-idcard', '--seconds', '3')
    timers.after(1000, () => simulated.lay(HOLDER))
    const { code, out, err } = await watching
    expect(code).toBe(0)
    expect(parsed(out)).toMatchObject([
      { kind: 'connected' },
      { kind: 'answers' },
      {
        kind: 'id-card',
        name: '王**',
        idNumber: '110101********000X',
        validTo: '长期',
      },
    ])
    expect(parsed(err).at(-1)).toMatchObject({ protocol: 'sdt-idcard', rawTail: '' })
    expect([...out, ...err].join(' ')).not.toMatch(/王秀英|19430512|1943-05-12|测试/)
  })

  test('ME-8 watch opens the ID reader as canteen.json has it, and what stands there for no device is told in words', async (context) => {
    const wire = layWire(context, 'id-reader')
    const simulated = new SimulatedIdReader({ timers, wire })
    context.onTestFinished(() => simulated.unplug())
    await simulated.plug()
    simulated.lay(HOLDER)
    const folder = testFolder(context)
    writeCanteenFile(folder, {
      stationId: 'counter-1',
      scalePath: join(folder, 'none'),
      readerPath: join(folder, 'no-reader'),
      idReaderPath: wire.stationPath,
    })
    vi.stubEnv('CANTEEN_DATA', folder)
    context.onTestFinished(() => void vi.unstubAllEnvs())
    const { code, out } = await run('watch', '--configured', 'id-reader', '--seconds', '2')
    expect(code).toBe(0)
    expect(parsed(out).at(-1)).toMatchObject({ kind: 'id-card', name: '王**' })
    takeTypingReader(folder)
    const typing = await run('watch', '--configured', 'reader')
    expect(typing).toMatchObject({
      code: 2,
      err: ['canteen devices: canteen.json names no reader on a port'],
    })
    const gone = await run('watch', '--configured', 'scale')
    expect(gone.code).toBe(3)
    expect(parsed(gone.out)).toMatchObject([{ state: 'disconnected' }])
  })

  test('DV-5 a port that cannot be opened, and a scale that says nothing, end with 3', async (context) => {
    const missing = await run('watch', '--port', '/dev/there-is-none', '--protocol', 'mt-sics')
    expect(missing.code).toBe(3)
    expect(missing.err.join(' ')).toContain('/dev/there-is-none')
    const noIdReader = await run('watch', '--port', '/dev/there-is-none', '--protocol', 'sdt-idcard')
    expect(noIdReader.code).toBe(3)
    expect(parsed(noIdReader.out)).toMatchObject([{ kind: 'disconnected' }])
    const wire = layWire(context, 'silent')
    await wire.plug({ onData: () => undefined, onLost: () => undefined })
    const silent = await run(
      'watch',
      '--port',
      wire.stationPath,
      '--protocol',
      'yaohua-stx12',
      '--seconds',
      '1',
    )
    expect(silent.code).toBe(3)
    expect(parsed(silent.out)).toMatchObject([{ state: 'stale' }])
  })

  for (const args of [
    ['listen'],
    ['watch'],
    ['watch', '--port', 'x'],
    ['watch', '--port', 'x', '--protocol', 'morse'],
    ['watch', '--port', 'x', '--protocol', 'em4100-rdm6300', '--seconds', '0'],
    ['watch', '--port', 'x', '--protocol', 'mt-sics', '--unit', 'lb'],
    ['watch', '--port', 'x', '--protocol', 'mt-sics', '--division', 'five'],
    ['record', 'x', '--out', '/dev/null', '--ask', 'sdt-idcard'],
    ['watch', '--port', 'x', '--protocol', 'modbus-rtu'],
    ['watch', '--configured', 'printer'],
    ['watch', '--configured', 'scale', '--port', 'x'],
  ])
    test(`DV-9 'devices ${args.join(' ')}' is a usage error in words`, async () => {
      const { code, out, err } = await run(...args)
      expect(code).toBe(2)
      expect(out).toEqual([])
      expect(err[0]).toMatch(/^canteen devices: /)
    })
})
