import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CONFIG_FILE } from '../../../electron/station/config/config.ts'
import type { PluggedPort, SearchEvent, TrialEvent } from '../../../shared/contract/devices.ts'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

const SCALE = '/dev/scale'
const READER = '/dev/reader'
const LINE = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const
const PLATE = {
  id: 'S-2',
  maxGrams: 15_000,
  minGrams: 100,
  divisionGrams: 5,
  verifiedUntil: '2031-01-01',
}

/** A counter with its configuration beside the book, and an admin in its office. */
async function office(): Promise<{ till: CounterStation; window: SignedInWindow; file: string }> {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  writeCanteenFile(till.folder, { stationId: 'kiosk-1', scalePath: SCALE, readerPath: READER })
  await till.empty()
  const window = await signedIn(till.station, 'admin')
  onTestFinished(() => window.close())
  return { till, window, file: join(till.folder, CONFIG_FILE) }
}

/** Reads a stream while the scale goes on sending, until it has said enough or is over. */
async function gather<Event>(
  till: CounterStation,
  stream: Promise<AsyncIterable<Event>>,
  enough: (event: Event) => boolean = () => false,
): Promise<Event[]> {
  const events: Event[] = []
  let over = false
  const reading = (async () => {
    for await (const event of await stream) {
      events.push(event)
      if (enough(event)) break
    }
  })().finally(() => {
    over = true
  })
  const isOver = (): boolean => over
  while (!isOver()) await till.pass(100)
  await reading
  return events
}

describe('the office looks what is plugged in', () => {
  test('DV-21 the counter lends its scale, says that it is away, and weighs again afterwards', async () => {
    const { till, window } = await office()
    await till.plate(320)
    expect(till.view.scale.state).toBe('ok')
    const states = new Set<string>()
    const stop = till.timers.every(50, () => states.add(till.view.scale.state))
    const events = await gather<SearchEvent>(
      till,
      window.client.devices.search({ paths: [SCALE], ask: false }),
    )
    stop()
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'finding'])
    expect(events.at(-1)).toMatchObject({
      finding: {
        outcome: 'found',
        candidates: [{ protocol: 'yaohua-stx12', evidence: { last: { grams: 520 } } }],
      },
    })
    expect(states).toContain('disconnected')
    await till.pass(3000)
    expect(till.view.scale).toEqual({ state: 'ok', grossMg: 520_000 })
  })

  test('DV-21 a device that is tried out says what the counter would hear; a port is lent once', async () => {
    const { till, window } = await office()
    const chosen = { path: SCALE, protocol: 'yaohua-stx12', line: LINE, unit: 'kg' } as const
    const first = gather<TrialEvent>(
      till,
      window.client.devices.tryOut(chosen),
      (event) => event.kind === 'reading' && event.state === 'ok',
    )
    await till.pass(100)
    await expect(window.client.devices.tryOut(chosen)).rejects.toMatchObject({ code: 'PORT_IN_USE' })
    expect((await first).at(-1)).toEqual({ kind: 'reading', state: 'ok', weightMg: 0 })
    await till.pass(3000)
    expect(till.view.scale.state).toBe('ok')
  })

  test('DV-6 the page names each port by what lasts, and says what it is used for', async () => {
    const { till, window } = await office()
    till.bus.plug({ path: '/dev/ttyUSB3', usbPath: 'usb-0:3', manufacturer: 'FTDI' })
    const { ports, writable } = await window.client.devices.page()
    expect(writable).toBe(true)
    expect(ports).toEqual([
      {
        path: SCALE,
        name: { path: SCALE },
        maker: null,
        usb: false,
        usedBy: 'scale',
        bayIds: [],
        working: true,
      },
      {
        path: READER,
        name: { path: READER },
        maker: null,
        usb: false,
        usedBy: 'reader',
        bayIds: [],
        working: true,
      },
      {
        path: '/dev/ttyUSB3',
        name: { usbPath: 'usb-0:3' },
        maker: 'FTDI',
        usb: true,
        usedBy: null,
        bayIds: [],
        working: false,
      },
    ] satisfies PluggedPort[])
  })
})

describe('the office chooses a device', () => {
  test('DV-22 the choice stands in canteen.json by its lasting name, and everything else stays', async () => {
    const { till, window, file } = await office()
    const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    till.bus.plug({ path: '/dev/ttyUSB3', usbPath: 'usb-0:3' })
    const line = { ...LINE, baudRate: 1200 }
    const chosen = { path: '/dev/ttyUSB3', protocol: 'yaohua-stx12', line, unit: 'kg', plate: PLATE } as const
    expect(await window.client.devices.choose(chosen)).toEqual({ file })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...before,
      scale: {
        ...PLATE,
        protocol: 'yaohua-stx12',
        port: { usbPath: 'usb-0:3' },
        line: { baudRate: 1200 },
        unit: 'kg',
      },
    })
    expect(existsSync(`${file}.new`)).toBe(false)
    const audit = await window.client.staff.audit({ limit: 5, before: null })
    expect(audit[0]).toMatchObject({ act: 'device-chosen', subject: 'yaohua-stx12' })
  })

  test('DV-22 an ID-card reader becomes the canteen’s, beside scale and reader', async () => {
    const { till, window, file } = await office()
    const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    till.bus.plug({ path: '/dev/ttyUSB4', usbPath: 'usb-0:4' })
    const line = { ...LINE, baudRate: 9600 }
    const chosen = { path: '/dev/ttyUSB4', protocol: 'sdt-idcard', line, unit: 'kg', plate: null } as const
    await window.client.devices.choose(chosen)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...before,
      idReader: { protocol: 'sdt-idcard', port: { usbPath: 'usb-0:4' }, line: { baudRate: 9600 } },
    })
    expect(await window.client.devices.page()).toMatchObject({ restartNeeded: true })
  })

  test('DV-22 what would not be a usable configuration is refused, and the file is what it was', async () => {
    const { window, file } = await office()
    const before = readFileSync(file, 'utf8')
    const plate = { ...PLATE, verifiedUntil: '2031-02-30' }
    const chosen = { path: SCALE, protocol: 'yaohua-stx12', line: LINE, unit: 'kg', plate } as const
    await expect(window.client.devices.choose(chosen)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const unknown = { ...chosen, protocol: 'morse', plate: null }
    await expect(window.client.devices.choose(unknown)).rejects.toMatchObject({ code: 'UNKNOWN_PROTOCOL' })
    expect(readFileSync(file, 'utf8')).toBe(before)
    const { policyPack: _policyPack, ...lacking } = JSON.parse(before) as Record<string, unknown>
    writeFileSync(file, JSON.stringify(lacking))
    await expect(window.client.devices.choose({ ...chosen, plate: PLATE })).rejects.toMatchObject({
      code: 'NOT_USABLE',
      data: { problems: [expect.stringContaining('policyPack') as unknown] },
    })
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify(lacking))
  })

  test('DV-22 only an admin looks, tries or chooses', async () => {
    const { till } = await office()
    const manager = await signedIn(till.station, 'manager')
    onTestFinished(() => manager.close())
    const chosen = { path: SCALE, protocol: 'yaohua-stx12', line: LINE, unit: 'kg' } as const
    const { devices } = manager.client
    for (const asked of [
      () => devices.page(),
      () => devices.search({ paths: [SCALE], ask: true }),
      () => devices.tryOut(chosen),
      () => devices.choose({ ...chosen, plate: PLATE }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })
})
