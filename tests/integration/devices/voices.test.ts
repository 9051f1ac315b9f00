import { describe, expect, test } from 'vitest'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { openScale } from '../../../electron/station/devices/devices.ts'
import { isScale, SCALE_PROTOCOLS } from '../../../electron/station/devices/protocols/index.ts'
import {
  KNOWN_MAPS,
  type RegisterMap,
} from '../../../electron/station/devices/protocols/modbus/register-map.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { SCALE_VOICES } from '../../../electron/trial/wires/voices/index.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { bus, layWire, timers, until, watchHoldUps } from './table.ts'

const PLATE_MG = milligrams(755_000)

const MAP: RegisterMap = { ...KNOWN_MAPS['general-measure-gm8802f-2'], decimals: 3 }

/** Its answer has no digits then, as it has none while the load swings. */
const SAYS_NOTHING_OF_OVERLOAD: ReadonlySet<string> = new Set(['dibal-98'])

const isPlate = (reading: ScaleReading | undefined): boolean =>
  reading?.state === 'ok' && reading.weightMg === PLATE_MG

describe.concurrent('every scale protocol over a pseudo-terminal', () => {
  for (const name of Object.keys(SCALE_VOICES).filter(isScale))
    test(`DV-1 DV-5 DV-13 ${name}: a plate, too much, silence, a pulled plug`, async (context) => {
      const wire = layWire(context, 'scale')
      const simulated = new SimulatedScale({
        timers,
        wire,
        protocol: name,
        ...COUNTER_SCALE,
        noise: () => 0.5,
      })
      await simulated.plug()
      const readings: ScaleReading[] = []
      const device = openScale(
        { bus, timers, log: new KeptLog() },
        {
          protocol: name,
          port: { path: wire.stationPath },
          profile: COUNTER_SCALE,
          unit: SCALE_PROTOCOLS[name].usualUnit,
          ...(name === 'modbus-rtu' ? { modbus: { slave: 1, map: MAP } } : {}),
        },
        { onReading: (reading) => readings.push(reading) },
      )
      context.onTestFinished(async () => {
        await device.close()
        await simulated.close()
      })
      simulated.setLoad(PLATE_MG)
      await until('the plate', () => isPlate(readings.at(-1)))
      simulated.overload()
      const tooMuch = SAYS_NOTHING_OF_OVERLOAD.has(name) ? 'stale' : 'overload'
      await until(tooMuch, () => readings.at(-1)?.state === tooMuch)
      expect(readings.at(-1)).not.toHaveProperty('weightMg')
      simulated.setLoad(PLATE_MG)
      await until('the plate again', () => isPlate(readings.at(-1)))
      simulated.setSilent(true)
      const silentMs = timers.monotonicMs()
      const heldUpMs = watchHoldUps()
      // A slave on a line of several is given up after three questions.
      const given = name === 'modbus-rtu' ? 'disconnected' : 'stale'
      await until(given, () => readings.at(-1)?.state === given)
      expect(timers.monotonicMs() - silentMs - heldUpMs()).toBeLessThanOrEqual(1000)
      await simulated.unplug()
      await until('disconnected', () => readings.at(-1)?.state === 'disconnected')
    })
})
