import { asciiBytes } from '../../../station/devices/protocols/bytes.ts'
import { latin1 } from '../../../station/devices/protocols/grammar.ts'
import { isNegative, kilograms, lineLength, oneByte, type ScaleVoice, type Shown } from './voice.ts'

/** Scales that speak in lines of text, each with its own columns. */

const line = (text: string): Uint8Array => asciiBytes(`${text}\r\n`)

/** A scale that sends its line by itself, ten times a second. */
const talks = (said: (shown: Shown) => string): ScaleVoice => ({
  kind: 'talks',
  everyMs: 100,
  frame: (shown) => line(said(shown)),
})

/** A scale that sends its line when it hears `command` and a line end, and nothing for what it does not know. */
const answers = (command: string, said: (shown: Shown) => string): ScaleVoice => ({
  kind: 'answers',
  requestLength: lineLength,
  answer: (request, shown) =>
    latin1(request, 0, request.length) === `${command}\r\n` ? line(said(shown)) : null,
})

const minus = ({ weightMg }: Shown, positive: string): string => (isNegative(weightMg) ? '-' : positive)
const status = ({ stable }: Shown): string => (stable ? 'ST' : 'US')
const mark = ({ net }: Shown): string => (net ? 'NT' : 'GS')

/** Sign and digits together, right-aligned. */
const hugged = (shown: Shown, columns: number): string =>
  `${minus(shown, '')}${kilograms(shown.weightMg)}`.padStart(columns)

/** The sign in the first column, digits right-aligned behind it. */
const apart = (shown: Shown, columns: number, positive: string): string =>
  minus(shown, positive) + kilograms(shown.weightMg).padStart(columns - 1)

/** Number of the device, and its lamps: the high bit, stable, gross. */
const CAS_DEVICE = '1'
const casLamps = ({ stable, net }: Shown): string =>
  String.fromCharCode(0x80 | (stable ? 0x40 : 0) | (net ? 0x02 : 0x04))

export const cas22Voice = talks((shown) => {
  const head = shown.range === 'in' ? status(shown) : 'OL'
  return `${head},${mark(shown)},${CAS_DEVICE}${casLamps(shown)},${hugged(shown, 8)} kg`
})

const stGsLine = (shown: Shown): string =>
  shown.range === 'in'
    ? `${status(shown)},${mark(shown)},${apart(shown, 8, '+')}kg`
    : `OL,${mark(shown)},${shown.range === 'over' ? '+' : '-'}999999kg`

export const stGs18Voice = talks(stGsLine)
export const stGsReadVoice = answers('READ', stGsLine)

const excellLine = (shown: Shown): string =>
  shown.range === 'in'
    ? `${status(shown)},${mark(shown)},${apart(shown, 9, '+')}  kg`
    : `OL,${mark(shown)},${shown.range === 'over' ? '+' : '-'}${' '.repeat(12)}`

export const stGs21Voice = talks(excellLine)
export const stGsRwVoice = answers('RW', excellLine)

export const andStandardVoice = answers('Q', (shown) =>
  shown.range === 'in'
    ? `${status(shown)},${minus(shown, '+')}${kilograms(shown.weightMg).padStart(8, '0')} kg`
    : `OL,${shown.range === 'over' ? '+' : '-'}9999.999 kg`,
)

/** Of overload its lines have no word: the digits go on. */
export const ohausLineVoice = answers('IP', (shown) => `${hugged(shown, 11)} kg${shown.stable ? '' : ' ?'}`)

const kernLine = (shown: Shown): string => `  ${hugged(shown, 10)} ${shown.stable ? 'kg ' : '   '}`

/** A scale that answers one letter without a line end. */
const answersLetter = (letter: string, said: (shown: Shown) => string): ScaleVoice => ({
  kind: 'answers',
  requestLength: oneByte,
  answer: (request, shown) => (latin1(request, 0, 1) === letter ? line(said(shown)) : null),
})

export const kern18Voice = answersLetter('w', kernLine)
export const stGsWVoice = answersLetter('W', stGsLine)

const gg14Line = (shown: Shown): string => `${apart(shown, 9, ' ')} kg`

export const gg14Voice = talks(gg14Line)
export const gg14AskedVoice = answers('\x1bp', gg14Line)

const SARTORIUS_LIMITS = { over: '      High    ', under: '      Low     ' } as const

export const sartoriusSbiVoice = answers('\x1bP', (shown) =>
  shown.range === 'in'
    ? `${apart(shown, 10, '+')} ${shown.stable ? 'kg ' : '   '}`
    : SARTORIUS_LIMITS[shown.range],
)

export const adamCpwplusVoice = answers(
  'G',
  (shown) => `ASNG/W${minus(shown, '+')} ${kilograms(shown.weightMg)} kg`,
)
