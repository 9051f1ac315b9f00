import { describe, expect, test } from 'vitest'
import type { ScaleReading } from '../../../shared/domain/scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { openScale } from '../../../electron/station/devices/devices.ts'
import { SCALE_PROTOCOLS } from '../../../electron/station/devices/protocols/index.ts'
import { SimulatedScale } from '../../../electron/trial/wires/simulated-scale.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'
import { COUNTER_SCALE } from '../../fixtures/scale-profile.ts'
import { bus, layWire, timers, until } from './table.ts'

const PLATE_MG = milligrams(755_000)

/** The languages that have a word for a net weight. */
const MARKS_NET = [
  'cas-22',
  'gram-z3-pc0',
  'hx711',
  'sma',
  'st-gs-18',
  'st-gs-21',
  'st-gs-read',
  'toledo-8217',
  'toledo-continuous',
  'yaohua-a12-wn',
  'yaohua-a12e-15',
] as const

describe.concurrent('the tare key of the scale itself, over a pseudo-terminal', () => {
  for (const protocol of MARKS_NET)
    test(`MT-12 ${protocol} is tared and has no weight until its tare is cleared`, async (context) => {
      const wire = layWire(context, 'scale')
      const simulated = new SimulatedScale({ timers, wire, protocol, ...COUNTER_SCALE, noise: () => 0.5 })
      await simulated.plug()
      const readings: ScaleReading[] = []
      const unit = SCALE_PROTOCOLS[protocol].usualUnit
      const device = openScale(
        { bus, timers, log: new KeptLog() },
        { protocol, port: { path: wire.stationPath }, profile: COUNTER_SCALE, unit },
        { onReading: (reading) => readings.push(reading) },
      )
      context.onTestFinished(async () => {
        await device.close()
        await simulated.close()
      })
      const isPlate = (): boolean => {
        const reading = readings.at(-1)
        return reading?.state === 'ok' && reading.weightMg === PLATE_MG
      }
      simulated.setLoad(PLATE_MG)
      await until('the plate', isPlate)
      readings.length = 0
      simulated.pressTare()
      await until('tared', () => readings.at(-1)?.state === 'tared')
      simulated.setLoad(milligrams(1_100_000))
      await until('the food at rest', () => !simulated.moving)
      const underTare = readings.slice(readings.findIndex(({ state }) => state === 'tared'))
      expect(underTare.filter((reading) => 'weightMg' in reading)).toEqual([])
      simulated.clearTare()
      simulated.setLoad(PLATE_MG)
      await until('the plate again', isPlate)
    })
})
