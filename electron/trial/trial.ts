import { implement } from '@orpc/server'
import { trialContract, type TrialView } from '../../shared/contract/trial.ts'
import { milligrams, ZERO_MG, type Milligrams } from '../../shared/domain/units.ts'
import type { StationConfig, Timers } from '../station/deps.ts'
import { nodeSerialBus } from '../station/devices/serial-bus.ts'
import { Live } from '../station/live.ts'
import { trialConfig } from './config.ts'
import { demoMembers, UNKNOWN_CARD_UID } from './demo/members.ts'
import { demoMenu } from './demo/menu.ts'
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
 * Plugs the simulated scale and card reader in.
 *
 * @throws SocatMissingError where there are no pseudo-terminals to be had.
 */
export async function startTrial(deps: TrialDeps): Promise<Trial> {
  const wire = (name: string) =>
    new PtyWire({ bus: nodeSerialBus(), timers: deps.timers }, { folder: deps.folder, name })
  const scaleWire = wire('scale')
  const readerWire = wire('reader')
  const config = trialConfig({ scalePath: scaleWire.stationPath, readerPath: readerWire.stationPath })
  if (config.scale === null) throw new Error('the trial counter has a scale')
  const { maxMg, divisionMg } = config.scale.profile
  const scale = new SimulatedScale({
    timers: deps.timers,
    wire: scaleWire,
    protocol: config.scale.protocol,
    maxMg,
    divisionMg,
    noise: evenNoise(),
  })
  const reader = new SimulatedReader({ timers: deps.timers, wire: readerWire })
  await Promise.all([scale.plug(), reader.plug()])
  const hands = new TrialHands(scale, reader, deps.timers)
  return {
    config,
    router: hands.router(),
    async stop() {
      hands.close()
      await Promise.all([scale.close(), reader.close()])
    },
  }
}

/** Steps of the golden ratio: spread over [0, 1) like chance, the same at every start. */
function evenNoise(): () => number {
  let value = 0
  return () => {
    value = (value + 0.618_033_988_75) % 1
    return value
  }
}

const REFRESH_MS = 100

/** What the panel's buttons do, and what the panel shows. */
class TrialHands {
  readonly #scale: SimulatedScale
  readonly #reader: SimulatedReader
  readonly #view: Live<TrialView>
  readonly #stopRefreshing
  #plateOn = false
  #foodMg: Milligrams = ZERO_MG

  constructor(scale: SimulatedScale, reader: SimulatedReader, timers: Timers) {
    this.#scale = scale
    this.#reader = reader
    this.#view = new Live(this.#drawn())
    this.#stopRefreshing = timers.every(REFRESH_MS, () => this.#refresh())
  }

  close(): void {
    this.#stopRefreshing()
  }

  router() {
    const trial = implement(trialContract)
    return trial.router({
      watch: trial.watch.handler(({ signal }) => this.#view.watch(signal)),
      placePlate: trial.placePlate.handler(({ input }) => this.#place(true, milligrams(input.foodMg))),
      removePlate: trial.removePlate.handler(() => this.#place(false, ZERO_MG)),
      tapCard: trial.tapCard.handler(({ input }) => {
        this.#reader.tap(input.uid)
        return this.#done()
      }),
      setPlugged: trial.setPlugged.handler(async ({ input }) => {
        const device = input.device === 'scale' ? this.#scale : this.#reader
        await (input.plugged ? device.plug() : device.unplug())
        return this.#done()
      }),
    })
  }

  #place(plateOn: boolean, foodMg: Milligrams): Record<string, never> {
    const plate = demoMenu.plates.find(({ id }) => id === demoMenu.defaultPlateId)
    this.#plateOn = plateOn
    this.#foodMg = foodMg
    this.#scale.setLoad(plateOn ? milligrams((plate?.tareMg ?? 0) + foodMg) : ZERO_MG)
    return this.#done()
  }

  #done(): Record<string, never> {
    this.#refresh()
    return {}
  }

  #refresh(): void {
    const next = this.#drawn()
    if (JSON.stringify(next) !== JSON.stringify(this.#view.current)) this.#view.publish(next)
  }

  #drawn(): TrialView {
    return {
      plateOn: this.#plateOn,
      foodMg: this.#foodMg,
      scalePlugged: this.#scale.plugged,
      readerPlugged: this.#reader.plugged,
      moving: this.#scale.moving,
      cardOnReader: this.#reader.cards[0] ?? null,
      cards: CARDS,
    }
  }
}

const CARDS: TrialView['cards'] = [
  ...demoMembers.map(({ cardUid, person, hint }) => ({ uid: cardUid, label: person.formOfAddress, hint })),
  { uid: UNKNOWN_CARD_UID, label: '陌生卡', hint: '没有登记过的卡' },
]
