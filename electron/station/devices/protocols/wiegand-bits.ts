import type { Decoder, Hear } from './decoder.ts'
import { printedNumbers } from './printed-numbers.ts'

/**
 * The bits of a Wiegand reader as a text of 0 and 1, one card a line: an even parity bit over the first half, 24 or 32 bits
 * of card number, an odd one over the second half.
 */
const BITS = [26, 34]
const SHORT = 26
/** More bits than any card has. */
const MOST_KEPT = 64

type Parity = 'ok' | 'swapped' | 'wrong'

export function wiegandBits(hear: Hear): Decoder {
  let run = ''
  const finish = (): void => {
    // Wiegand frames end with a pause: noise before one makes it longer, and its own bits are the last.
    const bits = BITS.includes(run.length) ? run : run.slice(-SHORT)
    if (bits.length >= SHORT) hear(cardOf(bits))
    run = ''
  }
  return {
    push(bytes) {
      for (const byte of bytes) {
        if (byte === 0x30 || byte === 0x31) run = (run + String.fromCharCode(byte)).slice(-MOST_KEPT)
        else finish()
      }
    },
    end: finish,
  }
}

function cardOf(bits: string): Readonly<Record<string, unknown>> {
  switch (parityOf(bits)) {
    case 'ok': {
      const number = Number.parseInt(bits.slice(1, -1), 2)
      const uid = number
        .toString(16)
        .toUpperCase()
        .padStart((bits.length - 2) / 4, '0')
      return { kind: 'card', uid, ...printedNumbers(uid), parity: 'ok' }
    }
    case 'swapped':
      return { kind: 'error', error: 'parity', inverted: true, hint: 'the wires D0 and D1 are swapped' }
    case 'wrong':
      return { kind: 'error', error: 'parity', inverted: false }
  }
}

/** With D0 and D1 swapped each bit is the other one, and both parities are wrong. */
function parityOf(bits: string): Parity {
  const half = bits.length / 2
  const even = ones(bits.slice(0, half)) % 2 === 0
  const odd = ones(bits.slice(half)) % 2 === 1
  if (even && odd) return 'ok'
  return even || odd ? 'wrong' : 'swapped'
}

const ones = (bits: string): number => bits.replaceAll('0', '').length
