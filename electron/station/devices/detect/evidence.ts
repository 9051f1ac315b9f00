import type { Contradiction, Evidence, Grade } from '../../../../shared/contract/found-device.ts'
import { Framer } from '../protocols/framer.ts'
import type { Grammar } from '../protocols/grammar.ts'
import type { Said } from '../protocols/said.ts'
import { meaningOf } from '../protocols/scale-frames.ts'
import { told } from '../protocols/told.ts'
import type { Language } from './languages.ts'

/** How well bytes fit a language, and what it makes of them, to compare with another one. */
export interface Score {
  readonly evidence: Evidence
  /** The newest things said, each in one line of text. */
  readonly values: readonly string[]
}

const MOST_VALUES = 16
/** Of a long frame so many bytes are changed, evenly spread, to see whether anybody notices. */
const MOST_ALTERED = 32
/** What makes a device of each kind known: of a reader of identity cards its own number, never a card. */
const CARRIES_A_VALUE: Readonly<Record<Language['kind'], ReadonlySet<Said['kind']>>> = {
  scale: new Set(['weight', 'card'] as const),
  reader: new Set(['weight', 'card'] as const),
  'id-reader': new Set(['info'] as const),
}
/** Frames in a row that cannot be chance, with a checksum and without. */
const CERTAIN_FROM = 3
const LIKELY_FROM = 5
/** Answers to three requests; the device said nothing until it was asked. */
const LIKELY_ANSWERS = 2
const WELL_EXPLAINED_PERCENT = 90
const WEAKLY_EXPLAINED_PERCENT = 50

/** What was found while reading the bytes once from front to back. */
class Tally {
  values = 0
  states = 0
  framedBytes = 0
  /** Dropped before the first frame: as long as one frame, it may be the rest of one. */
  leadingBytes: number | null = null
  unit: string | null = null
  complaint: string | null = null
  readonly places = new Set<number>()
  readonly lines: string[] = []
  last: Readonly<Record<string, unknown>> | null = null
  sample: Uint8Array | null = null
}

/** Reads the bytes as the station would, and counts. A pure function of its arguments. */
export function scoreOf(bytes: Uint8Array, { kind, spoken, unit }: Language): Score {
  const tally = new Tally()
  const framer = new Framer(spoken.grammar, (said, raw, from, to) => {
    if ((said.kind === 'error' && said.error === 'checksum') || isOneByte(raw, from, to)) return
    tally.leadingBytes ??= framer.counters.droppedBytes
    tally.framedBytes += to - from
    const isValue = CARRIES_A_VALUE[kind].has(said.kind)
    note(tally, said, unit, isValue)
    if (isValue) tally.sample ??= raw.slice(from, to)
  })
  framer.push(bytes)
  const { droppedBytes, badChecksums } = framer.counters
  const explainedPercent = explained(tally, droppedBytes, spoken.grammar.longest)
  return {
    values: tally.lines,
    evidence: {
      values: tally.values,
      states: tally.states,
      checked: tally.sample !== null && isChecked(spoken.grammar, tally.sample),
      explainedPercent,
      contradictions: contradictions(tally, badChecksums, explainedPercent),
      last: tally.last,
    },
  }
}

/** A line that is held low, or that is at another speed, says the same byte for ever: some sums fit that. */
const isOneByte = (raw: Uint8Array, from: number, to: number): boolean =>
  to - from > 1 && raw.subarray(from, to).every((byte) => byte === raw[from])

function note(tally: Tally, said: Said, unit: Language['unit'], isValue: boolean): void {
  if (!isValue) {
    tally.states += 1
    const meaning = meaningOf(said, unit)
    if (meaning?.kind === 'refused' && meaning.refusal.reason === 'device-error')
      tally.complaint = meaning.refusal.code
    return
  }
  tally.values += 1
  tally.last = told(said, unit)
  tally.lines.push(JSON.stringify([said.kind === 'weight' ? weightText(said) : tally.last]))
  if (tally.lines.length > MOST_VALUES) tally.lines.shift()
  if (said.kind !== 'weight') return
  tally.places.add(said.decimals)
  const meaning = meaningOf(said, unit)
  if (meaning?.kind === 'refused' && meaning.refusal.reason === 'foreign-unit')
    tally.unit = meaning.refusal.unit
}

const weightText = (said: Said & { readonly kind: 'weight' }): string =>
  `${said.digits}e-${said.decimals} ${said.unit ?? ''}`

/** A cut frame before the first one speaks against nothing. */
function explained({ framedBytes, leadingBytes }: Tally, droppedBytes: number, longest: number): number {
  if (leadingBytes === null) return 0
  const cut = Math.min(leadingBytes, longest - 1)
  return Math.floor((100 * framedBytes) / (framedBytes + droppedBytes - cut))
}

/**
 * Whether a change of any one byte is noticed. A digit becomes another digit, so that only a checksum can tell; one byte in
 * ten may be filling.
 */
function isChecked(grammar: Grammar, frame: Uint8Array): boolean {
  const step = Math.max(1, Math.floor(frame.length / MOST_ALTERED))
  let altered = 0
  let unnoticed = 0
  for (let index = 0; index < frame.length; index += step) {
    const changed = frame.slice()
    changed[index] = (changed[index] ?? 0) ^ 1
    const found = grammar.read(changed, 0, changed.length, true)
    altered += 1
    if (typeof found === 'object' && !(found.said.kind === 'error' && found.said.error === 'checksum'))
      unnoticed += 1
  }
  return unnoticed * 10 <= altered
}

function contradictions(tally: Tally, badChecksums: number, explainedPercent: number): Contradiction[] {
  const found: Contradiction[] = []
  if (badChecksums > 0) found.push({ kind: 'bad-checksums', frames: badChecksums })
  if (tally.framedBytes > 0 && explainedPercent < WELL_EXPLAINED_PERCENT)
    found.push({ kind: 'unexplained-bytes', percent: 100 - explainedPercent })
  if (tally.unit !== null) found.push({ kind: 'foreign-unit', unit: tally.unit })
  if (tally.places.size > 1) found.push({ kind: 'point-moves' })
  if (tally.values === 0 && tally.complaint !== null)
    found.push({ kind: 'device-error', code: tally.complaint })
  return found
}

/** What the evidence is worth; null when nothing was understood. */
export function gradeOf(evidence: Evidence, asked: boolean): Grade | null {
  const { values, states, checked, explainedPercent } = evidence
  if (values + states === 0 || explainedPercent < WEAKLY_EXPLAINED_PERCENT) return null
  if (explainedPercent < WELL_EXPLAINED_PERCENT) return 'weak'
  if (checked && values >= (asked ? LIKELY_ANSWERS : CERTAIN_FROM)) return 'certain'
  return values >= (asked ? LIKELY_ANSWERS : LIKELY_FROM) ? 'likely' : 'weak'
}
