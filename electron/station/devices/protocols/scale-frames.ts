import type { ScaleConfig } from '../../deps.ts'
import { exactMilligrams, knownUnit } from './exact-weight.ts'
import type { Said, WeightSaid } from './said.ts'

/**
 * `weight`: the protocol does not say whether it is stable. `no-weight`: the device answered, but has no weight now.
 * Weight comes with the first three kinds only.
 */
export type ScaleFrameKind =
  | 'weight'
  | 'stable-weight'
  | 'moving-weight'
  | 'overload'
  | 'underload'
  | 'not-zeroed'
  | 'tared'
  | 'no-weight'

/** Why a well-formed frame was not taken (SPEC DV-9). */
export type Refusal =
  | { readonly reason: 'foreign-unit'; readonly unit: string }
  /** The scale sends finer than a milligram, or more than the product can count. */
  | { readonly reason: 'not-exact' }
  /** The device refused our request or was set to another language. */
  | { readonly reason: 'device-error'; readonly code: string }

/** What a frame means for the weight on the scale, in milligrams; `weightMg` is 0 for kinds without one. */
export type ScaleMeaning =
  | { readonly kind: ScaleFrameKind; readonly weightMg: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** A checksum that does not fit, an answer to something else: nothing at all. */
  | null

const without = (kind: ScaleFrameKind): ScaleMeaning => ({ kind, weightMg: 0 })
const OVERLOAD = without('overload')
const UNDERLOAD = without('underload')
const NOT_ZEROED = without('not-zeroed')
/** A net weight leaves out what nobody here knows: it is none to sell by (SPEC MT-12). */
const TARED = without('tared')
const NO_WEIGHT = without('no-weight')
const NOT_EXACT: ScaleMeaning = { kind: 'refused', refusal: { reason: 'not-exact' } }

/** Errors that say that there is no weight at this moment, and nothing about the line. */
const NO_WEIGHT_NOW = new Set(['not_ready', 'no_weight', 'busy', 'timeout'])

/** What a scale's frame means, converted exactly or refused (SPEC DV-1, DV-9). */
export function meaningOf(said: Said, configured: ScaleConfig['unit']): ScaleMeaning {
  switch (said.kind) {
    case 'weight':
      return weightMeaning(said, configured)
    case 'status':
      return said.error === undefined ? NO_WEIGHT : errorMeaning(said.error)
    case 'error':
      return errorMeaning(said.error)
    default:
      return null
  }
}

function weightMeaning(said: WeightSaid, configured: ScaleConfig['unit']): ScaleMeaning {
  const unit = said.unit === null ? configured : knownUnit(said.unit)
  if (unit === null) return { kind: 'refused', refusal: { reason: 'foreign-unit', unit: said.unit ?? '' } }
  const weightMg = exactMilligrams(said.digits, said.decimals, unit)
  if (weightMg === null) return NOT_EXACT
  if (said.net === true) return TARED
  if (said.stable === undefined) return { kind: 'weight', weightMg }
  return { kind: said.stable ? 'stable-weight' : 'moving-weight', weightMg }
}

function errorMeaning(error: string): ScaleMeaning {
  if (error === 'overload') return OVERLOAD
  if (error === 'underload') return UNDERLOAD
  if (error === 'not_zeroed' || error === 'power_up_zero') return NOT_ZEROED
  if (error === 'checksum') return null
  if (NO_WEIGHT_NOW.has(error)) return NO_WEIGHT
  return { kind: 'refused', refusal: { reason: 'device-error', code: error } }
}
