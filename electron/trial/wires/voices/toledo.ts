import { asciiBytes } from '../../../station/devices/protocols/bytes.ts'
import { latin1 } from '../../../station/devices/protocols/grammar.ts'
import { digitsOf, isNegative, kilograms, oneByte, type ScaleVoice, type Shown } from './voice.ts'

/** Bit 6 is always 1. */
const STATUS = 0x40
const MOTION = 0x01
const OVER = 0x02
const UNDER = 0x04

function stateOf({ weightMg, stable, range, busy }: Shown): string | null {
  const status = (flags: number): string => `?${String.fromCharCode(STATUS | flags)}`
  if (range === 'over') return status(OVER)
  if (range === 'under' || isNegative(weightMg)) return status(UNDER)
  return !stable || busy ? status(MOTION) : null
}

const answerToW = (shown: Shown): string =>
  stateOf(shown) ?? `${kilograms(shown.weightMg).padStart(6, '0')}${shown.net ? 'N' : ''}`

/** A stable weight or a status; the letters it does not know get no answer. */
export const toledo8217Voice: ScaleVoice = {
  kind: 'answers',
  requestLength: oneByte,
  answer(request, shown, keys) {
    const letter = latin1(request, 0, 1)
    if (letter === 'Z') keys.zero()
    return letter === 'W' ? asciiBytes(`\x02${answerToW(shown)}\r`) : null
  },
}

/** CAS as ECR type 2: five digits of grams in place of Toledo's six columns. */
export const casEcr2Voice: ScaleVoice = {
  kind: 'answers',
  requestLength: oneByte,
  answer: (request, shown) =>
    latin1(request, 0, 1) === 'W'
      ? asciiBytes(`\x02${stateOf(shown) ?? String(digitsOf(shown.weightMg)).padStart(5, '0')}\r`)
      : null,
}

/** Three decimals, steps of one; bit 5 is always 1. */
const SWA = 0x2d
const SWC = 0x20
const SWB = { always: 0x20, kilograms: 0x10, motion: 0x08, outOfRange: 0x04, negative: 0x02, net: 0x01 }

function swb({ weightMg, stable, net, range }: Shown): number {
  const motion = stable ? 0 : SWB.motion
  const outOfRange = range === 'in' ? 0 : SWB.outOfRange
  const negative = isNegative(weightMg) ? SWB.negative : 0
  return SWB.always | SWB.kilograms | motion | outOfRange | negative | (net ? SWB.net : 0)
}

/** With its check byte, seven times a second. */
export const toledoContinuousVoice: ScaleVoice = {
  kind: 'talks',
  everyMs: 143,
  frame(shown) {
    const digits = shown.range === 'in' ? String(digitsOf(shown.weightMg)).padStart(6, '0') : ' '.repeat(6)
    const frame = [0x02, SWA, swb(shown), SWC, ...asciiBytes(`${digits}000000\r`)]
    const sum = frame.reduce((total, byte) => total + byte, 0)
    return Uint8Array.of(...frame, -sum & 0x7f)
  },
}
