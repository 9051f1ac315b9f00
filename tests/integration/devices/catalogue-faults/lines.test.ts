import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PortInfo, PortName, SerialBus } from '../../../../electron/station/deps.ts'
import { openScale } from '../../../../electron/station/devices/devices.ts'
import { asciiBytes } from '../../../../electron/station/devices/protocols/bytes.ts'
import { yaohuaFrame } from '../../../../electron/trial/wires/frames.ts'
import type { ScaleReading } from '../../../../shared/domain/scale.ts'
import { DeviceEnd } from '../../../fixtures/device-end.ts'
import { KeptLog } from '../../../fixtures/memory-bus.ts'
import { ptyCounter, type PtyCounter } from '../../../fixtures/pty-counter.ts'
import { COUNTER_SCALE } from '../../../fixtures/scale-profile.ts'
import { bus, layWire, sleep, testFolder, timers, until, type Clearing } from '../table.ts'

/** The catalogue of faults that were seen in the field, by its numbers: those of lines, seen on the counter's screen. */

const OLD_FRAMES = 10_000
const OLD_GRAMS = 755
const NEW_GRAMS = 1250

async function deviceEnd(clearing: Clearing, name: string): Promise<DeviceEnd> {
  const device = await DeviceEnd.open(testFolder(clearing), name)
  clearing.onTestFinished(() => device.close())
  return device
}

function counterOn(
  clearing: Clearing,
  serialBus: SerialBus,
  protocol: 'yaohua-stx12' | 'mt-sics',
  port: PortName,
) {
  const counter = ptyCounter(serialBus, { protocol, port })
  clearing.onTestFinished(() => counter.stop())
  return counter
}

const grossOf = (counter: PtyCounter): number | null => counter.shown.at(-1)?.scale.grossMg ?? null

/** Writes from a process of its own, as a scale does not wait for the counter; answers when the last byte was written. */
async function pour(file: string, into: string): Promise<number> {
  const program = `const fs = require('node:fs')
    const bytes = fs.readFileSync(process.argv[1]), to = fs.openSync(process.argv[2], 'r+')
    for (let at = 0; at < bytes.length;) at += fs.writeSync(to, bytes, at)
    process.stdout.write(String(performance.timeOrigin + performance.now()))`
  const child = spawn(process.execPath, ['-e', program, file, into], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return Number(said.toString())
}

describe('faults of a line', () => {
  test('DV-19 fault 4: behind a backlog of 10,000 old frames the screen shows the new weight within 100 ms', async (context) => {
    const device = await deviceEnd(context, 'backlog')
    const counter = counterOn(context, bus, 'yaohua-stx12', { path: device.stationEnd })
    const steady = setInterval(() => device.write(yaohuaFrame(0, 3)), 50)
    await until('the empty scale', () => grossOf(counter) === 0)
    clearInterval(steady)
    const file = join(testFolder(context), 'backlog.bin')
    const old = Buffer.from(yaohuaFrame(OLD_GRAMS, 3))
    writeFileSync(
      file,
      Buffer.concat([...Array.from({ length: OLD_FRAMES }, () => old), yaohuaFrame(NEW_GRAMS, 3)]),
    )
    const writtenMs = await pour(file, `${device.stationEnd}-device`)
    await until('the new weight', () => grossOf(counter) === NEW_GRAMS * 1000)
    const shownMs = counter.shown.find(({ scale }) => scale.grossMg === NEW_GRAMS * 1000)?.atMs ?? Infinity
    expect(shownMs - writtenMs).toBeLessThan(100)
  })

  test('DV-5 fault 3: unplugged without a close event the screen says so within 1 s, with neither zero nor the old weight', async (context) => {
    const wire = layWire(context, 'unplugged')
    const line = await wire.plug({ onData: () => undefined, onLost: () => undefined })
    const counter = counterOn(context, deaf(bus), 'yaohua-stx12', { path: wire.stationPath })
    let lastFrameMs = 0
    const steady = setInterval(() => {
      line.write(yaohuaFrame(OLD_GRAMS, 3))
      lastFrameMs = performance.timeOrigin + performance.now()
    }, 50)
    await until('the plate', () => counter.shown.at(-1)?.scale.state === 'ok')
    clearInterval(steady)
    await wire.unplug()
    await until('stale', () => counter.shown.at(-1)?.scale.state === 'stale')
    const stale = counter.shown.findIndex(({ scale }) => scale.state === 'stale')
    expect((counter.shown[stale]?.atMs ?? Infinity) - lastFrameMs).toBeLessThan(1000)
    await sleep(500)
    expect(counter.shown.slice(stale).map(({ scale }) => scale.grossMg)).toEqual(
      counter.shown.slice(stale).map(() => null),
    )
  })

  for (const unit of ['lb', '斤'])
    test(`DV-9 fault 14: a scale that answers in ${unit} has no weight on the screen, not for a moment`, async (context) => {
      const wire = layWire(context, 'foreign')
      let asked = 0
      const line = await wire.plug({
        onData: () => {
          asked += 1
          line.write(Buffer.from(`S S       2.76 ${unit}\r\n`))
        },
        onLost: () => undefined,
      })
      const counter = counterOn(context, bus, 'mt-sics', { path: wire.stationPath })
      await until('ten questions', () => asked >= 10)
      expect(counter.shown.map(({ scale }) => scale.grossMg)).toEqual(counter.shown.map(() => null))
      line.write(asciiBytes('S S      0.500 kg\r\n'))
      await until('a weight in kilograms', () => counter.shown.some(({ scale }) => scale.grossMg === 500_000))
    })

  test('DV-6 fault 15: two scales that swap their device files at a reboot are each still their own', async (context) => {
    const dev = testFolder(context)
    const scales = {
      left: { device: await deviceEnd(context, 'left'), grams: 500 },
      right: { device: await deviceEnd(context, 'right'), grams: 1200 },
    }
    for (const { device, grams } of Object.values(scales)) {
      const talking = setInterval(() => device.write(yaohuaFrame(grams, 3)), 50)
      context.onTestFinished(() => clearInterval(talking))
    }
    symlinkSync(scales.left.device.stationEnd, join(dev, 'ttyUSB0'))
    symlinkSync(scales.right.device.stationEnd, join(dev, 'ttyUSB1'))
    const before = await weigh(listed(dev, { left: 'ttyUSB0', right: 'ttyUSB1' }))
    expect(before).toEqual({ left: 500_000, right: 1_200_000 })
    renameSync(join(dev, 'ttyUSB0'), join(dev, 'was0'))
    renameSync(join(dev, 'ttyUSB1'), join(dev, 'ttyUSB0'))
    renameSync(join(dev, 'was0'), join(dev, 'ttyUSB1'))
    const after = await weigh(listed(dev, { left: 'ttyUSB1', right: 'ttyUSB0' }))
    expect(after).toEqual(before)
  })
})

/** The system never says that the port has gone, nor that it is not there. */
const deaf = (real: SerialBus): SerialBus => ({
  list: () => real.list(),
  async open(path, settings, events) {
    const line = await real.open(path, settings, {
      onData: (bytes) => events.onData(bytes),
      onLost: () => undefined,
    })
    return { write: (bytes) => line.write(bytes), flush: () => line.flush(), close: () => line.close() }
  },
})

/** Two adapters as the system lists them: the sockets and serial numbers stay, the device files are dealt anew at boot. */
function listed(dev: string, files: { readonly left: string; readonly right: string }): SerialBus {
  const port = (file: string, usbPath: string, serialNumber: string | null): PortInfo => ({
    path: join(dev, file),
    usbPath,
    serialNumber,
    vendorId: '1a86',
    productId: '7523',
    manufacturer: null,
  })
  const ports = [port(files.left, 'usb-0:1', null), port(files.right, 'usb-0:2', 'B2')]
  return { list: () => Promise.resolve(ports), open: (...args) => bus.open(...args) }
}

/** Boots both scales, one named by its socket and one by its serial number, and says what each weighs. */
async function weigh(serialBus: SerialBus): Promise<{ left: number | null; right: number | null }> {
  const names: Readonly<Record<'left' | 'right', PortName>> = {
    left: { usbPath: 'usb-0:1' },
    right: { serialNumber: 'B2' },
  }
  const boot = async (port: PortName): Promise<number | null> => {
    let newest: ScaleReading | null = null
    const isSteady = (): boolean => newest?.state === 'ok'
    const scale = openScale(
      { bus: serialBus, timers, log: new KeptLog() },
      { protocol: 'yaohua-stx12', port, profile: COUNTER_SCALE, unit: 'kg' },
      {
        onReading: (reading) => {
          newest = reading
        },
      },
    )
    await until('a weight', isSteady)
    await scale.close()
    return weightOf(newest)
  }
  const [left, right] = await Promise.all([boot(names.left), boot(names.right)])
  return { left, right }
}

const weightOf = (reading: ScaleReading | null): number | null =>
  reading !== null && 'weightMg' in reading ? reading.weightMg : null
