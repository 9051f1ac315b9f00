import { ACK, asciiBytes, DC1, ENQ } from '../../../station/devices/protocols/bytes.ts'
import { xorOf } from '../../../station/devices/protocols/grammar.ts'
import { digitsOf, isNegative, kilograms, oneByte, type ScaleVoice, type Shown } from './voice.ts'

/** Scales that acknowledge ENQ and answer DC1. */
const enquired = (weight: (shown: Shown) => Uint8Array): ScaleVoice => ({
  kind: 'answers',
  requestLength: oneByte,
  answer(request, shown) {
    if (request[0] === ENQ) return Uint8Array.of(ACK)
    return request[0] === DC1 ? weight(shown) : null
  },
})

/** Passive: fifteen bytes without the flags behind them. */
export const os2Voice = enquired((shown) => {
  const status = shown.range === 'in' ? (shown.stable ? 'S' : 'U') : 'F'
  const said = asciiBytes(
    `${status}${isNegative(shown.weightMg) ? '-' : ' '}${kilograms(shown.weightMg).padStart(6, '0')}kg`,
  )
  return Uint8Array.of(0x01, 0x02, ...said, xorOf(said, 0, said.length), 0x03, 0x04)
})

const FX120_STATUS = 0x09
const FX120_STABLE = 0x20

/** It has no sign and no word for overload. */
export const averyFx120Voice = enquired((shown) => {
  const digits = isNegative(shown.weightMg) ? 0 : digitsOf(shown.weightMg)
  const status = FX120_STATUS | (shown.stable ? FX120_STABLE : 0)
  return Uint8Array.of(0x02, status, ...asciiBytes(String(digits).padStart(5, '0')), 0x1f, 0x03)
})
