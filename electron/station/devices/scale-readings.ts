import type { ScaleProfile, ScaleReading, ScaleState } from '../../../shared/domain/scale.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import type { ScaleConfig } from '../deps.ts'
import { byteAt, hexOf } from './protocols/bytes.ts'
import { Framer, type FrameCounters } from './protocols/framer.ts'
import type { ScaleProtocol } from './protocols/protocol.ts'
import type { Said } from './protocols/said.ts'
import { meaningOf, type Refusal, type ScaleFrameKind } from './protocols/scale-frames.ts'

/** No scale of the catalogue sends a longer frame; more is not kept as evidence. */
const LONGEST_EVIDENCE = 128

/** Where a frame does not say whether it is stable, at least this many equal readings over this long (SPEC DV-10). */
const UNSAID_READINGS = 5
const UNSAID_FOR_MS = 600

export interface ScaleReadingsOutput {
  /** The newest reading of a chunk, and before it every change of state. */
  reading(reading: ScaleReading): void
  /** A frame that was understood and not taken at face value (SPEC DV-9). */
  refused(refusal: Refusal): void
  /** Everything the scale says, before it is taken as a weight or not. */
  said?(said: Said): void
}

type ReadProtocol = Pick<ScaleProtocol, 'grammar' | 'staleAfterMs' | 'stability'>
type FrameState = Exclude<ScaleState, 'stale' | 'disconnected'>

/**
 * Turns a scale's bytes into readings: capacity, sign and stability. Per frame it keeps only numbers; a reading is made
 * for those that are handed on. The time is an argument.
 */
export class ScaleReadings {
  readonly #protocol: ReadProtocol
  readonly #profile: ScaleProfile
  readonly #output: ScaleReadingsOutput
  readonly #framer: Framer
  readonly #unit: ScaleConfig['unit']
  /** The mark `net` says nothing on this scale: it stands there with nothing tared, too. */
  readonly #alwaysNet: boolean
  readonly #capacityMg: number

  #nowMs = 0
  /** When a frame last said what lies on the scale; null while nobody knows. */
  #saidAtMs: number | null = null
  #state: ScaleState | null = null
  /** The unit the scale named last: some leave it out while the weight moves. */
  #namedUnit: string | null = null

  /** The readings in a row that lie within one division of each other. */
  #equalReadings = 0
  #equalSinceMs = 0
  #lowestMg = 0
  #highestMg = 0

  /** The newest frame, as long as nobody has been told of it. */
  #waiting = false
  #weightMg = 0
  readonly #raw = new Uint8Array(LONGEST_EVIDENCE)
  #rawLength = 0

  constructor(
    protocol: ReadProtocol,
    config: Pick<ScaleConfig, 'profile' | 'unit' | 'alwaysNet'>,
    output: ScaleReadingsOutput,
  ) {
    this.#protocol = protocol
    this.#profile = config.profile
    this.#output = output
    this.#capacityMg = config.profile.maxMg + 9 * config.profile.divisionMg
    this.#unit = config.unit
    this.#alwaysNet = config.alwaysNet ?? false
    this.#framer = new Framer(protocol.grammar, (said, raw, from, to) => {
      output.said?.(said)
      this.#hear(said, raw, from, to)
    })
  }

  get counters(): Readonly<FrameCounters> {
    return this.#framer.counters
  }

  get state(): ScaleState | null {
    return this.#state
  }

  /** When a frame last said what lies on the scale, on the monotonic clock; null before the first and after a loss. */
  get saidAtMs(): number | null {
    return this.#saidAtMs
  }

  /** Takes what arrived at `nowMs` on the monotonic clock. A burst of old frames ends in the newest one (SPEC DV-4). */
  take(bytes: Uint8Array, nowMs: number): void {
    if (this.#saidAtMs !== null && nowMs - this.#saidAtMs >= this.#protocol.staleAfterMs)
      this.#equalReadings = 0
    this.#nowMs = nowMs
    this.#framer.push(bytes)
    if (this.#waiting) this.#tell()
  }

  /** Nothing follows for now: what waited for a byte that may or may not come is read without it. */
  takeAsWhole(nowMs: number): void {
    this.#nowMs = nowMs
    this.#framer.end()
    if (this.#waiting) this.#tell()
  }

  /** Forgets a half-received frame: whatever completes it belongs to another answer. */
  forgetPartial(): void {
    this.#framer.reset()
  }

  /** Silence: the last weight is no longer true, and it is not zero either (SPEC DV-1). */
  stale(): void {
    this.#loseWeight('stale')
  }

  disconnected(): void {
    this.#framer.reset()
    this.#namedUnit = null
    this.#loseWeight('disconnected')
  }

  #hear(said: Said, raw: Uint8Array, from: number, to: number): void {
    const meaning = meaningOf(this.#withUnit(this.#withoutMark(said)), this.#unit)
    if (meaning === null) return
    if (meaning.kind === 'refused') {
      this.#framer.counters.refused += 1
      this.#equalReadings = 0
      this.#output.refused(meaning.refusal)
    } else if (meaning.kind === 'no-weight') this.#equalReadings = 0
    else this.#frame(meaning.kind, meaning.weightMg, raw, from, to)
  }

  #withoutMark(said: Said): Said {
    return said.kind === 'weight' && this.#alwaysNet ? { ...said, net: false } : said
  }

  #withUnit(said: Said): Said {
    if (said.kind !== 'weight') return said
    if (said.unitLeftBlank === true && this.#namedUnit !== null) return { ...said, unit: this.#namedUnit }
    if (said.unit !== null) this.#namedUnit = said.unit
    return said
  }

  #frame(
    kind: Exclude<ScaleFrameKind, 'no-weight'>,
    weightMg: number,
    raw: Uint8Array,
    from: number,
    to: number,
  ): void {
    this.#saidAtMs = this.#nowMs
    this.#weightMg = weightMg
    this.#rawLength = Math.min(to - from, LONGEST_EVIDENCE)
    for (let index = 0; index < this.#rawLength; index += 1) this.#raw[index] = byteAt(raw, from + index)
    this.#waiting = true
    const state = this.#stateOf(kind, weightMg)
    if (state === this.#state) return
    this.#state = state
    this.#tell()
  }

  #stateOf(kind: Exclude<ScaleFrameKind, 'no-weight'>, weightMg: number): FrameState {
    if (kind === 'overload' || kind === 'underload' || kind === 'not-zeroed' || kind === 'tared') {
      this.#equalReadings = 0
      return kind
    }
    const steady = this.#isSteady(weightMg, kind === 'weight')
    if (Math.abs(weightMg) > this.#capacityMg) return 'overload'
    if (weightMg < 0) return 'negative'
    return steady && kind !== 'moving-weight' ? 'ok' : 'unstable'
  }

  /** Equal within one division, often enough and long enough (SPEC DV-10). */
  #isSteady(weightMg: number, unsaid: boolean): boolean {
    const lowest = Math.min(this.#lowestMg, weightMg)
    const highest = Math.max(this.#highestMg, weightMg)
    if (this.#equalReadings === 0 || highest - lowest > this.#profile.divisionMg) {
      this.#equalReadings = 0
      this.#equalSinceMs = this.#nowMs
      this.#lowestMg = weightMg
      this.#highestMg = weightMg
    } else {
      this.#lowestMg = lowest
      this.#highestMg = highest
    }
    this.#equalReadings += 1
    const { readings, forMs } = this.#protocol.stability
    const equalForMs = this.#nowMs - this.#equalSinceMs
    if (unsaid && (this.#equalReadings < UNSAID_READINGS || equalForMs < UNSAID_FOR_MS)) return false
    return this.#equalReadings >= readings && equalForMs >= forMs
  }

  #loseWeight(state: 'stale' | 'disconnected'): void {
    this.#saidAtMs = null
    this.#equalReadings = 0
    this.#waiting = false
    if (this.#state === state) return
    this.#state = state
    this.#output.reading({ state })
  }

  #tell(): void {
    this.#waiting = false
    const state = this.#state
    const rawHex = hexOf(this.#raw, 0, this.#rawLength)
    if (state === 'ok' || state === 'unstable' || state === 'negative')
      this.#output.reading({ state, weightMg: milligrams(this.#weightMg), rawHex })
    else if (state !== null && state !== 'stale' && state !== 'disconnected')
      this.#output.reading({ state, rawHex })
  }
}
