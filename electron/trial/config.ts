import { USUAL_POLICY } from '../../shared/domain/metrology/standing.ts'
import { milligrams } from '../../shared/domain/units.ts'
import type { StationConfig } from '../station/deps.ts'

/** The trial counter's configuration; its devices are the pseudo-terminals `wires` names, or none. */
export function trialConfig(
  wires: { readonly scalePath: string; readonly readerPath: string } | null,
): StationConfig {
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
    scale:
      wires === null
        ? null
        : {
            protocol: 'yaohua-stx12',
            port: { path: wires.scalePath },
            unit: 'kg',
            profile: {
              scaleId: 'trial-scale',
              maxMg: milligrams(6_000_000),
              minMg: milligrams(40_000),
              divisionMg: milligrams(2_000),
              verifiedUntil: '2099-12-31',
            },
          },
    bays: null,
    reader: wires === null ? null : { protocol: 'em4100-rdm6300', port: { path: wires.readerPath } },
  }
}
