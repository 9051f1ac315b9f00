import type { ScaleProfile, ScaleReading } from '../scale.ts'
import { milligrams, type Milligrams } from '../units.ts'
import { permissibleErrorMg } from './class-three.ts'
import type { CheckVerdict } from './standing.ts'

/** A weight that was read, with the bytes that said so. */
export interface ReadWeight {
  readonly weightMg: Milligrams
  readonly rawHex: string
}

/** A check on its way: the scale has to be seen empty before the weight is put on (SPEC MT-6). */
export interface CheckUnderWay {
  readonly checkId: string
  /** What is written on the weight. */
  readonly nominalMg: Milligrams
  /** The empty scale at rest; null until it was seen. */
  readonly zero: ReadWeight | null
}

export interface CheckResult {
  readonly zero: ReadWeight
  readonly measured: ReadWeight
  /** Measured less nominal: positive when the scale shows too much. */
  readonly errorMg: Milligrams
  readonly permissibleMg: Milligrams
  readonly verdict: CheckVerdict
}

/** Why there is no result yet: nothing was written. */
export type NotYet = 'not-zeroed' | 'nothing-on-scale' | 'not-at-rest'

/** A weight to check with lies within what the scale can weigh, and above what it may sell. */
export const isCheckWeight = (
  nominalMg: Milligrams,
  { minMg, maxMg }: Pick<ScaleProfile, 'minMg' | 'maxMg'>,
): boolean => nominalMg >= minMg && nominalMg <= maxMg

/** Notes the empty scale when it is seen at rest on zero, to half a division: a scale that is off before is off after. */
export function withReading(
  check: CheckUnderWay,
  reading: ScaleReading,
  profile: ScaleProfile,
): CheckUnderWay {
  if (check.zero !== null || !isEmpty(reading, profile)) return check
  return { ...check, zero: { weightMg: reading.weightMg, rawHex: reading.rawHex } }
}

type Weighed = Extract<ScaleReading, { weightMg: Milligrams }>

const isEmpty = (reading: ScaleReading, { divisionMg }: ScaleProfile): reading is Weighed =>
  (reading.state === 'ok' || reading.state === 'negative') && Math.abs(reading.weightMg) * 2 < divisionMg

/** Compares what the scale shows now with the weight that lies on it (SPEC MT-5, MT-6). */
export function judge(
  { zero, nominalMg }: CheckUnderWay,
  reading: ScaleReading,
  profile: ScaleProfile,
): CheckResult | NotYet {
  if (zero === null) return 'not-zeroed'
  if (reading.state === 'ok' && reading.weightMg < profile.minMg) return 'nothing-on-scale'
  if (reading.state !== 'ok') return 'not-at-rest'
  const errorMg = milligrams(reading.weightMg - nominalMg)
  const permissibleMg = permissibleErrorMg(nominalMg, profile.divisionMg)
  const { weightMg, rawHex } = reading
  const verdict = Math.abs(errorMg) <= permissibleMg ? 'good' : 'failed'
  return { zero, measured: { weightMg, rawHex }, errorMg, permissibleMg, verdict }
}
