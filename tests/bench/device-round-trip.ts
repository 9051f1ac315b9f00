import { closeSync, mkdtempSync, openSync, read, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openScale } from '../../electron/station/devices/devices.ts'
import { nodeSerialBus } from '../../electron/station/devices/serial-bus.ts'
import { systemTimers } from '../../electron/station/system.ts'
import { yaohuaFrame } from '../../electron/trial/wires/frames.ts'
import { DeviceEnd } from '../fixtures/device-end.ts'
import { KeptLog } from '../fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../fixtures/scale-profile.ts'
import { atMost, median, type Measurement } from './measurement.ts'

const ROUNDS = 400
const WARM_UP = 50
const FRAME_BYTES = 12
const LIMIT_RATIO = 2

/** The plainest thing that can be done with a terminal: read until the frame is there. */
function readWhole(descriptor: number, bytes = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    read(descriptor, new Uint8Array(64), 0, 64, null, (error, count) => {
      if (error !== null) reject(error)
      else if (bytes + count >= FRAME_BYTES) resolve()
      else resolve(readWhole(descriptor, bytes + count))
    })
  })
}

/**
 * From a frame that a device writes to the reading at the station's listener, against a bare read of the same bytes from
 * another pseudo-terminal: turn by turn in the same run, p50 of each.
 */
export async function deviceRoundTrip(say: (line: string) => void): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-bench-wires-'))
  const bareDevice = await DeviceEnd.open(folder, 'bare')
  const scaleDevice = await DeviceEnd.open(folder, 'scale')
  const descriptor = openSync(bareDevice.stationEnd, 'r')
  let heard: () => void = () => undefined
  const scale = openScale(
    { bus: nodeSerialBus(), timers: systemTimers, log: new KeptLog() },
    { protocol: 'yaohua-stx12', port: { path: scaleDevice.stationEnd }, profile: COUNTER_SCALE, unit: 'kg' },
    { onReading: (reading) => ('weightMg' in reading ? heard() : undefined) },
  )
  const bareMs: number[] = []
  const deviceMs: number[] = []
  try {
    while (scale.status().port === null) await setTimeout(10)
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      const frame = yaohuaFrame(100 + (round % 2) * 500, 3)
      const bare = readWhole(descriptor)
      let startMs = bareDevice.write(frame)
      await bare
      if (round >= WARM_UP) bareMs.push(performance.timeOrigin + performance.now() - startMs)
      const { promise, resolve } = Promise.withResolvers<void>()
      heard = resolve
      startMs = scaleDevice.write(frame)
      await promise
      if (round >= WARM_UP) deviceMs.push(performance.timeOrigin + performance.now() - startMs)
    }
  } finally {
    await scale.close()
    closeSync(descriptor)
    await bareDevice.close()
    await scaleDevice.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const [bare, device] = [median(bareMs), median(deviceMs)]
  say(`frame to reading ${(device * 1000).toFixed(0)} µs, bare read ${(bare * 1000).toFixed(0)} µs (p50)`)
  return [atMost('device-round-trip', device / bare, 'x bare pty', LIMIT_RATIO)]
}
