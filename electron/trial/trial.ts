import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BayConfig, ScaleConfig, StationConfig, Timers } from '../station/deps.ts'
import { nodeSerialBus } from '../station/devices/serial-bus.ts'
import { BayHands, FULL_PAN_MG } from './bay-hands.ts'
import { trialConfig, TRIAL_BAYS } from './config.ts'
import { demoMenu } from './demo/menu.ts'
import { TrialHands, type TrialDevices } from './hands.ts'
import { evenNoise } from './noise.ts'
import { Pans } from './pans.ts'
import { SimulatedDisplay } from './wires/simulated-display.ts'
import { SimulatedPrinter } from './wires/simulated-printer.ts'
import { SimulatedReader } from './wires/simulated-reader.ts'
import { SimulatedScale } from './wires/simulated-scale.ts'
import { PtyWire } from './wires/wire.ts'

export interface TrialDeps {
  /** Where the pseudo-terminals are linked. */
  readonly folder: string
  readonly timers: Timers
}

/** Simulated devices on real pseudo-terminals, the configuration that opens them, and hands to use them. */
export interface Trial {
  readonly config: StationConfig
  readonly router: ReturnType<TrialHands['router']>
  stop(): Promise<void>
}

/**
 * Plugs the simulated devices in: the counter's, those of two bays and the exit.
 *
 * @throws SocatMissingError where there are no pseudo-terminals to be had.
 */
export async function startTrial(deps: TrialDeps): Promise<Trial> {
  mkdirSync(deps.folder, { recursive: true })
  const wires = layWires(deps)
  const config = trialConfig(
    { scalePath: wires.scale.stationPath, readerPath: wires.reader.stationPath },
    {
      printerPath: wires.printer.stationPath,
      displayPath: wires.display.stationPath,
      exitPath: wires.exit.stationPath,
      bays: wires.bays.map(({ bayId, dishId, scale, reader }) => ({
        bayId,
        dishId,
        scalePath: scale.stationPath,
        readerPath: reader.stationPath,
      })),
    },
  )
  const devices = devicesOn(wires, config, deps)
  const all = [devices.scale, devices.reader, devices.printer, devices.display, devices.exit, ...devices.bays]
  await Promise.all(all.map((device) => device.plug()))
  const hands = new TrialHands(devices, deps.timers)
  return {
    config,
    router: hands.router(),
    async stop() {
      hands.close()
      await Promise.all(all.map((device) => device.close()))
    },
  }
}

type Wires = ReturnType<typeof layWires>

function layWires({ folder, timers }: TrialDeps) {
  const wire = (name: string): PtyWire => new PtyWire({ bus: nodeSerialBus(), timers }, { folder, name })
  return {
    scale: wire('scale'),
    reader: wire('reader'),
    printer: wire('printer'),
    display: wire('display'),
    exit: wire('exit'),
    bays: TRIAL_BAYS.map((bay) => ({
      ...bay,
      scale: wire(`${bay.bayId}-scale`),
      reader: wire(`${bay.bayId}-reader`),
    })),
  }
}

function devicesOn(wires: Wires, config: StationConfig, { folder, timers }: TrialDeps): TrialDevices {
  const scaleOn = (wire: PtyWire, { protocol, profile }: ScaleConfig): SimulatedScale => {
    const { maxMg, divisionMg } = profile
    return new SimulatedScale({ timers, wire, protocol, maxMg, divisionMg, noise: evenNoise() })
  }
  const readerOn = (wire: PtyWire): SimulatedReader => new SimulatedReader({ timers, wire })
  if (config.scale === null || config.bays === null) throw new Error('the trial counter has scales')
  const pans = new Pans(join(folder, 'pans.json'), FULL_PAN_MG)
  const handsAt = ({ bayId, dishId, scale }: BayConfig): BayHands => {
    const wiresOfBay = wires.bays.find((bay) => bay.bayId === bayId)
    const dish = demoMenu.dishes.find(({ id }) => id === dishId)
    if (wiresOfBay === undefined || dish === undefined) throw new Error(`the trial has no bay ${bayId}`)
    const devices = { scale: scaleOn(wiresOfBay.scale, scale), reader: readerOn(wiresOfBay.reader) }
    return new BayHands({ bayId, dish: dish.name }, devices, pans)
  }
  return {
    scale: scaleOn(wires.scale, config.scale),
    reader: readerOn(wires.reader),
    printer: new SimulatedPrinter(wires.printer),
    display: new SimulatedDisplay(wires.display),
    exit: readerOn(wires.exit),
    bays: config.bays.stations.map(handsAt),
  }
}
