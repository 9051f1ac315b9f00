import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { DisplayConfig } from '../../../electron/station/deps.ts'
import { decodeLed8 } from '../../../electron/station/devices/protocols/led8.ts'
import { nodeSerialBus } from '../../../electron/station/devices/serial-bus.ts'
import { createCustomerDisplay } from '../../../electron/station/customer-display/customer-display.ts'
import { Live } from '../../../electron/station/live.ts'
import { systemTimers } from '../../../electron/station/system.ts'
import { PluggedDevice } from '../../../electron/trial/wires/plugged-device.ts'
import { PtyWire } from '../../../electron/trial/wires/wire.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { phaseFixtures } from '../../fixtures/views.ts'
import { CounterWithPrinter, until } from './counter-with-printer.ts'

const DISPLAY = '/dev/display'

/** A whole counter, and what its display was told since it was asked last. */
function tillWithDisplay(protocol: DisplayConfig['protocol']) {
  let sent: Uint8Array[] = []
  const till = new CounterStation({ display: { protocol, port: { path: DISPLAY } } })
  const plug = () => till.bus.plug({ path: DISPLAY }, (bytes) => sent.push(bytes))
  plug()
  onTestFinished(() => till.stop())
  const told = (): readonly string[] => {
    const things = decodeLed8(Buffer.concat(sent))
    sent = []
    return things.map((thing) =>
      thing.kind === 'display' ? thing.text : thing.kind === 'command' ? thing.command : thing.error,
    )
  }
  return { till, told, plug }
}

test('PT-4 eight digits show the price when there is one, what she pays once it is paid, and then nothing', async () => {
  const { till, told } = tillWithDisplay('led8')
  await till.empty()
  expect(told()).toEqual(['init', 'clear', 'lamp_off'])
  await till.plate(340)
  expect(told()).toEqual(['lamp_total', '12.78'])
  await till.tap('m-1')
  expect(till.view.phase).toBe('paid')
  expect(told()).toEqual(['lamp_paid', '9.78'])
  await till.empty()
  await till.pass(9_000)
  expect(told()).toEqual(['clear', 'lamp_off'])
})

test('PT-4 two lines show the price and what of it she pays', async () => {
  const { till, told } = tillWithDisplay('vfd-2x20')
  await till.empty()
  told()
  await till.plate(340)
  expect(told()).toEqual(['TOTAL          12.78', ' '.repeat(20)])
  await till.tap('m-1')
  expect(told()).toEqual(['TOTAL          12.78', 'PAID            9.78'])
})

test('PT-4 plugged in again in the middle of a sale, the display shows that sale', async () => {
  const { till, told, plug } = tillWithDisplay('led8')
  await till.empty()
  till.bus.pull(DISPLAY)
  await till.plate(340)
  told()
  plug()
  await till.pass(6_000)
  expect(told()).toEqual(['init', 'lamp_total', '12.78'])
})

test('PT-4 what a display is told when its line opens is not flushed away with what was old', async () => {
  const { till, told, plug } = tillWithDisplay('led8')
  await till.empty()
  till.bus.pull(DISPLAY)
  await till.plate(340)
  told()
  till.bus.slow = true
  plug()
  await till.pass(6_000)
  await setImmediate()
  expect(told()).toEqual(['init', 'lamp_total', '12.78'])
})

test('PT-4 over a real line the digits arrive as they were sent', async () => {
  const { folder } = new CounterWithPrinter()
  const wire = new PtyWire({ bus: nodeSerialBus(), timers: systemTimers }, { folder, name: 'display' })
  const heard: Uint8Array[] = []
  const device = new PluggedDevice(wire, (bytes) => heard.push(bytes))
  await device.plug()
  onTestFinished(() => device.unplug())
  const view = new Live(phaseFixtures.ready)
  const config = { protocol: 'led8', port: { path: wire.stationPath } } as const
  const deps = { serialBus: nodeSerialBus(), timers: systemTimers, log: new KeptLog() }
  const display = createCustomerDisplay(deps, config, view)
  onTestFinished(async () => display?.close())
  const digits = () => decodeLed8(Buffer.concat(heard)).filter((thing) => thing.kind === 'display')
  await until('the price', () => digits().length === 1)
  view.publish(phaseFixtures.paid)
  await until('what was paid', () => digits().length === 2)
  expect(digits().map(({ text }) => text)).toEqual([
    (phaseFixtures.ready.totalFen / 100).toFixed(2),
    ((phaseFixtures.paid.quote?.selfPayFen ?? 0) / 100).toFixed(2),
  ])
})
