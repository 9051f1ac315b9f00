import { asciiBytes, hexOf } from '../../../station/devices/protocols/bytes.ts'
import { latin1, xorOf } from '../../../station/devices/protocols/grammar.ts'
import { yaohuaFrame } from '../frames.ts'
import { digitsOf, isNegative, kilograms, type ScaleVoice, type Shown } from './voice.ts'

const DECIMALS = 3

const signed = ({ weightMg }: Shown): number => (isNegative(weightMg) ? -1 : 1) * digitsOf(weightMg)

/** Text with Yaohua's two check digits behind it. */
function withCheck(text: string): string {
  const bytes = asciiBytes(text)
  return text + hexOf(Uint8Array.of(xorOf(bytes, 0, bytes.length)))
}

/** It has no word for overload: the digits go on. Twelve bytes at 9600 baud take 12.5 ms, and frames come back to back. */
export const yaohuaStx12Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 12.5,
  frame: (shown) => yaohuaFrame(signed(shown), DECIMALS),
}

/** Seven columns of digits behind the sign. */
const equalsDigits = ({ weightMg }: Shown): string => kilograms(weightMg).padStart(7, '0')
const equalsSign = ({ weightMg }: Shown): string => (isNegative(weightMg) ? '-' : '0')

export const yaohuaEqForwardVoice: ScaleVoice = {
  kind: 'talks',
  everyMs: 50,
  frame: (shown) => asciiBytes(`=${equalsSign(shown)}${equalsDigits(shown)}`),
}

export const yaohuaEqReversedVoice: ScaleVoice = {
  kind: 'talks',
  everyMs: 50,
  frame: (shown) => asciiBytes(`=${equalsDigits(shown).split('').toReversed().join('')}${equalsSign(shown)}`),
}

/** With a unit price and an amount of nothing. */
export const yaohuaPrice27Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 100,
  frame: (shown) => asciiBytes(`=${equalsSign(shown)}${equalsDigits(shown)}kg;0000.00;0000.00`),
}

export const yaohuaC602Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 100,
  frame: (shown) =>
    asciiBytes(`${shown.net ? 'N' : 'G'}${isNegative(shown.weightMg) ? '-' : '+'}${equalsDigits(shown)}`),
}

const LIMITS = { over: 'OL', under: 'LO' } as const

/** Seven columns with the minus in the first. */
function sevenColumns({ weightMg }: Shown): string {
  const digits = kilograms(weightMg)
  return isNegative(weightMg) ? `-${digits.padStart(6, '0')}` : digits.padStart(7, '0')
}

export const yaohuaA12e15Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 50,
  frame(shown) {
    const { net, range } = shown
    const said =
      range === 'in' ? `W${net ? 'N' : 'G'}${sevenColumns(shown)}kg` : `${' '.repeat(9)}${LIMITS[range]}`
    return asciiBytes(`${withCheck(said)}\r\n`)
  },
}

/** No word for overload here either. */
export const yaohuaA12WnVoice: ScaleVoice = {
  kind: 'talks',
  everyMs: 50,
  frame: (shown) => asciiBytes(`w${shown.net ? 'n' : 'w'}${sevenColumns(shown)}kg\r\n`),
}

const REQUEST_BYTES = 6
const REQUEST = /^\x02A([A-F])[0-9A-F]{2}\x03$/

/** Address A. A request that it does not understand gets no answer. */
export const yaohuaCmdVoice: ScaleVoice = {
  kind: 'answers',
  requestLength: (received) => (received.length < REQUEST_BYTES ? 0 : REQUEST_BYTES),
  answer(request, shown) {
    const command = REQUEST.exec(latin1(request, 0, request.length))?.[1]
    if (command === 'A') return asciiBytes(`\x02${withCheck('AA')}\x03`)
    if (command !== 'B' && command !== 'C' && command !== 'D') return null
    const digits = command === 'C' ? 0 : digitsOf(shown.weightMg)
    const sign = command !== 'C' && isNegative(shown.weightMg) ? '-' : '+'
    return asciiBytes(
      `\x02${withCheck(`A${command}${sign}${String(digits).padStart(6, '0')}${DECIMALS}`)}\x03`,
    )
  },
}
