import { USUAL_POLICY } from '../../shared/domain/metrology/standing.ts'
import { USUAL_CARDS } from '../../shared/domain/members/card-rules.ts'
import { milligrams } from '../../shared/domain/units.ts'
import type { BayConfig, ReaderConfig, ScaleConfig, StationConfig } from '../station/deps.ts'

/** The trial's dish stations, and which dish of the demo menu lies in each. */
export const TRIAL_BAYS = [
  { bayId: 'bay-1', dishId: 'braised-fish' },
  { bayId: 'bay-2', dishId: 'tomato-egg' },
] as const

/** Where the station finds the simulated devices of the counter. */
export interface CounterWires {
  readonly scalePath: string
  readonly readerPath: string
}

/** Where it finds the others. */
export interface OtherWires {
  readonly printerPath: string
  readonly displayPath: string
  readonly exitPath: string
  readonly bays: readonly (Pick<BayConfig, 'bayId' | 'dishId'> & {
    readonly scalePath: string
    readonly readerPath: string
  })[]
}

/** The trial counter's configuration; its devices are the pseudo-terminals that are named, or none. */
export function trialConfig(counter: CounterWires | null, others: OtherWires | null = null): StationConfig {
  return {
    stationId: 'trial-counter',
    canteen: {
      name: '邻里长者食堂（演示）',
      area: '35/3501/350102/350102001',
      timeZone: 'Asia/Shanghai',
      cutOverHour: 4,
      // Lunch all day: whoever tries it in the evening sees the same meal.
      mealPeriods: [{ period: 'lunch', from: '04:00' }],
    },
    policyPackId: 'demo',
    namesOnScreen: 'form-of-address',
    nightlyAt: '21:30',
    backupFolder: null,
    // Nobody who tries it has a weight at hand; the page of the scale offers the check all the same.
    metrology: { ...USUAL_POLICY, openingCheck: 'off' },
    cards: USUAL_CARDS,
    scale: counter === null ? null : scaleAt(counter.scalePath, 'trial-scale', 6_000_000),
    reader: counter === null ? null : readerAt(counter.readerPath),
    ...(others === null ? { bays: null } : othersAt(others)),
  }
}

function othersAt({
  printerPath,
  displayPath,
  exitPath,
  bays,
}: OtherWires): Pick<StationConfig, 'bays' | 'printer' | 'display'> {
  return {
    bays: {
      stations: bays.map((bay) => ({
        bayId: bay.bayId,
        dishId: bay.dishId,
        scale: scaleAt(bay.scalePath, `trial-scale-${bay.bayId}`, 15_000_000),
        reader: readerAt(bay.readerPath),
        largestTakeMg: milligrams(800_000),
      })),
      exitReader: readerAt(exitPath),
      trayMinutes: 20,
    },
    // Everything prints, so that the tape in the panel shows what a canteen's printer would.
    printer: {
      port: { path: printerPath },
      widthColumns: 32,
      drawer: true,
      rareCharacters: 'text',
      drawerKey: 'counter',
      receipts: { sale: 'always', topUp: true, void: true, dayClose: true },
      answers: true,
    },
    display: { protocol: 'led8', port: { path: displayPath } },
  }
}

const scaleAt = (path: string, scaleId: string, maxMg: number): ScaleConfig => ({
  protocol: 'yaohua-stx12',
  port: { path },
  unit: 'kg',
  profile: {
    scaleId,
    maxMg: milligrams(maxMg),
    minMg: milligrams(40_000),
    divisionMg: milligrams(2_000),
    verifiedUntil: '2099-12-31',
  },
})

const readerAt = (path: string): ReaderConfig => ({ protocol: 'em4100-rdm6300', port: { path } })
